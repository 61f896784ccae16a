/** The plain mode: the list of labs and the labs, line by line, until the learner leaves. */
import {setTimeout as delay} from 'node:timers/promises';
import type {Lang} from '../../course/index.ts';
import type {HomeLab} from '../deps.ts';
import {parseLine} from './commands.ts';
import type {PlainDeps, TalkIo} from './deps.ts';
import {doctorLines, hostLine, labLines, namedLab} from './home.ts';
import {LineInput} from './input.ts';
import {LabTalk, type TalkEnd} from './lab.ts';
import {Paper} from './paper.ts';
import {hang} from './text.ts';
import {type PlainCode, sayIn} from './words.ts';

/** A pipe that has nothing to say for so long (ms) is taken for a program that waits to be asked. */
const FIRST_LINE_MS = 1000;
const SIGNALS = {SIGHUP: 129, SIGINT: 130, SIGTERM: 143} as const;

/** Runs until the learner leaves; resolves to the exit status when every session has ended. */
export async function run(deps: PlainDeps): Promise<number> {
  const app = new PlainApp(deps);
  try {
    return await app.run();
  } finally {
    app.close();
  }
}

class PlainApp {
  readonly #deps: PlainDeps;
  readonly #leave = new AbortController();
  readonly #io: TalkIo;
  readonly #listeners: [NodeJS.Signals, () => void][];
  #lang: Lang;
  #talk: LabTalk | undefined;
  #status = 0;

