/** A lab as plain text, for pipes, graders and screen readers: what happens, in the order in which it happens. */
import type {Event} from '../events.ts';
import {fold} from '../fold/fold.ts';
import {initialState, type LabState} from '../fold/state.ts';
import {wordsOf} from '../fold/words.ts';
import type {Block, CheckBlock, Lab, Lang, PredictBlock, Words} from '../lab.ts';
import type {Session} from '../session.types.ts';
import {sayError, sayReason} from '../words/errors.ts';
import {runWords} from '../words/run.ts';
import {type Params, render} from '../words/say.ts';
import {type DriveOptions, drive, unknownPrediction} from './drive.ts';
import {factRows, plainMarkdown} from './lines.ts';
import {Out, type Writable} from './out.ts';

/**
 * Runs a lab to its end and prints it.
 * @param out where the lines go; a reader that goes away ends the lab
 * @returns the exit status: 0 only when every check passed, every command came out as the lab expects, and nothing is left
 */
export async function runPlain(
  session: Session,
  out: Writable,
  lang: Lang,
  options: DriveOptions = {},
): Promise<number> {
  const sink = new Out(out);
  const unknown = unknownPrediction(session.lab, options.predict ?? {});
  if (unknown) sink.line(render(runWords, lang, 'run.no-prediction', unknown));
  const reporter = plainReporter(session.lab, lang, text => sink.line(text));
  if (!unknown) session.onEvent(event => reporter.hear(event));
  return drive(session, sink, options);
}

/** Prints a lab as its events are heard, whoever's they are. */
export function plainReporter(lab: Lab, lang: Lang, print: (line: string) => void): {hear(event: Event): void} {
  return new PlainReporter(lab, lang, print);
}

class PlainReporter {
  #state: LabState;
  #lang: Lang;
  #print: (line: string) => void;
  /** Index of the first block of the step that was not told yet. */
  #told = 0;
  #passed = new Set<string>();

  constructor(lab: Lab, lang: Lang, print: (line: string) => void) {
    this.#state = initialState(lab);
    this.#lang = lang;
    this.#print = print;
  }

