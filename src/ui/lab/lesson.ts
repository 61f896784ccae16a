/** The lesson of a step: its prose, and what was or is to be done, in order, up to where the learner is. */

import type {Block, LabState, PendingBlock, PredictBlock, RunBlock, Step} from '../../course/index.ts';
import {sayReason} from '../course-words.ts';
import {cells} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import type {Segment} from './segments.ts';
import type {LabText} from './text.ts';

export interface LessonView {
  /** Index of the last block that is shown. */
  reached: number;
  /** Which choice of an asked prediction is marked; the number of choices stands for "just show me". */
  choice: number;
  busy: boolean;
  /** Draws questions in its own way. */
  question?(block: PredictBlock, width: number): string[];
}

/** Index of the block that is pending in a step; the number of its blocks where none is. */
export function pendingIndex(step: Step, pending: PendingBlock | null): number {
  if (!pending || pending.kind === 'next-step' || pending.kind === 'finish') return step.blocks.length;
  return pending.at;
}

export function lessonSegments(state: LabState, text: LabText, view: LessonView, width: number): Segment[] {
  const step = state.lab.steps[state.current];
  if (!step) return [];
  const now = pendingIndex(step, state.pending);
  const segments: Segment[] = [];
  step.blocks.forEach((block, i) => {
    if (i > view.reached || state.leftOut.includes(i)) return;
    const lines = blockLines(block, i, i === now, state, text, view, width);
    if (lines.length === 0) return;
    const acts = block.kind === 'run' || block.kind === 'container';
    const before = segments.at(-1);
    // Commands that follow each other stand together; everything else is set off by a blank line.
    if (before && !(acts && before.key.startsWith('act:'))) before.lines.push('');
    segments.push({key: `${acts ? 'act' : block.kind}:${i}`, lines});
  });
  return segments;
}

/** Name of the segment that the pending block has. */
export function pendingKey(state: LabState): string {
  const step = state.lab.steps[state.current];
  if (!step) return '';
  const at = Math.min(pendingIndex(step, state.pending), step.blocks.length - 1);
  for (let i = at; i >= 0; i--) {
    const block = step.blocks[i]!;
    if (block.kind === 'run' || block.kind === 'container') return `act:${i}`;
    if (block.kind === 'prose' || block.kind === 'predict' || block.kind === 'drift') return `${block.kind}:${i}`;
  }
  return '';
}

/** Name of the segment that a prediction has. */
export function predictionKey(state: LabState, id: string): string {
  const step = state.lab.steps[state.current];
  const at = step?.blocks.findIndex(block => block.kind === 'predict' && block.id === id) ?? -1;
  return `predict:${at}`;
}

function blockLines(
  block: Block,
  at: number,
  now: boolean,
  state: LabState,
  text: LabText,
  view: LessonView,
  width: number,
): string[] {
  const {style, glyphs, say} = text.look;
  switch (block.kind) {
    case 'prose':
      return [...text.lines(block.text, width)];
    case 'drift': {
      const bar = style.warn(`${glyphs.quote} `);
      return [style.bold(say('lab.drift')), ...text.lines(block.text, width - 2)].map(line => bar + line);
    }
    case 'container': {
      const namespaces = block.spec.linux?.namespaces?.map(one => one.type).join(', ');
      const what = say('lab.startContainer', {id: block.id, command: block.spec.process.args.join(' ')});
      const how = namespaces ? say('lab.newNamespaces', {list: namespaces}) : say('lab.noNamespaces');
      const done = state.containers[block.id] !== undefined && !now;
      return act([`${what} (${how})`], done ? 'done' : now ? 'now' : 'ahead', text, view, width);
    }
    case 'run':
      return runLines(block, at, now, state, text, view, width);
    case 'predict':
      return view.question?.(block, width) ?? predictLines(block, state, text, view, width);
    default:
      return [];
  }
}

function act(
  lines: string[],
  status: 'done' | 'now' | 'ahead' | 'failed',
  text: LabText,
  view: LessonView,
  width: number,
): string[] {
  const {style, glyphs, keys} = text.look;
  const mark = {
    done: style.good(glyphs.pass),
    now: style.bold(glyphs.here),
    ahead: glyphs.todo,
    failed: style.bad(glyphs.fail),
  }[status];
  const key = status === 'now' ? (view.busy ? '' : `   ${keys.label('lab', 'advance', glyphs)}`) : '';
  const indent = cells(mark) + 1;
  const paint = status === 'now' ? style.bold : (line: string) => line;
  // The rest of a long command stands further in than the next one.
  return lines.flatMap((line, n) =>
    wrap(line + (n === lines.length - 1 ? key : ''), width - indent - 2).map(
      (part, i) => (i > 0 ? ' '.repeat(indent + 2) : n === 0 ? `${mark} ` : ' '.repeat(indent)) + paint(part),
    ),
  );
}

