/** A quiz line by line, or as JSON: asks, reads what is answered, tells what came of it. */
import type {Current, Lang, Take} from '../../../course/index.ts';
import {formOf} from '../../quiz/answer.ts';
import {Paper} from '../paper.ts';
import {parseQuizLine, type QuizLine} from './commands.ts';
import {JsonTeller} from './json.ts';
import type {LineSource} from './lines.ts';
import {QuizSides} from './sides.ts';
import {LineTeller, type QuizTeller} from './teller.ts';

export interface PlainQuizDeps {
  take: Take;
  lang: Lang;
  /** Events as JSON, one a line. */
  json: boolean;
  stdout: NodeJS.WriteStream;
  lines: LineSource;
  /** A person types: prompts are shown, and nothing is interrupted for them. */
  keyboard: boolean;
  describe(error: unknown, lang: Lang): Promise<string>;
}

const SIGNALS = {SIGHUP: 129, SIGINT: 130, SIGTERM: 143} as const;

/** Resolves to the exit status once the quiz is over or was left; nothing of it runs then. */
export async function run(deps: PlainQuizDeps): Promise<number> {
  const talk = new QuizTalk(deps);
  try {
    return await talk.run();
  } finally {
    await talk.close();
  }
}

class QuizTalk {
  readonly #deps: PlainQuizDeps;
  readonly #teller: QuizTeller;
  readonly #paper: Paper;
  readonly #listeners: [NodeJS.Signals, () => void][];
  #sides: QuizSides | undefined;
  /** The question that was told last. */
  #asked: Current | undefined;
  #left = false;
  #status = 0;

  constructor(deps: PlainQuizDeps) {
    this.#deps = deps;
    const {leave} = deps.lines;
    this.#paper = new Paper(deps.stdout, () => leave.abort());
    this.#teller = deps.json
      ? new JsonTeller(deps.take, this.#paper)
      : new LineTeller(deps.take, this.#paper, deps.lang, deps.describe);
    this.#listeners = (Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]).map(name => [name, () => this.#signal(name)]);
    for (const [name, listener] of this.#listeners) process.on(name, listener);
  }

  async run(): Promise<number> {
    const {take, lines} = this.#deps;
    this.#teller.begin();
    // The end may come by the clock, while a line is waited for.
    take.onChange(() => {
      if (take.phase === 'over') lines.input.cancel();
    });
    await take.begin({cols: 80, rows: 24});
    while (take.phase !== 'over' && !this.#left && !lines.leave.signal.aborted) {
      await this.#ask();
      await this.#turn();
    }
    if (take.phase !== 'over' && !take.graded && take.done.length > 0) await take.stop();
    await this.#teller.end();
    return this.#status;
  }

  async close(): Promise<void> {
    for (const [name, listener] of this.#listeners) process.off(name, listener);
    this.#sides?.close();
    await this.#deps.take.close();
  }

  /** Tells the question, where it is another one. */
  async #ask(): Promise<void> {
    const {current} = this.#deps.take;
    if (!current || current === this.#asked) return;
    this.#asked = current;
    this.#sides?.close();
    this.#sides = current?.live && new QuizSides(current.live);
    await this.#teller.question(this.#sides?.names ?? []);
  }

  async #turn(): Promise<void> {
    const {take, lines, keyboard, json} = this.#deps;
    if (keyboard && !json && lines.input.empty) this.#paper.ask(this.#teller.prompt());
    const line = await lines.input.next();
    if (line === undefined && keyboard) this.#paper.fresh();
    this.#paper.answered();
    if (take.phase === 'over') return;
    if (line === undefined) {
      this.#left = true;
      if (take.graded) this.#status = 1;
      if (take.done.length < take.of) this.#teller.tell('line.out');
      return;
    }
    const parsed = this.#parse(line);
    const onward = parsed && take.phase === 'told' && ['answer', 'unclear', 'skip'].includes(parsed.kind);
    if (onward && keyboard) this.#teller.tell('line.after');
    else if (onward) {
      // Lines from a pipe are answers: nothing needs to be pressed between two.
      await take.next();
      await this.#ask();
      const again = this.#parse(line);
      if (again) await this.#obey(again);
    } else if (parsed) await this.#obey(parsed);
  }

  #parse(line: string): QuizLine | undefined {
    const {current} = this.#deps.take;
    if (!current) return undefined;
    const {asked, item, live} = current;
    if (live && live !== this.#sides?.stage) this.#sides = new QuizSides(live);
    return parseQuizLine(line, {form: formOf(item), asked, sides: this.#sides?.names ?? []});
  }

  async #obey(line: QuizLine): Promise<void> {
    const {take, keyboard} = this.#deps;
    const teller = this.#teller;
    const told = take.phase === 'told';
    switch (line.kind) {
      case 'empty':
      case 'next':
        if (told) return take.next();
        return line.kind === 'next' ? teller.unclear() : undefined;
      case 'answer':
        await take.answer(line.response);
        return teller.answered();
      case 'skip':
        await take.answer(null);
        return teller.answered();
      case 'unclear':
        return teller.unclear();
      case 'hint':
        return teller.hint(take.hint());
      case 'again':
        if (!told) return teller.unclear();
        take.retry();
        return teller.question(this.#sides?.names ?? []);
      case 'fresh':
        return take.reset();
      case 'question':
        return teller.question(this.#sides?.names ?? []);
      case 'show':
        return told ? teller.show() : teller.unclear();
      case 'language':
        return teller.language();
      case 'help':
        return teller.tell('line.help');
      case 'quit':
        this.#left = true;
        return;
      case 'type': {
        const end = await this.#sides?.type(line.side, line.command, keyboard);
        if (end) teller.command(line.side, line.command, end);
      }
    }
  }

  /** Ctrl-C interrupts the command that runs; else it leaves. A second one does not wait. */
  #signal(name: keyof typeof SIGNALS): void {
    const {leave} = this.#deps.lines;
    if (leave.signal.aborted) process.exit(SIGNALS[name]);
    if (name === 'SIGINT' && this.#sides?.interrupt()) return;
    if (name !== 'SIGINT' || !this.#deps.keyboard) this.#status = SIGNALS[name];
    leave.abort();
  }
}