  hear(event: Event): void {
    this.#state = fold(this.#state, event);
    switch (event.type) {
      case 'session-started':
        this.#title(event);
        break;
      case 'step-entered':
        this.#step(event.index, event.of);
        break;
      case 'pending':
        this.#tellUpTo(event.block);
        break;
      case 'container-started':
        this.#print(`[${this.#say('run.started', {id: event.id, pid: event.pid})}]`);
        break;
      case 'journal': {
        const clone = event.entries.find(entry => entry.call === 'clone3');
        if (clone && event.who !== 'host') this.#print(`  clone3(${clone.args.join(', ')}) = ${clone.result ?? '?'}`);
        break;
      }
      case 'container-gone': {
        const {code, signal} = event.status ?? {};
        const how = signal ? 'signal' : code === undefined ? 'unknown' : 'status';
        this.#print(`[${this.#say('run.gone', {id: event.id, how: this.#say(`run.gone.${how}`, {signal, code})})}]`);
        break;
      }
      case 'command-finished':
        this.#command(event);
        break;
      case 'command-unexpected':
        this.#print(
          this.#say('run.unexpected', {expected: event.expected, status: event.status ?? this.#say('run.no-status')}),
        );
        break;
      case 'prediction-asked':
        this.#ask(event.id);
        break;
      case 'prediction-judged':
        this.#reveal(event);
        break;
      case 'check':
        this.#check(event.id, event.verdict);
        break;
      case 'solution-shown':
        this.#hand(event.check);
        break;
      case 'error':
        this.#print(this.#say('run.error', {text: sayError(event.error, this.#lang)}));
        break;
      case 'session-ended':
        this.#end(event);
    }
  }

  #title({kernel, stage, seed, root}: Extract<Event, {type: 'session-started'}>): void {
    const {lab} = this.#state;
    this.#print(`${lab.number} ${this.#words(lab.title)} – ${this.#words(lab.question)}`);
    this.#print(this.#say('run.host', {kernel, stage: this.#say(`run.stage.${stage}`), seed}));
    if (!root && stage === 'private') this.#print(this.#say('run.mapped'));
  }

  #step(index: number, of: number): void {
    const step = this.#state.lab.steps[index];
    this.#told = 0;
    this.#passed.clear();
    if (step) this.#print(`\n== ${this.#say('run.step', {index: index + 1, of, title: this.#words(step.title)})} ==`);
  }

  /** Prose and tables come when the lab reaches them: all that stands above the block that is next. */
  #tellUpTo(pending: LabState['pending']): void {
    const blocks = this.#blocks();
    const here = pending && 'at' in pending ? pending.at : -1;
    const at = here >= this.#told && isThat(blocks[here], pending) ? here : -1;
    const end =
      at < 0
        ? pending?.kind === 'next-step' || pending?.kind === 'finish' || !pending
          ? blocks.length
          : this.#told
        : at;
    const {leftOut} = this.#state;
    for (let i = this.#told; i < end; i++) if (!leftOut.includes(i)) this.#tell(blocks[i] as Block);
    this.#told = Math.max(this.#told, end);
  }

  #tell(block: Block): void {
    if (block.kind === 'prose') this.#print(`\n${plainMarkdown(this.#words(block.text))}\n`);
    if (block.kind === 'drift')
      this.#print(`\n[${this.#say('run.drift')}] ${plainMarkdown(this.#words(block.text))}\n`);
    if (block.kind === 'show' && block.facts.length > 0) {
      this.#print(`\n[${this.#say('run.facts')}]`);
      for (const row of factRows(block.facts, this.#state, this.#lang)) this.#print(`  ${row}`);
    }
  }

  #command({side, command, status, output}: Extract<Event, {type: 'command-finished'}>): void {
    this.#print(`${side}# ${command}`);
    if (output !== '') this.#print(output.replace(/\n$/, ''));
    if (status !== 0)
      this.#print(`[${status === null ? this.#say('run.no-status') : this.#say('run.status', {status})}]`);
  }

  #ask(id: string): void {
    const block = this.#find('predict', id);
    if (!block) return;
    this.#tellUpTo({kind: 'predict', id, at: this.#blocks().indexOf(block)});
    this.#print(`\n? ${this.#say('run.predict', {ask: plainMarkdown(this.#words(block.ask))})}`);
    for (const choice of block.choices) this.#print(`    ${choice.id}: ${plainMarkdown(this.#words(choice.text))}`);
  }

  #reveal({id, choice, answer, verdict, reason}: Extract<Event, {type: 'prediction-judged'}>): void {
    const block = this.#find('predict', id);
    if (!block) return;
    const text = (wanted: string) => {
      const found = block.choices.find(one => one.id === wanted);
      return found ? plainMarkdown(this.#words(found.text)) : wanted;
    };
    const why = reason ? sayReason(reason, this.#lang) : '';
    if (answer === null) this.#print(`! ${this.#say('run.unjudged', {reason: why})}`);
    else this.#print(`! ${this.#say('run.answer', {answer: text(answer)})}`);
    const met = {pass: 'run.right', fail: 'run.wrong', 'cannot-judge': 'run.not-judged'}[verdict];
    this.#print(
      `  (${choice === null ? this.#say('run.unanswered') : this.#say(met, {choice: text(choice), reason: why})})`,
    );
    if (block.because) this.#print(`  ${plainMarkdown(this.#words(block.because))}`);
  }

  #check(id: string, verdict: string): void {
    const block = this.#find('check', id);
    if (!block || verdict !== 'pass' || this.#passed.has(id)) return;
    this.#passed.add(id);
    this.#print(`✓ ${this.#say('run.passed', {title: plainMarkdown(this.#words(block.title))})}`);
  }

  #hand(id: string): void {
    const block = this.#find('check', id);
    if (block) this.#print(`\n☞ ${this.#say('run.hand', {title: plainMarkdown(this.#words(block.title))})}`);
  }

  /** The checks that do not hold, each with its reason, before the sum. */
  #end({left}: Extract<Event, {type: 'session-ended'}>): void {
    const {checks, predictions, lab} = this.#state;
    for (const check of Object.values(checks)) {
      if (check.passed || check.verdict === null) continue;
      const block = lab.steps
        .flatMap(step => step.blocks)
        .find(one => one.kind === 'check' && one.id === check.id) as CheckBlock;
      const mistake = block.mistakes.find(one => one.id === check.mistake);
      const title = plainMarkdown(this.#words(block.title));
      this.#print(`✗ ${this.#say(check.verdict === 'fail' ? 'run.failed' : 'run.cannot-judge', {title})}`);
      if (mistake) this.#print(`  ${plainMarkdown(this.#words(mistake.say))}`);
      else if (check.reason) this.#print(`  ${sayReason(check.reason, this.#lang)}`);
    }
    // A block for machines of another kind was left out, and is not missing.
    const elsewhere = (id: string): boolean =>
      lab.steps.some(step => step.blocks.some(one => one.when !== undefined && 'id' in one && one.id === id));
    const all = Object.values(predictions).filter(one => one.status !== 'ahead' || !elsewhere(one.id));
    const counted = Object.values(checks).filter(one => one.verdict !== null || !elsewhere(one.id));
    const right = all.filter(one => one.verdict === 'pass').length;
    const passed = counted.filter(one => one.passed).length;
    const sum = {passed, checks: counted.length, right, predictions: all.length};
    this.#print(`\n${this.#say('run.done', sum)}`);
    this.#print(left.length > 0 ? this.#say('run.left', {left: left.join(', ')}) : this.#say('run.clean'));
  }

  #blocks(): Block[] {
    return this.#state.lab.steps[this.#state.current]?.blocks ?? [];
  }

  #find<K extends 'predict' | 'check'>(
    kind: K,
    id: string,
  ): (K extends 'predict' ? PredictBlock : CheckBlock) | undefined {
    const found = this.#blocks().find(block => block.kind === kind && (block as PredictBlock | CheckBlock).id === id);
    return found as (K extends 'predict' ? PredictBlock : CheckBlock) | undefined;
  }

  #words(words: Words): string {
    return wordsOf(words, this.#lang, this.#state);
  }

  #say(code: string, params: Params = {}): string {
    return render(runWords, this.#lang, code, params);
  }
}

function isThat(block: Block | undefined, pending: LabState['pending']): boolean {
  if (!block || !pending) return false;
  if (pending.kind === 'run') return block.kind === 'run' && block.on === pending.on && block.id === pending.run;
  return (
    (pending.kind === 'container' || pending.kind === 'predict') &&
    block.kind === pending.kind &&
    block.id === pending.id
  );
}
