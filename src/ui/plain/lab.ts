/** One lab, line by line: asks what is to be done, has the session do it, and waits until everything of it was told. */
import {type Event, type Lang, type Session, sayError} from '../../course/index.ts';
import type {Facts, ProcessRow} from '../../engine/index.ts';
import {ablatable, flagName} from '../lab/ablation.ts';
import {factPaths} from '../lab/facts.ts';
import {type LabCommand, parseLine} from './commands.ts';
import type {TalkIo} from './deps.ts';
import {askedPrediction} from './lesson.ts';
import {Sides} from './sides.ts';
import {Teller} from './teller.ts';
import {factLines, journalLines, processLines, stepLines, xrayLines} from './views.ts';

export interface TalkEnd {
  /** quit: leave the app; labs: back to the list; ended: the session did; eof: no more lines. */
  how: 'quit' | 'labs' | 'ended' | 'eof';
  /** 1: it failed, or left something behind. */
  status: 0 | 1;
  lang: Lang;
}

export class LabTalk {
  readonly #session: Session;
  readonly #io: TalkIo;
  readonly #teller: Teller;
  readonly #sides: Sides;
  #how: TalkEnd['how'] | undefined;
  #processes: readonly ProcessRow[] = [];
  #saveLang: (lang: Lang) => void;

  constructor(session: Session, io: TalkIo, lang: Lang, saveLang: (lang: Lang) => void = () => {}) {
    this.#session = session;
    this.#io = io;
    this.#saveLang = saveLang;
    this.#teller = new Teller(session.lab, lang, io.paper.line, () => io.paper.width);
    this.#sides = new Sides(session, this.#teller, io);
  }

