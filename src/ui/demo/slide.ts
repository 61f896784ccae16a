/** The slide: the step's title, and of its text only what matters now, with room around it. */
import type {LabState} from '../../course/index.ts';
import {lessonSegments} from '../lab/lesson.ts';
import type {LabScreen} from '../lab/screen.ts';
import type {Segment} from '../lab/segments.ts';
import type {LabText} from '../lab/text.ts';
import {fitTo, spread} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import {pageStart, stepOf} from './pages.ts';
import {questionLines} from './poll.ts';

/** A line longer than this is hard to follow on a wall. */
const LINE = 88;
/** Slides of so many lines have a blank one below the title. */
const AIRY = 9;

export interface SlideView {
  /** Index of the choice whose hands are being counted. */
  counting?: number;
  /** Sentences of the moment, below the text. */
  calm: string[];
}

/** Exactly `height` lines of `width` cells; remembers in the lab's screen how far one can scroll. */
export function slideLines(
  lab: LabScreen,
  state: LabState,
  text: LabText,
  {width, height}: {width: number; height: number},
  {calm, counting}: SlideView,
): string[] {
  const {style, say, glyphs} = text.look;
  const {margin, room} = columnOf(width);
  const indent = (line: string) => fitTo(' '.repeat(margin) + line, width);
  const airy = height >= AIRY;
  const said = calm.flatMap(sentence =>
    wrap(sentence, room - 2).map((line, i) => `${i === 0 ? glyphs.hint : ' '} ${line}`),
  );
  const told = said.slice(0, Math.max(1, height - 3)).map(line => style.bold(line));
  const rest = Math.max(1, roomOf(height) - told.length);
  const body = state.rebuilding ? [] : state.ended ? endLines(state, text) : bodyLines(state, text, room, counting);
  const window = windowOf(lab, body, rest, told.length);
  const title = state.rebuilding ? say(`lab.rebuilding.${state.rebuilding.why}`) : text.plain(stepOf(state)!.title);
  const more = window.top < window.last ? `${say('lab.more')} ${glyphs.more} ` : '';
  const head = spread(`${' '.repeat(margin)}${style.bold(title)}`, style.dim(more), width, glyphs.cut);
  return [head, ...(airy ? [''] : []), ...Array.from({length: rest}, (_, i) => window.lines[i] ?? ''), ...told].map(
    (line, i) => (i === 0 ? line : indent(line)),
  );
}

/** The column that the text stands in. */
function columnOf(width: number): {margin: number; room: number} {
  const margin = width >= 100 ? 6 : 3;
  return {margin, room: Math.min(LINE, width - 2 * margin)};
}

/** How many lines the page at hand takes, and how many a slide has when nothing else is said on it. */
export function pageFit(
  state: LabState,
  text: LabText,
  {width, height}: {width: number; height: number},
): {lines: number; room: number} {
  const page = bodyLines(state, text, columnOf(width).room, undefined).filter(one => one.page);
  const lines = page.reduce((sum, one) => sum + one.lines.length, 0);
  return {lines, room: roomOf(height)};
}

/** Lines for the text: the title has one of its own, and where there is room a blank below it. */
function roomOf(height: number): number {
  return Math.max(1, height - (height >= AIRY ? 2 : 1));
}

function endLines(state: LabState, {look}: LabText): Page[] {
  const {say, style, glyphs} = look;
  const {done, ended} = state;
  const lines = done
    ? [
        style.bold(style.good(`${glyphs.pass} ${say('lab.done')}`)),
        '',
        say('lab.doneChecks', {passed: done.checksPassed, of: done.checks}),
      ]
    : [];
  const left = ended && ended.left.length > 0 ? [say('lab.left', {what: ended.left.join(', ')})] : [];
  return [{key: 'end:0', lines: [...lines, ...left], page: true}];
}

interface Page extends Segment {
  /** It belongs to the page at hand. */
  page: boolean;
}

/** Everything of the step up to the block at hand. */
function bodyLines(state: LabState, text: LabText, width: number, counting: number | undefined): Page[] {
  const step = stepOf(state)!;
  const at = state.show?.block ?? 0;
  const question = (block: Parameters<typeof questionLines>[0], w: number) => {
    const here = step.blocks[at]?.kind === 'predict' && step.blocks[at] === block;
    return questionLines(block, state, text, w, here ? counting : undefined);
  };
  const view = {reached: at, choice: -1, busy: true, question};
  const start = pageStart(step, at, state.leftOut);
  return lessonSegments(state, text, view, width).map(one => ({
    ...one,
    page: Number(one.key.split(':')[1]) >= start,
  }));
}

/** From where the page begins, or from where somebody has scrolled to. */
function windowOf(lab: LabScreen, segments: Page[], height: number, told: number) {
  const lines = segments.flatMap(one => one.lines);
  const before = segments.findIndex(one => one.page);
  const start = segments.slice(0, Math.max(0, before)).reduce((sum, one) => sum + one.lines.length, 0);
  const last = Math.max(start, lines.length - height);
  const top = Math.max(0, Math.min(lab.lessonTop ?? start, last));
  // What only gives way to a sentence of the moment is no page of its own.
  lab.extent.lesson = {top, last: Math.max(start, last - told), height};
  return {lines: lines.slice(top, top + height), top, last};
}
