/** The show of hands before a question is answered: how many for each choice, as bars. */
import type {LabState, PredictBlock} from '../../course/index.ts';
import type {Look} from '../app/look.ts';
import type {LabText} from '../lab/text.ts';
import {cells, fitTo} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';

/** More hands than a hall has are a slip of the finger. */
const MOST = 999;
/** Room for a blank and the number behind a bar. */
const COUNT = 5;

export type Votes = Readonly<Record<string, number>>;

/** A digit typed behind what is there; the first one replaces it. */
export function typeDigit(count: number, digit: string, first: boolean): number {
  return Math.min(MOST, Number(`${first ? '' : count}${digit}`));
}

export function hands(votes: Votes): number {
  return Object.values(votes).reduce((sum, count) => sum + count, 0);
}

/**
 * A question with its choices; the bars of a poll beside them; once the kernel has answered, its choice marked and the reason.
 * @param cursor index of the choice whose hands are being counted
 */
export function questionLines(
  block: PredictBlock,
  state: LabState,
  text: LabText,
  width: number,
  cursor?: number,
): string[] {
  const {style, glyphs} = text.look;
  const prediction = state.predictions[block.id];
  const judged = prediction?.status === 'judged';
  const votes = state.polls[block.id];
  const ask = text.lines(block.ask, width - 2);
  const lines = [...ask.map((line, i) => (i === 0 ? `${style.bold(glyphs.unsure)} ` : '  ') + style.bold(line)), ''];
  const marks = Math.max(cells(glyphs.pass), cells(glyphs.here)) + 1;
  const labels = block.choices.map((choice, i) => `${i + 1} ${text.plain(choice.text)}`);
  const room = width - 2 - marks;
  const label = votes ? Math.min(Math.floor(room * 0.55), Math.max(...labels.map(cells)) + 2) : room;
  block.choices.forEach((choice, i) => {
    const right = judged && prediction.answer === choice.id;
    const mark = right ? style.good(glyphs.pass) : cursor === i ? glyphs.here : '';
    const paint = right || cursor === i ? style.bold : (line: string) => line;
    wrap(labels[i]!, label - 2).forEach((part, n) => {
      const bar = votes && n === 0 ? barOf(votes, choice.id, room - label, text.look, cursor === i) : '';
      lines.push(`  ${fitTo(n === 0 ? mark : '', marks)}${fitTo(paint(n === 0 ? part : `  ${part}`), label)}${bar}`);
    });
  });
  if (judged) lines.push('', ...answerLines(block, state, text, width));
  return lines;
}

/** As long as its share of the longest one, with the number behind it. */
function barOf(votes: Votes, choice: string, width: number, {glyphs, style}: Look, counting: boolean): string {
  const count = votes[choice] ?? 0;
  const most = Math.max(1, ...Object.values(votes));
  const length = Math.round((Math.max(1, width - COUNT) * count) / most);
  const number = counting ? style.inverse(` ${count} `) : ` ${count}`;
  return style.accent(glyphs.barDone.repeat(count > 0 ? Math.max(1, length) : 0)) + number;
}

function answerLines(block: PredictBlock, state: LabState, text: LabText, width: number): string[] {
  const {say, style} = text.look;
  const {answer} = state.predictions[block.id]!;
  const votes = state.polls[block.id];
  const all = votes ? hands(votes) : 0;
  const right = (answer === null ? undefined : votes?.[answer]) ?? 0;
  const score = all > 0 && answer !== null ? [style.bold(say('demo.hands', {right, all}))] : [];
  const unknown = answer === null ? [say('demo.unjudged')] : [];
  const because = block.because && answer !== null ? text.lines(block.because, width - 2) : [];
  return [...score, ...unknown, ...because].flatMap(line => wrap(line, width - 2)).map(line => `  ${line}`);
}