  constructor(deps: PlainDeps) {
    this.#deps = deps;
    this.#lang = deps.lang;
    const leave = this.#leave.signal;
    const paper = new Paper(deps.stdout, () => this.#leave.abort());
    this.#io = {input: new LineInput(deps.stdin, leave), paper, keyboard: deps.input === 'keyboard', leave};
    this.#listeners = (Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]).map(name => [name, () => this.#signal(name)]);
    for (const [name, listener] of this.#listeners) process.on(name, listener);
  }

  async run(): Promise<number> {
    const {startLab} = this.#deps;
    const status = startLab === undefined ? await this.#home() : await this.#only(startLab);
    return this.#status || status;
  }

  close(): void {
    for (const [name, listener] of this.#listeners) process.off(name, listener);
    this.#io.input.close();
  }

  /** One lab, named on the command line. */
  async #only(number: string): Promise<number> {
    const {input, keyboard} = this.#io;
    if (this.#deps.input === 'nobody') return this.#walk(number);
    if (!keyboard) {
      const wait = new AbortController();
      await Promise.race([input.any(), delay(FIRST_LINE_MS, undefined, {signal: wait.signal}).catch(() => {})]);
      wait.abort();
      if (input.ended && input.count === 0) return this.#walk(number);
    }
    const wasAt = keyboard ? (await this.#labs()).find(lab => lab.number === number)?.progress : undefined;
    const end = await this.#lab(number, undefined, wasAt?.done ? undefined : wasAt?.index);
    // A pipe that ended without ever having said a word was nobody's.
    if (end.how === 'eof' && input.count === 0 && !keyboard) return this.#walk(number);
    return end.how === 'labs' ? this.#home() : end.status;
  }

  async #home(): Promise<number> {
    const {input, paper, keyboard} = this.#io;
    let labs = await this.#list();
    if (!keyboard) {
      this.#tell('home.next', {number: labs.find(lab => !lab.broken && !lab.unmet?.length)?.number ?? '01'});
      return 0;
    }
    for (;;) {
      paper.ask(this.#say('home.ask'));
      const line = await input.next();
      if (line === undefined) paper.fresh();
      paper.answered();
      if (line === undefined) return 0;
      const command = parseLine(line);
      const lab = command.kind === 'enter' ? undefined : namedLab(labs, line);
      if (lab) {
        if ((await this.#fromList(lab)) === 'quit') return 0;
        if (this.#leave.signal.aborted) return 0;
        labs = await this.#list();
      } else if (command.kind === 'quit') return 0;
      else if (command.kind === 'help') this.#tell('home.help');
      else if (command.kind === 'doctor' || command.kind === 'xray') await this.#doctor();
      else if (command.kind === 'language') {
        this.#setLang(this.#lang === 'en' ? 'zh' : 'en');
        labs = await this.#list();
      } else if (command.kind === 'enter' || command.kind === 'labs') labs = await this.#list();
      else this.#tell('home.no-such', {line: line.trim().slice(0, 60)});
    }
  }

  /** A lab of the list: where it was left, the stage is rebuilt up to there. */
  async #fromList(lab: HomeLab): Promise<TalkEnd['how']> {
    const word = (words: {en: string; zh?: string}) => words[this.#lang] ?? words.en;
    if (lab.broken) this.#tell('home.broken', {why: word(lab.broken)});
    else if (lab.unmet?.length) for (const why of lab.unmet) this.#tell('home.unmet', {why: word(why)});
    else {
      const {progress} = lab;
      try {
        const end = await this.#lab(lab.number, progress?.done ? undefined : progress?.step);
        return end.how === 'eof' ? 'quit' : end.how;
      } catch (error) {
        this.#tell('home.failed', {number: lab.number, why: await this.#deps.describe(error, this.#lang)});
      }
    }
    return 'labs';
  }

  async #lab(number: string, atStep?: string, wasAt?: number): Promise<TalkEnd> {
    const cols = Math.max(80, this.#deps.stdout.columns || 0);
    const session = await this.#deps.openSession(number, {size: {cols, rows: 24}, ...(atStep && {atStep})});
    this.#talk = new LabTalk(session, this.#io, this.#lang, lang => this.#setLang(lang));
    try {
      return await this.#talk.run(wasAt);
    } finally {
      this.#talk = undefined;
    }
  }

  #walk(number: string): Promise<number> {
    if (this.#leave.signal.aborted) return Promise.resolve(0);
    this.#tell('walk', {number});
    for (const [name, listener] of this.#listeners) process.off(name, listener); // that run has its own
    return this.#deps.walk(number);
  }

  async #list(): Promise<HomeLab[]> {
    const {paper} = this.#io;
    const [labs, host] = await Promise.all([this.#labs(), hostLine(this.#deps, this.#lang)]);
    this.#tell('home.title');
    for (const line of hang('', host, paper.width)) paper.line(line);
    paper.line();
    for (const line of labLines(labs, this.#lang, paper.width)) paper.line(line);
    paper.line();
    return labs;
  }

  #labs(): Promise<HomeLab[]> {
    return this.#deps.labs();
  }

  async #doctor(): Promise<void> {
    const {paper} = this.#io;
    for (const line of await doctorLines(this.#deps, this.#lang, paper.width)) paper.line(line);
  }

  #setLang(lang: Lang): void {
    this.#lang = lang;
    this.#deps.saveLang?.(lang);
  }

  #say(code: PlainCode, params: Record<string, string | number> = {}): string {
    return sayIn(this.#lang)(code, params);
  }

  #tell(code: PlainCode, params: Record<string, string | number> = {}): void {
    const {paper} = this.#io;
    for (const text of this.#say(code, params).split('\n'))
      for (const line of hang('', text, paper.width)) paper.line(line);
  }

  /** Ctrl-C interrupts what runs; where nothing does, it leaves, as the other signals do. A second one does not wait. */
  #signal(name: keyof typeof SIGNALS): void {
    if (this.#leave.signal.aborted) process.exit(SIGNALS[name]);
    if (name === 'SIGINT' && this.#talk?.interrupt()) return;
    // By a key at one's own prompt it is the ordinary way out.
    if (name !== 'SIGINT' || !this.#io.keyboard) this.#status = SIGNALS[name];
    this.#leave.abort();
  }
}
