/** What is to be true in this step, what the kernel says about it, and all the help there is: shown with the check. */

import type {CheckBlock, ErrorState, LabState, Watched} from '../../course/index.ts';
import {errorParts, sayReason} from '../course-words.ts';
import {cells} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import type {Segment} from './segments.ts';
import type {LabText} from './text.ts';

/** The checks of the step where the learner is. */
export function stepChecks(state: LabState): CheckBlock[] {
  const step = state.lab.steps[state.current];
  return (
    (step?.blocks.filter((block, i) => block.kind === 'check' && !state.leftOut.includes(i)) as CheckBlock[]) ?? []
  );
}

/** How many of them do not hold. */
export function checksToGo(state: LabState): number {
  return stepChecks(state).filter(check => state.checks[check.id]?.verdict !== 'pass').length;
}

/** Symbol of a check's verdict; not judged yet is open. */
export function checkSymbol(state: LabState, id: string, {look}: LabText): string {
  const {style, glyphs} = look;
  const verdict = state.checks[id]?.verdict;
  if (verdict === 'pass') return style.good(glyphs.pass);
  if (verdict === 'fail') return style.bad(glyphs.fail);
  return verdict === 'cannot-judge' ? style.warn(glyphs.unsure) : glyphs.todo;
}

export interface ChecksView {
  /** Errors up to this position in the stream have been seen. */
  dismissed: number;
  /** Mistakes nobody has made, by check. */
  inherited: ReadonlyMap<string, string>;
  /** One that is watched offers nothing to be done. */
  session?: {readonly watched?: Watched} | undefined;
}

/** Errors (those not yet dismissed), and each check with what belongs to it. */
export function checkSegments(state: LabState, text: LabText, width: number, view: ChecksView): Segment[] {
  const watched = view.session?.watched;
  const groups: Segment[][] = [];
  for (const error of state.errors.filter(one => one.seq > view.dismissed))
    groups.push([{key: 'error', lines: errorLines(error, text, width, watched !== undefined)}]);
  for (const check of stepChecks(state)) groups.push(checkGroup(check, state, text, width, view));
  if (state.done) groups.push([{key: 'done', lines: doneLines(state, text, width)}]);
  if (state.ended) groups.push([{key: 'ended', lines: endedLines(state, text, width, watched)}]);
  if (groups.length === 0) groups.push([{key: 'none', lines: wrap(text.look.say('lab.noChecks'), width)}]);
  for (const group of groups.slice(0, -1)) group.at(-1)!.lines.push('');
  return groups.flat();
}

function marked(symbol: string, body: string, width: number): string[] {
  const indent = cells(symbol) + 1;
  return wrap(body, width - indent).map((line, i) => (i === 0 ? `${symbol} ` : ' '.repeat(indent)) + line);
}

/** A check with its verdict, then each hint and the solution as a piece of its own: the newest one comes into view. */
function checkGroup(
  check: CheckBlock,
  state: LabState,
  text: LabText,
  width: number,
  {inherited, session}: ChecksView,
): Segment[] {
  const {style, glyphs, say, lang, keys} = text.look;
  const now = state.checks[check.id];
  const lines = marked(checkSymbol(state, check.id, text), style.bold(text.plain(check.title)), width);
  const group: Segment[] = [{key: `check:${check.id}`, lines}];
  if (!now) return group;
  const hung = (symbol: string, body: string[]) =>
    body.map((line, i) => (i === 0 ? `  ${symbol} ` : ' '.repeat(3 + cells(symbol))) + line);
  const inside = (symbol: string, body: string[]) => lines.push(...hung(symbol, body));
  const room = (symbol: string) => width - 3 - cells(symbol);
  if (now.verdict === 'cannot-judge' && now.reason) {
    inside(glyphs.unsure, wrap(say('lab.cannotJudge', {why: sayReason(now.reason, lang)}), room(glyphs.unsure)));
  }
  if (state.wrongSide?.check === check.id) {
    const {command, typedOn, expectedOn} = state.wrongSide;
    const params = {command, typed: text.side(typedOn), expected: text.side(expectedOn)};
    inside(style.warn(glyphs.hint), wrap(say('lab.wrongSide', params), room(glyphs.hint)));
  }
  const made = now.verdict !== 'pass' && now.mistake !== inherited.get(check.id);
  const mistake = made && check.mistakes.find(one => one.id === now.mistake);
  if (mistake) inside(style.bad(glyphs.error), text.lines(mistake.say, room(glyphs.error)));
  for (const [i, hint] of check.hints.slice(0, now.verdict === 'pass' ? 0 : now.hints).entries()) {
    const told = hung(glyphs.hint, [
      style.dim(say('lab.hint', {index: i + 1, of: check.hints.length})),
      ...text.lines(hint, room(glyphs.hint)),
    ]);
    group.push({key: `hint:${check.id}:${i}`, lines: told});
  }
  if (now.solution && now.verdict !== 'pass') {
    const runs = check.solve.filter((_, i) => now.solutionRuns.includes(i));
    const commands = runs.flatMap(run =>
      run.commands.map(command => `${text.short(run.on)} # ${text.command(command)}`),
    );
    const told = commands.flatMap(command => wrap(command, room(glyphs.bullet)).map(style.accent));
    const shown = hung(glyphs.bullet, [
      say('lab.solution'),
      ...told,
      ...(session?.watched ? [] : [style.dim(say('lab.solutionKey', {key: keys.label('lab', 'solution', glyphs)}))]),
    ]);
    group.push({key: `solution:${check.id}`, lines: shown});
  }
  return group;
}

/** A failed call with errno, what it means and what to do, in a box that colour only underlines. */
export function errorLines(error: ErrorState, text: LabText, width: number, watched = false): string[] {
  const {style, glyphs, say, lang, keys} = text.look;
  const bar = style.bad(`${glyphs.strongVertical} `);
  const room = width - cells(bar);
  const {call, message, meaning} = errorParts(error.error, lang);
  const [first = '', ...more] = [call, message, meaning].filter(part => part !== undefined);
  const head = wrap(`${glyphs.error} ${first}`, room).map(style.bold);
  const body = more.flatMap(line => wrap(line, room));
  const reset = keys.label('lab', 'reset-step', glyphs);
  const leave = keys.label('everywhere', 'leave', glyphs);
  const tail = error.fatal && !watched ? wrap(say('lab.fatal', {reset, leave}), room) : [];
  return [...head, ...body, ...tail].map(line => bar + line);
}

function doneLines(state: LabState, {look}: LabText, width: number): string[] {
  if (!state.done) return [];
  const {checksPassed, checks, predictionsRight, predictions} = state.done;
  const {say, style, glyphs} = look;
  return [
    style.bold(style.good(`${glyphs.pass} ${say('lab.done')}`)),
    ...wrap(say('lab.doneChecks', {passed: checksPassed, of: checks}), width - 2).map(line => `  ${line}`),
    ...wrap(say('lab.donePredictions', {right: predictionsRight, of: predictions}), width - 2).map(line => `  ${line}`),
  ];
}

function endedLines(state: LabState, {look}: LabText, width: number, watched: Watched | undefined): string[] {
  const left = state.ended?.left ?? [];
  const code = !watched ? 'lab.ended' : watched.how === 'replay' ? 'watch.ended' : 'watch.demoEnded';
  const lines = wrap(look.say(code, {key: look.keys.label('everywhere', 'leave', look.glyphs)}), width);
  if (left.length > 0)
    lines.push(...wrap(`${look.glyphs.error} ${look.say('lab.left', {what: left.join(', ')})}`, width));
  return lines;
}
