/** What stands in the panels of the speaker's view. */
import type {LabState, PredictBlock, RunBlock} from '../../course/index.ts';
import {errorParts} from '../course-words.ts';
import {questionLines} from '../demo/poll.ts';
import {checkSymbol, stepChecks} from '../lab/checks.ts';
import type {LabText} from '../lab/text.ts';
import {wrap} from '../text/wrap.ts';
import {paceOf} from './clock.ts';
import type {NotesScreen} from './screen.ts';

/** Wider than any screen. */
const ONE_LINE = 1000;

/** The notes of this step, one below the other. */
export function noteLines({notes, state}: NotesScreen, text: LabText, width: number): string[] {
  if (state.current < 0) return wrap(text.look.say('notes.building'), width);
  if (notes.length === 0) return [text.look.style.dim(text.look.say('notes.none'))];
  return notes.flatMap((note, i) => [...(i > 0 ? [''] : []), ...text.lines(note.text, width)]);
}

/** What the next key of the demo does, and how the next step begins. */
export function nextLines(state: LabState, text: LabText, width: number): string[] {
  const {say, style} = text.look;
  const next = state.lab.steps[state.current + 1];
  const lines = [style.dim(say('notes.now')), ...indent(pendingLines(state, text), width, style.bold)];
  if (!next) return [...lines, '', ...wrap(say('notes.lastStep'), width)];
  const title = say('notes.then', {index: state.current + 2, title: text.plain(next.title)});
  const run = next.blocks.find((block): block is RunBlock => block.kind === 'run');
  const first = run ? [style.dim(say('notes.begins')), ...indent([commandOf(run, 0, text)], width)] : [];
  return [...lines, '', ...wrap(title, width).map(style.bold), ...first];
}

function indent(lines: string[], width: number, paint = (line: string) => line): string[] {
  return lines.flatMap(line => wrap(line, width - 2)).map(line => `  ${paint(line)}`);
}

function commandOf(run: Pick<RunBlock, 'on' | 'commands'>, at: number, text: LabText): string {
  return `${text.short(run.on)} # ${text.command(run.commands[at] ?? '')}`;
}

function pendingLines({lab, current, pending}: LabState, text: LabText): string[] {
  const {say} = text.look;
  switch (pending?.kind) {
    case 'run': {
      const more = pending.commands.length - 1;
      return [commandOf(pending, 0, text), ...(more > 0 ? [say('notes.moreCommands', {count: more})] : [])];
    }
    case 'container':
      return [say('notes.starts', {id: pending.id})];
    case 'predict': {
      const block = lab.steps[current]?.blocks[pending.at];
      // As one line: its wrapping comes with the room that is left.
      const ask = block?.kind === 'predict' ? text.lines(block.ask, ONE_LINE).join(' ') : pending.id;
      return [say('notes.asks', {ask})];
    }
    case 'next-step':
      return [say('notes.toNextStep')];
    case 'finish':
      return [say('notes.toEnd')];
    default:
      return [say('notes.nothing')];
  }
}

/** What is on the projector, small: what is out of the ordinary first. */
export function classLines(state: LabState, text: LabText, width: number): string[] {
  const lines = [...stateLines(state, text, width), ...commandLines(state, text, width)];
  const checks = stepChecks(state).flatMap(check => {
    const symbol = checkSymbol(state, check.id, text);
    return wrap(`${symbol} ${text.plain(check.title)}`, width);
  });
  const {open, question} = questionOf(state, text, width);
  // A question waits for the class: it comes first. Once answered, it gives way to what is to be done.
  return open ? [...lines, ...question, ...checks] : [...lines, ...checks, ...question];
}

function stateLines(state: LabState, text: LabText, width: number): string[] {
  const {say, style, glyphs, lang} = text.look;
  const {show, rebuilding, handedBack, errors} = state;
  const marks = [
    ...(show?.blank ? [say('notes.blank')] : []),
    ...(show?.taken ? [say('notes.taken', {side: text.short(show.taken)})] : []),
    ...(show?.auto ? [say('notes.auto', {seconds: show.auto})] : []),
    ...(rebuilding ? [say('notes.rebuilding')] : []),
  ];
  const lines = marks.map(mark => style.inverse(style.bold(` ${mark} `)));
  if (handedBack) {
    const side = text.short(handedBack.side);
    const what = handedBack.changed.map(one => one.path).join(', ');
    lines.push(...wrap(what ? say('notes.back.changed', {side, what}) : say('notes.back.same', {side}), width));
    const titles = stepChecks(state).flatMap(one =>
      handedBack.broken.includes(one.id) ? [text.plain(one.title)] : [],
    );
    if (titles.length > 0) lines.push(...wrap(say('notes.broken', {what: titles.join(', ')}), width).map(style.bad));
  }
  const error = errors.at(-1);
  // What came before the last command is no news.
  if (error && error.seq > (state.commands.at(-1)?.seq ?? -1)) {
    const {message, call = ''} = errorParts(error.error, lang);
    lines.push(...wrap(`${glyphs.error} ${say('notes.trouble', {what: message ?? call})}`, width).map(style.bad));
  }
  return lines;
}

function commandLines(state: LabState, text: LabText, width: number): string[] {
  const {say, style, glyphs} = text.look;
  const last = state.commands.at(-1);
  if (!last) return [style.dim(say('notes.noCommand'))];
  const {status} = last;
  const how =
    status === undefined
      ? say('notes.running')
      : last.expected !== undefined
        ? style.bad(say('lab.unexpected', {status: status ?? say('lab.statusUnknown'), expected: last.expected}))
        : say('lab.status', {status: status ?? say('lab.statusUnknown')});
  return wrap(`${text.short(last.side)} # ${last.command}  ${glyphs.hint} ${how}`, width);
}

/** The question before the class with its hands; once it is answered, only if hands were shown, and without the reason. */
function questionOf(state: LabState, text: LabText, width: number): {open: boolean; question: string[]} {
  const block = state.lab.steps[state.current]?.blocks.findLast(
    (one): one is PredictBlock => one.kind === 'predict' && state.predictions[one.id]?.status !== 'ahead',
  );
  if (!block) return {open: false, question: []};
  const open = state.predictions[block.id]?.status !== 'judged';
  if (!open && !state.polls[block.id]) return {open, question: []};
  const {because: _, ...bare} = block;
  return {open, question: questionLines(bare, state, text, width).filter(line => line !== '')};
}

/** Ahead or behind, in words; nothing before the first step. */
export function paceWords({state, elapsed}: NotesScreen, {look}: {look: LabText['look']}): string {
  const {say} = look;
  const {lab, current} = state;
  if (state.done || state.ended) return say('notes.finished');
  if (elapsed === undefined || current < 0) return '';
  const minutes = elapsed / 60_000;
  const {planned, ahead} = paceOf(lab, current, minutes);
  if (minutes > lab.minutes + 1) return say('notes.over', {count: Math.floor(minutes - lab.minutes)});
  const step = Math.min(planned, lab.steps.length - 1) + 1;
  if (ahead > 0) return say('notes.ahead', {count: ahead, step});
  return ahead < 0 ? say('notes.behind', {count: -ahead, step}) : say('notes.inTime');
}