  /** From the building of the stage until the session has ended. `wasAt`: step of the last time, 1-based. */
  async run(wasAt?: number): Promise<TalkEnd> {
    const {input, leave} = this.#io;
    const session = this.#session;
    const hear = (event: Event) => {
      this.#teller.hear(event);
      this.#sides.hear(event);
      if (event.type === 'processes') this.#processes = event.list;
      if (event.type === 'session-ended') input.cancel();
    };
    for (const event of session.events) hear(event);
    const off = session.onEvent(hear);
    const end = () => void session.end('left');
    leave.addEventListener('abort', end, {once: true});
    input.onStray = this.#io.keyboard ? line => this.#stray(line) : undefined;
    try {
      if (leave.aborted) end();
      await session.start();
      if (wasAt && wasAt > 1 && !this.#ended) this.#teller.tell('lab.was-at', {index: wasAt});
      while (!this.#ended && !this.#how) await this.#turn();
    } finally {
      input.onStray = undefined;
      leave.removeEventListener('abort', end);
      await session.end('left'); // changes nothing where it has ended
      this.#io.paper.answered();
      off();
    }
    const {ended, errors} = this.#teller.state;
    const failed = ended?.reason === 'failed' || (ended?.left.length ?? 0) > 0 || errors.some(one => one.fatal);
    return {how: this.#how ?? (leave.aborted ? 'eof' : 'ended'), status: failed ? 1 : 0, lang: this.#teller.lang};
  }

  /** Ctrl-C. @returns false: nothing runs that it could interrupt */
  interrupt(): boolean {
    return this.#sides.interrupt();
  }

  get #ended(): boolean {
    return this.#teller.state.ended !== null;
  }

  async #turn(): Promise<void> {
    const {input, paper, keyboard} = this.#io;
    this.#teller.upToNext();
    if (keyboard && input.empty) paper.ask('> ');
    const line = await input.next();
    if (line === undefined && keyboard) paper.fresh();
    const news = paper.answered();
    if (this.#ended) return;
    if (line === undefined) {
      this.#how = 'eof';
      return;
    }
    if (!keyboard) paper.line(`> ${line.trim()}`);
    // Who presses Enter to hear the news has not yet heard what Enter would do now.
    if (news && line.trim() === '') return;
    try {
      await this.#obey(parseLine(line));
      if (!this.#how && !this.#ended) await this.#session.refresh();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const info = (error as {info?: {code: string; params: Record<string, string | number>}}).info;
      this.#teller.tell('error', {
        text: sayError(info ?? {code: 'session.internal', params: {message}}, this.#teller.lang),
      });
    }
  }

  /** A person's line that comes while something is being done. */
  #stray(line: string): void {
    if (this.#sides.give(line) || line.trim() === '') return;
    this.#io.input.keep(line);
    this.#teller.tell('command.kept', {line: line.trim()});
  }

  async #obey(command: LabCommand): Promise<void> {
    const session = this.#session;
    const teller = this.#teller;
    const {state, lang} = teller;
    switch (command.kind) {
      case 'enter':
        if (state.pending?.kind === 'finish') return session.end('finished');
        return session.advance();
      case 'number':
        return this.#number(command.number);
      case 'type':
        return this.#sides.type(command.side, command.command);
      case 'unknown': {
        const side = state.pending?.kind === 'run' ? state.pending.on : 'host';
        return teller.tell('unknown', {line: command.line.slice(0, 60), side});
      }
      case 'hint':
        return this.#hint();
      case 'solution': {
        const check = teller.open()[0];
        if (!check) return teller.tell('solution.none');
        return session.solution(check.id, state.checks[check.id]?.solution ?? false);
      }
      case 'ablate':
        return this.#ablate(command.rest);
      case 'facts':
        return teller.lines(factLines(factPaths(state, this.#reached()), state, teller.changed, lang));
      case 'checks':
        return teller.tellChecks();
      case 'journal':
        return teller.lines(journalLines(state, /^(all|全部)$/i.test(command.rest), lang));
      case 'steps':
        return teller.lines(stepLines(state, lang));
      case 'lesson':
        return teller.again();
      case 'go': {
        const step = state.lab.steps[Number(command.rest) - 1] ?? state.lab.steps.find(one => one.id === command.rest);
        if (!step) return teller.tell('step.none', {rest: command.rest, of: state.steps.length});
        return session.goTo(step.id);
      }
      case 'back':
        return session.back();
      case 'next':
        return session.next();
      case 'reset':
        return /^(lab|全部)$/i.test(command.rest) ? session.resetLab() : session.resetStep();
      case 'xray':
        return this.#xray(command.rest);
      case 'ps':
        await session.refresh();
        return teller.lines(processLines(this.#processes, lang));
      case 'interrupt':
        if (!this.#sides.interrupt()) teller.tell('command.nothing');
        return;
      case 'language':
        teller.lang = lang === 'en' ? 'zh' : 'en';
        this.#saveLang(teller.lang);
        return teller.again();
      case 'help':
        return teller.tell('help.lab');
      case 'labs':
        this.#how = 'labs';
        return;
      case 'quit':
        this.#how = 'quit';
        return;
      case 'doctor':
        return teller.tell('unknown', {line: command.kind, side: 'host'});
    }
  }

  #number(number: number): void {
    const teller = this.#teller;
    const asked = askedPrediction(teller.state);
    if (!asked) teller.tell('predict.none');
    else if (number > asked.choices.length) teller.tell('predict.range', {number, last: asked.choices.length});
    else this.#session.predict(asked.id, asked.choices[number - 1]?.id ?? null);
  }

  #hint(): void {
    const teller = this.#teller;
    const open = teller.open();
    const left = open.some(check => (teller.state.checks[check.id]?.hints ?? 0) < check.hints.length);
    if (left) this.#session.hint();
    else teller.tell(open.length > 0 ? 'hint.no-more' : 'hint.none');
  }

  async #ablate(rest: string): Promise<void> {
    const teller = this.#teller;
    const what = ablatable(teller.state);
    if (!what) return teller.tell('ablation.none');
    const {container, without} = what;
    const named = without.find(one => one === rest.toLowerCase()) ?? without[Number(rest) - 1];
    const wanted = named ?? (rest === '' && without.length === 1 ? without[0] : undefined);
    if (wanted) return this.#session.ablate(container, wanted);
    teller.tell('ablation.which', {list: without.map((one, i) => `${i + 1} ${flagName(one)}`).join(', ')});
  }

  async #xray(rest: string): Promise<void> {
    const teller = this.#teller;
    const session = this.#session;
    const running = Object.values(teller.state.containers).findLast(one => one.running);
    const pid = rest === '' ? running?.pid : Number(rest);
    if (pid === undefined || !Number.isSafeInteger(pid) || pid < 1) return teller.tell('xray.which');
    const seen: {now: Facts | null} = {now: null};
    const off = session.onEvent(event => {
      if (event.type === 'xray' && event.pid === pid) seen.now = event.facts;
    });
    try {
      session.xray(pid);
      await session.refresh();
    } finally {
      session.xray(null);
      off();
    }
    const facts = seen.now;
    if (!facts) return teller.tell('xray.none', {pid});
    teller.lines(xrayLines(pid, facts, teller.state.facts.now.host, teller.lang));
  }

  /** Index of the block that is pending. */
  #reached(): number {
    const {pending, lab, current} = this.#teller.state;
    return pending && 'at' in pending ? pending.at : (lab.steps[current]?.blocks.length ?? 0);
  }
}