function runLines(
  block: RunBlock,
  at: number,
  now: boolean,
  state: LabState,
  text: LabText,
  view: LessonView,
  width: number,
): string[] {
  const {say} = text.look;
  const typed = state.commands.filter(one => block.id !== undefined && one.run === block.id);
  const step = state.lab.steps[state.current]!;
  const passed = at < pendingIndex(step, state.pending);
  const commands = block.commands.map(
    (command, i) => typed.at(-block.commands.length + i)?.command ?? text.command(command),
  );
  const failed = typed.at(-1)?.expected !== undefined ? typed.at(-1) : undefined;
  const lines = commands.map(command => `${text.short(block.on)} # ${command}`);
  if (failed) {
    const status = failed.status ?? say('lab.statusUnknown');
    lines.push(say('lab.unexpected', {status, expected: failed.expected ?? 0}));
  }
  const status = failed ? 'failed' : now ? 'now' : passed ? 'done' : 'ahead';
  return act(lines, status, text, view, width);
}

function predictLines(block: PredictBlock, state: LabState, text: LabText, view: LessonView, width: number): string[] {
  const {style, glyphs, say, lang} = text.look;
  const prediction = state.predictions[block.id];
  const status = prediction?.status ?? 'ahead';
  // A Chinese colon has its blank within itself.
  const ask = `**${say('lab.predict')}**${lang === 'zh' ? '' : ' '}${block.ask[lang] ?? block.ask.en}`;
  const lines = text
    .lines({en: ask, [lang]: ask}, width - 2)
    .map((line, i) => (i === 0 ? `${style.bold(glyphs.unsure)} ` : '  ') + line);
  const judged = status === 'judged';
  const locked = status === 'answered' || judged;
  block.choices.forEach((choice, i) => {
    const mine = locked ? prediction?.choice === choice.id : view.choice === i;
    const kernels = judged && prediction?.answer === choice.id;
    // Once the kernel has answered, room belongs to the reason.
    if (judged && !mine && !kernels) return;
    const who = [...(locked && mine ? [say('lab.youSaid')] : []), ...(kernels ? [say('lab.kernelSays')] : [])].join(
      ' + ',
    );
    const symbol =
      judged && (mine || kernels)
        ? kernels
          ? style.good(glyphs.pass)
          : style.bad(glyphs.fail)
        : mine
          ? glyphs.here
          : ' ';
    const label = `${i + 1} ${text.plain(choice.text)}${who ? `   ${glyphs.hint} ${who}` : ''}`;
    lines.push(...choiceLines(symbol, mine || kernels ? style.bold(label) : label, width));
  });
  if (status === 'asked') {
    const mine = view.choice === block.choices.length;
    const label = `0 ${say('lab.justShow')}`;
    lines.push(...choiceLines(mine ? glyphs.here : ' ', mine ? style.bold(label) : style.dim(label), width));
  }
  if (status === 'answered') lines.push(`  ${style.dim(say('lab.locked'))}`);
  if (judged && prediction) lines.push(...revealLines(block, prediction, text, width));
  return lines;
}

function choiceLines(symbol: string, label: string, width: number): string[] {
  const indent = 2 + cells(symbol) + 1;
  return wrap(label, width - indent).map((line, i) => (i === 0 ? `  ${symbol} ` : ' '.repeat(indent)) + line);
}

function revealLines(
  block: PredictBlock,
  prediction: LabState['predictions'][string],
  text: LabText,
  width: number,
): string[] {
  const {style, glyphs, say, lang} = text.look;
  const unjudged = prediction.answer === null;
  const why = prediction.reason ? sayReason(prediction.reason, lang) : say('lab.statusUnknown');
  const verdict = unjudged
    ? `${glyphs.unsure} ${say('lab.unjudged', {why})}`
    : prediction.verdict === 'pass'
      ? style.good(`${glyphs.pass} ${say('lab.right')}`)
      : prediction.choice === null
        ? say('lab.noGuess')
        : style.bad(`${glyphs.fail} ${say('lab.wrong')}`);
  const because = block.because && !unjudged ? text.lines(block.because, width - 2).map(line => `  ${line}`) : [];
  return [...wrap(verdict, width - 2).map(line => `  ${style.bold(line)}`), ...because];
}
