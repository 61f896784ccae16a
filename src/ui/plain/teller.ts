/** Tells a session as it happens: each event in words, in the order in which things happened. */
import {
  type CheckBlock,
  type Event,
  fold,
  initialState,
  type Lab,
  type LabState,
  type Lang,
  plainMarkdown,
  sayError,
  sayReason,
  type Words,
  wordsOf,
} from '../../course/index.ts';
import {flagName} from '../lab/ablation.ts';
import {stepChecks} from '../lab/checks.ts';
import {checkBlock, tellHint, tellJudged, tellLocked, tellSolution} from './answers.ts';
import {tellBlock, tellNext} from './lesson.ts';
import {hang, outputLines, prose} from './text.ts';
import {ablationLines, sideName} from './views.ts';
import {type PlainCode, type Say, sayIn} from './words.ts';

type Of<T extends Event['type']> = Extract<Event, {type: T}>;

/** What changes the state of things, whoever did it. */
const ACTS = new Set<Event['type']>(['command-typed', 'container-started', 'container-gone']);

export class Teller {
  state: LabState;
  lang: Lang;
  /** Facts that the last command or container changed. */
  readonly changed = new Set<string>();
  readonly #line: (text: string) => void;
  readonly #width: () => number;
  /** Index of the first block of the step that was not told yet. */
  #told = 0;
  #next = '';
  #acted = false;
  /** Mistakes that a step began with: nobody has made them. */
  #inherited = new Map<string, string>();

  constructor(lab: Lab, lang: Lang, line: (text: string) => void, width: () => number) {
    this.state = initialState(lab);
    this.lang = lang;
    this.#line = line;
    this.#width = width;
  }

  get say(): Say {
    return sayIn(this.lang);
  }

  get width(): number {
    return this.#width();
  }

  /** A sentence of ours, wrapped. */
  tell(code: PlainCode, params: Record<string, string | number> = {}): void {
    for (const line of this.say(code, params).split('\n')) this.lines(hang('', line, this.#width()));
  }

  lines(lines: readonly string[]): void {
    for (const line of lines) this.#line(line);
  }

  /** A lab's own words as one line. */
  plain(words: Words): string {
    return plainMarkdown(wordsOf(words, this.lang, this.state)).replace(/\s*\n\s*/g, ' ');
  }

  /** A lab's own words in paragraphs. */
  prose(words: Words): string[] {
    return prose(wordsOf(words, this.lang, this.state), this.#width());
  }

  side(side: string): string {
    return sideName(side, this.say);
  }

  /** Tells what stands between what was told and what comes next, and what that is. */
  upToNext(): void {
    const {state} = this;
    const blocks = state.lab.steps[state.current]?.blocks ?? [];
    const {pending} = state;
    const end = pending && 'at' in pending ? pending.at : blocks.length;
    const first = this.#told === 0;
    for (let i = this.#told; i < end; i++) if (!state.leftOut.includes(i)) tellBlock(blocks[i]!, this);
    if (first && this.#next === '') this.#tellAims();
    this.#told = Math.max(this.#told, end);
    const next = JSON.stringify([this.lang, state.current, pending, pending ? '' : this.open().map(check => check.id)]);
    if (next !== this.#next) tellNext(this);
    this.#next = next;
  }

  /** The lesson of this step from its beginning. */
  again(): void {
    this.#stepTitle();
    this.#told = 0;
    this.#next = '';
  }

  /** The checks of this step that do not hold. */
  open(): CheckBlock[] {
    return stepChecks(this.state).filter(check => this.state.checks[check.id]?.verdict !== 'pass');
  }

  tellChecks(): void {
    const checks = stepChecks(this.state);
    if (checks.length === 0) this.tell('check.none');
    for (const check of checks) this.#verdict(check, true);
  }

  hear(event: Event): void {
    if (event.type === 'bytes') return;
    const before = this.state;
    this.state = fold(before, event);
    // What the lab does to bring a fresh stage to this step is not told.
    const silent = before.phase === 'rebuilding';
    if (event.type === 'check') this.#inherit(event);
    if (event.type === 'command-typed' || event.type === 'step-entered') this.changed.clear();
    if (event.type === 'facts') for (const path of event.changed) if (path.includes('.')) this.changed.add(path);
    if (ACTS.has(event.type)) this.#acted = true;
    if (event.type === 'step-entered') {
      this.#told = 0;
      this.#next = '';
      this.#acted = false;
      this.#inherited.clear();
      this.#stepTitle();
    } else if (!silent || !BUILDING.has(event.type)) this.#event(event, before);
  }

  #event(event: Exclude<Event, {type: 'bytes'}>, before: LabState): void {
    switch (event.type) {
      case 'session-started':
        this.#title(event);
        break;
      case 'container-started':
        this.tell('container.started', {id: event.id, pid: event.pid});
        break;
      case 'container-gone':
        this.#gone(event);
        break;
      case 'command-typed':
        if (event.by === 'lab') this.tell('command.typed', {side: this.side(event.side), command: event.command});
        break;
      case 'command-finished':
        this.output(event.output, event.status);
        break;
      case 'command-unexpected':
        this.tell('command.unexpected', {
          expected: event.expected,
          status: event.status ?? this.say('command.no-status'),
        });
        break;
      case 'prediction-answered':
        tellLocked(event, this);
        break;
      case 'prediction-judged':
        tellJudged(event, this);
        break;
      case 'check':
        this.#check(event, before);
        break;
      case 'wrong-side': {
        const {command, typedOn, expectedOn} = event;
        this.tell('wrong-side', {command, typed: this.side(typedOn), expected: this.side(expectedOn)});
        break;
      }
      case 'hint-shown':
        tellHint(event, this);
        break;
      case 'solution-shown':
        tellSolution(event, before, this);
        break;
      case 'error':
        this.tell('error', {text: sayError(event.error, this.lang)});
        if (event.fatal) this.tell('error.fatal');
        break;
      case 'ablation-started':
        this.tell('ablation.running', {flag: flagName(event.without)});
        break;
      case 'ablation-result':
        if (this.state.ablation) this.lines(ablationLines(this.state.ablation, this.state, this.lang));
        break;
      case 'rebuilding':
        this.tell(`rebuild.${event.why}`);
        break;
      case 'rebuilt':
        // Who goes on after days has nothing on the stage to miss.
        if (before.rebuilding?.why !== 'resume') this.tell('rebuilt');
        break;
      case 'spool-full':
        this.tell('spool-full', {mib: Math.round(event.limitBytes / 2 ** 20)});
        break;
      case 'session-ended':
        this.#score();
        if (event.left.length > 0) this.tell('left', {what: event.left.join(', ')});
        else this.tell('clean');
    }
  }

  /** What a command printed, and how it ended where that is worth a word. */
  output(output: string, status: number | null): void {
    const {lines, leftOut} = outputLines(output);
    if (leftOut > 0) this.tell('command.left-out', {count: leftOut});
    this.lines(lines);
    if (status === null) this.tell('command.no-status');
    else if (status !== 0) this.tell('command.status', {status});
    else if (lines.length === 0) this.tell('command.silent');
  }

  #title({kernel, stage, root}: Of<'session-started'>): void {
    const {lab} = this.state;
    this.tell('lab.title', {number: lab.number, title: this.plain(lab.title), question: this.plain(lab.question)});
    this.tell(`lab.session.${stage}`, {kernel});
    if (!root && stage === 'private') this.tell('lab.session.mapped');
    this.tell('lab.how');
    if (lab.intro) this.lines(['', ...this.prose(lab.intro)]);
  }

  #stepTitle(): void {
    const {state} = this;
    const step = state.lab.steps[state.current];
    if (!step) return;
    this.#line('');
    this.tell('lab.step', {index: state.current + 1, of: state.steps.length, title: this.plain(step.title)});
    this.#line('');
  }

  #tellAims(): void {
    const checks = stepChecks(this.state);
    if (checks.length === 0) return;
    this.lines(['', this.say('lab.to-be')]);
    for (const check of checks) this.#verdict(check, false);
    this.#line('');
  }

  /** At the very end: the last step has something to say as well. */
  #score(): void {
    if (!this.state.done) return;
    const {checksPassed: passed, checks, predictionsRight: right, predictions} = this.state.done;
    this.tell('done', {passed, checks, right, predictions});
  }

  #gone({id, status}: Of<'container-gone'>): void {
    const {code, signal} = status ?? {};
    const kind = signal ? 'signal' : code === undefined ? 'unknown' : 'status';
    this.tell('container.gone', {id, how: this.say(`gone.${kind}`, {signal: signal ?? '', code: code ?? ''})});
  }

