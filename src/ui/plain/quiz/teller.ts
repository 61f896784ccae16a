/** How a quiz reads line by line: for people in sentences, for programs as JSON. */
import {fillOf, KINDS, type Lang, type Take, tally, type Words} from '../../../course/index.ts';
import {sayReason} from '../../course-words.ts';
import {formOf} from '../../quiz/answer.ts';
import {clock} from '../../quiz/clock.ts';
import {said} from '../../quiz/said.ts';
import {type Say, sayIn as sayUi} from '../../say.ts';
import type {Paper} from '../paper.ts';
import {hang, harmless, outputLines, prose} from '../text.ts';
import type {CommandEnd} from './sides.ts';
import {quizLineWords} from './words.ts';

export type LineCode = keyof typeof quizLineWords;
type Params = Record<string, string | number>;

export interface QuizTeller {
  begin(): void;
  /** @param sides that have a terminal */
  question(sides: readonly string[]): Promise<void>;
  /** What stands before the answer. */
  prompt(): string;
  answered(): Promise<void>;
  hint(given: boolean): void;
  show(): void;
  unclear(): void;
  language(): void;
  command(side: string, command: string, end: CommandEnd): void;
  tell(code: LineCode, params?: Params): void;
  end(): Promise<void>;
}

type Describe = (error: unknown, lang: Lang) => Promise<string>;

export class LineTeller implements QuizTeller {
  readonly #take: Take;
  readonly #paper: Paper;
  readonly #describe: Describe;
  #lang: Lang;

  constructor(take: Take, paper: Paper, lang: Lang, describe: Describe) {
    this.#take = take;
    this.#paper = paper;
    this.#lang = lang;
    this.#describe = describe;
  }

  get #say(): Say {
    return sayUi(this.#lang);
  }

  tell(code: LineCode, params: Params = {}): void {
    const text = quizLineWords[code][this.#lang].replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(params[name] ?? whole),
    );
    for (const part of text.split('\n')) this.#line(part);
  }

