/** A quiz as JSON, for graders and other programs. */
import {fillOf, type Take, tally} from '../../../course/index.ts';
import {formOf} from '../../quiz/answer.ts';
import {said} from '../../quiz/said.ts';
import type {Paper} from '../paper.ts';
import {outputLines} from '../text.ts';
import type {CommandEnd} from './sides.ts';
import type {QuizTeller} from './teller.ts';

/** One object a line: quiz, question, answered, command, hint, result. docs/quiz.md lists them. */
export class JsonTeller implements QuizTeller {
  readonly #take: Take;
  readonly #paper: Paper;

  constructor(take: Take, paper: Paper) {
    this.#take = take;
    this.#paper = paper;
  }

  begin(): void {
    const {options, of, graded, left} = this.#take;
    this.#out('quiz', {title: options.title, mode: graded ? 'graded' : 'practice', of, leftMs: left ?? null});
  }

  async question(sides: readonly string[]): Promise<void> {
    const {current, of} = this.#take;
    if (!current) return;
    const {asked, item, failed} = current;
    const {n, kind, number, points, live, choices, item: id} = asked;
    this.#out('question', {
      n,
      of,
      item: id,
      lab: number,
      kind,
      form: formOf(item),
      points,
      live,
      ask: fillOf(current, asked.ask),
      ...(choices && {choices}),
      ...(live && {sides, stage: failed === undefined}),
    });
  }

  async answered(): Promise<void> {
    const {current, graded, done, trouble, phase} = this.#take;
    const last = done.at(-1);
    if (trouble !== undefined && phase !== 'over') this.#out('error', {message: said(trouble, 'en')});
    else if (graded && last) this.#out('answered', {n: last.asked.n});
    if (graded || !current?.judged) return;
    const {judged, explanation, asked, tries} = current;
    const {verdict, points, reason, mistake, evidence} = judged;
    this.#out('answered', {
      n: asked.n,
      tries,
      verdict,
      points,
      key: evidence.key,
      ...(reason && {reason}),
      ...(mistake !== undefined && {mistake}),
      ...(explanation && {explanation}),
    });
  }

  hint(given: boolean): void {
    const {current} = this.#take;
    const hints = current?.item.block.hints ?? [];
    this.#out('hint', {text: given && current ? fillOf(current, hints[current.hints - 1]!) : null, of: hints.length});
  }

  show(): void {
    const {current} = this.#take;
    if (current) this.#out('show', {lab: current.item.number, step: current.item.show});
  }

  unclear(): void {
    const {current} = this.#take;
    this.#out('unclear', {n: current?.asked.n ?? null, form: current ? formOf(current.item) : null});
  }

  command(side: string, command: string, {status, output, long}: CommandEnd): void {
    this.#out('command', {side, command, status, output: outputLines(output).lines.join('\n'), long});
  }

  async end(): Promise<void> {
    const {done, file, phase, late, trouble, of: asked} = this.#take;
    const {points, of, ...counts} = tally(done);
    const error = trouble === undefined ? {} : {error: said(trouble, 'en')};
    this.#out('result', {
      over: phase === 'over',
      late,
      answered: done.length,
      asked,
      points,
      of,
      right: counts.right,
      partly: counts.partly,
      wrong: counts.wrong,
      unjudged: counts.unjudged,
      file: file ?? null,
      ...error,
    });
  }

  prompt(): string {
    return '';
  }

  language(): void {}

  /** Sentences are for people. */
  tell(): void {}

  #out(type: string, what: object): void {
    this.#paper.line(
      JSON.stringify({type, ...what}, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    );
  }
}