  /** Only what differs is told, and at a step's beginning nothing: then all checks are listed. */
  #check({id, verdict, mistake}: Of<'check'>, before: LabState): void {
    const block = checkBlock(this.state, id);
    const old = before.checks[id];
    if (!block || !old || old.verdict === null) return;
    const made = mistake !== undefined && mistake !== old.mistake && this.#inherited.get(id) !== mistake;
    if (verdict !== old.verdict && (verdict === 'pass' || old.verdict === 'pass')) this.#verdict(block, true);
    else if (made) this.#verdict(block, true);
  }

  #verdict(block: CheckBlock, withWhy: boolean): void {
    const check = this.state.checks[block.id];
    const title = this.plain(block.title);
    if (check?.verdict === 'pass') {
      this.tell('check.pass', {title});
      return;
    }
    const made = check?.mistake && check.mistake !== this.#inherited.get(block.id);
    const mistake = made ? block.mistakes.find(one => one.id === check.mistake) : undefined;
    const why = check?.verdict === 'cannot-judge' && !mistake && withWhy ? check.reason : null;
    if (why) this.tell('check.unsure', {title, why: sayReason(why, this.lang)});
    else this.tell('check.fail', {title});
    if (mistake && withWhy) this.lines(this.prose(mistake.say).map(line => `  ${line}`));
  }

  #inherit({id, mistake}: Of<'check'>): void {
    if (!this.#acted && mistake) this.#inherited.set(id, mistake);
    else if (this.#inherited.get(id) !== mistake) this.#inherited.delete(id);
  }
}

/** Events of the building itself, while a stage is brought to a step. */
const BUILDING = new Set<Event['type']>([
  'container-started',
  'container-gone',
  'command-typed',
  'command-finished',
  'command-unexpected',
  'check',
]);