  begin(): void {
    const {options, of, graded} = this.#take;
    this.tell('line.begin', {title: options.title[this.#lang] ?? options.title.en, of});
    if (graded) this.tell('line.graded');
  }

  async question(sides: readonly string[]): Promise<void> {
    const {current, of, left} = this.#take;
    if (!current) return;
    const {asked, item} = current;
    const {n, number, kind, points} = asked;
    const worth = this.#say(points === 1 ? 'quiz.point' : 'quiz.points', {points});
    this.#paper.line();
    this.tell('line.question', {n, of, number, kind: this.#say(`quiz.kind.${kind}`), points: worth});
    if (left !== undefined) this.tell('line.left', {time: clock(left)});
    this.#prose(asked.ask);
    for (const [i, {text}] of asked.choices?.entries() ?? []) this.#prose(text, `${i + 1}  `);
    if (current.failed !== undefined) this.#line(await this.#describe(current.failed, this.#lang));
    const example = `${sides.at(-1) ?? 'host'}: ps`;
    const form = formOf(item);
    if (asked.live && form !== 'deed') this.tell('line.look', {example});
    this.tell(`line.${form}`, {example});
  }

  prompt(): string {
    const code = this.#take.phase === 'told' ? 'line.askNext' : 'line.ask';
    return quizLineWords[code][this.#lang];
  }

  async answered(): Promise<void> {
    const {trouble, graded, current} = this.#take;
    if (trouble !== undefined && this.#take.phase !== 'over') this.#line(said(trouble, this.#lang));
    else if (graded) this.tell('line.locked');
    if (graded || !current?.judged || !current.explanation) return;
    const {judged, explanation, response, asked} = current;
    const {verdict, points, reason} = judged;
    if (verdict === 'unjudged')
      this.#line(this.#say('quiz.unjudged', {why: reason ? sayReason(reason, this.#lang) : ''}));
    else this.#line(this.#say(response === null ? 'quiz.skipped' : `quiz.${verdict}`, {points, of: asked.points}));
    if (explanation.mistake) this.#prose(explanation.mistake);
    for (const {id, right, because} of explanation.choices ?? []) {
      const text = asked.choices?.find(one => one.id === id)?.text ?? {en: id};
      this.#prose(text, right ? '+ ' : '- ');
      this.#prose(because, '  ');
    }
    if (!explanation.choices) this.#right();
    if (explanation.because) this.#prose(explanation.because);
    this.tell('line.after');
  }

  #right(): void {
    const {explanation, judged, item} = this.#take.current!;
    const text = explanation!.right[this.#lang] ?? explanation!.right.en;
    if (text === '' || judged!.verdict === 'unjudged') return;
    if (item.block.type !== 'hands-on') this.#line(this.#say('quiz.rightIs', {text}));
    else if (judged!.verdict !== 'right') {
      this.#line(this.#say('quiz.oneWay'));
      for (const line of text.split('\n')) this.#line(line);
    }
  }

  hint(given: boolean): void {
    const {current, graded} = this.#take;
    const hints = current?.item.block.hints ?? [];
    if (!given || !current) this.#line(this.#say(graded ? 'quiz.noHints' : 'quiz.noHint'));
    else {
      this.#line(this.#say('quiz.hint', {index: current.hints, of: hints.length}));
      this.#prose(hints[current.hints - 1]!);
    }
  }

  show(): void {
    const {current} = this.#take;
    if (current) this.tell('line.show', {number: current.item.number, step: current.item.show});
  }

  unclear(): void {
    const {current, phase} = this.#take;
    if (!current || phase === 'told') {
      this.tell('line.after');
      return;
    }
    const how = quizLineWords[`line.${formOf(current.item)}`][this.#lang].replace('{example}', 'box: ps');
    this.tell('line.unclear', {how});
  }

  language(): void {
    this.#lang = this.#lang === 'en' ? 'zh' : 'en';
    void this.question([]);
  }

  command(_side: string, _command: string, {status, output, long}: CommandEnd): void {
    for (const line of outputLines(output).lines) this.#paper.line(`  ${line}`);
    if (long) this.tell('line.long');
    else if (status !== null && status !== 0) this.tell('line.status', {status});
  }

  async end(): Promise<void> {
    const {done, file, graded, late, phase, trouble} = this.#take;
    const {points, of, unjudged} = tally(done);
    const say = this.#say;
    if (phase !== 'over') {
      if (trouble !== undefined) this.#line(said(trouble, this.#lang));
      return;
    }
    this.#paper.line();
    if (late) this.#line(say('quiz.late'));
    const percent = of > 0 ? Math.round((100 * points) / of) : 0;
    this.#line(done.length > 0 ? say('quiz.score', {points, of, percent}) : say('quiz.noScore'));
    for (const [number, some] of [...Map.groupBy(done, one => one.asked.number)].sort())
      this.#line(`  ${number}: ${tally(some).points}/${tally(some).of}`);
    for (const kind of KINDS) {
      const some = done.filter(one => one.asked.kind === kind);
      if (some.length > 0) this.#line(`  ${say(`quiz.kind.${kind}`)}: ${tally(some).points}/${tally(some).of}`);
    }
    if (unjudged > 0) this.#line(say('quiz.unjudgedCount', {count: unjudged}));
    if (trouble !== undefined) this.#line(said(trouble, this.#lang));
    else if (file !== undefined) this.#line(say('quiz.file', {file}));
    if (graded && file !== undefined) this.#line(say('quiz.handIn'));
  }

  #line(text: string): void {
    for (const line of hang('', harmless(text), this.#paper.width)) this.#paper.line(line);
  }

  /** Markdown without its marks. */
  #prose(words: Words, first = ''): void {
    const {current} = this.#take;
    const filled = current ? fillOf(current, words) : words;
    const {width} = this.#paper;
    const lines = prose(filled[this.#lang] ?? filled.en, width - first.length);
    for (const [i, line] of lines.entries()) this.#paper.line(`${i === 0 ? first : ' '.repeat(first.length)}${line}`);
  }
}
