/** Texts fit a screen of 80×24 and hold nothing that a terminal would take for something else. */
import type {PlacedText, TextRole} from '../format/places.ts';
import {finder} from './holes.ts';
import type {Rule, RuleInput} from './rule.ts';
import {COLUMNS, LINES, measure, widthOf} from './width.ts';

/** Cells for what must fit in one line; the title and the question share the first line of the screen. */
const ONE_LINE: Partial<Record<TextRole, number>> = {
  title: 24,
  question: 56,
  'step-title': 60,
  'check-title': 72,
  choice: 72,
};
/** Lines for what is shown beside other things. */
const SOME_LINES: Partial<Record<TextRole, number>> = {ask: 4, because: 8, alert: 10};

function control({places, report}: RuleInput): void {
  const find = finder(places.sources);
  for (const text of places.texts) {
    const found = /[\x00-\x08\x0b-\x1f\x7f]/.exec(text.text)?.[0];
    const tab = text.role === 'command' && text.text.includes('\t');
    const code = found?.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    if (found) report('text.control', text.file, find(text, found, 0), {char: `U+${code}`});
    else if (tab) report('text.tab', text.file, find(text, '\t', 0));
  }
}

function single(text: PlacedText, {report}: RuleInput): void {
  const cells = ONE_LINE[text.role];
  const limit = SOME_LINES[text.role];
  if (cells !== undefined) {
    const width = Math.max(...text.text.split('\n').map(widthOf));
    if (width > cells) report('text.line', text.file, text.at, {role: text.role, width, limit: cells});
  } else if (limit !== undefined) {
    const {lines} = measure(text.text);
    if (lines > limit) report('text.lines', text.file, text.at, {role: text.role, lines, limit, columns: COLUMNS});
  }
}

function examples(text: PlacedText, {places, report}: RuleInput): void {
  if (text.role !== 'prose' && text.role !== 'alert') return;
  for (const {text: line, width} of measure(text.text).wide)
    report('text.wide', text.file, finder(places.sources)(text, line, 0), {width, limit: COLUMNS});
}

/** All prose of a step, since one reads it as one text. */
function steps({places, report}: RuleInput): void {
  const prose = places.texts.filter(text => text.role === 'prose');
  for (const key of new Set(prose.map(text => `${text.file}\0${text.step}`))) {
    const texts = prose.filter(text => `${text.file}\0${text.step}` === key);
    const {lines} = measure(texts.map(text => text.text).join('\n\n'));
    if (lines > LINES) report('text.long', texts[0]!.file, texts[0]!.at, {lines, limit: LINES, columns: COLUMNS});
  }
}

export const texts: Rule = input => {
  control(input);
  for (const text of input.places.texts) {
    single(text, input);
    examples(text, input);
  }
  steps(input);
};
