/** What the help says of one screen: its actions with the keys they have now, then what holds everywhere. */
import {ACTIONS, type ActionsOf, type Place} from '../app/actions.ts';
import type {Look} from '../app/look.ts';
import {cells, fitTo} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import {fixedKeys, sayAction} from './words.ts';

type Row = [keys: string, does: string];

/** Keys that take more than this are cut: what they do is worth more room. */
const KEYS_MAX = 20;

/** Lines of at most `width` cells. `file`: where the keys can be changed. */
export function helpLines(
  screen: 'home' | 'lab' | 'demo' | 'notes' | 'quiz' | 'doctor',
  look: Look,
  width: number,
  file?: string,
): string[] {
  const {say, style} = look;
  const own: Row[] = screen === 'doctor' ? [] : actionRows(screen, look);
  const groups: [string, Row[]][] = [
    ['', [...own, ...fixedRows(screen, look)]],
    [say('help.everywhere'), [...actionRows('everywhere', look), ...fixedRows('everywhere', look)]],
  ];
  const all = groups.flatMap(([, rows]) => rows);
  const keys = Math.min(KEYS_MAX, Math.max(...all.map(([key]) => cells(key)))) + 2;
  const lines = groups.flatMap(([title, rows]) => [
    ...(title ? ['', style.bold(title)] : []),
    ...rows.flatMap(row => rowLines(row, keys, width, look)),
  ]);
  return file ? [...lines, '', ...wrap(say('help.file', {file}), width)] : lines;
}

function rowLines([key, does]: Row, keys: number, width: number, {style}: Look): string[] {
  return wrap(does, width - keys).map((line, i) => style.bold(fitTo(i === 0 ? key : '', keys)) + line);
}

function actionRows<P extends Place>(place: P, {keys, glyphs, lang}: Look): Row[] {
  const actions = Object.keys(ACTIONS[place]) as ActionsOf<P>[];
  return actions.map(action => [keys.labels(place, action, glyphs), sayAction(lang, place, action)]);
}

function fixedRows(place: keyof typeof fixedKeys, {glyphs, lang}: Look): Row[] {
  return fixedKeys[place].map(one => [one.keys(glyphs), one.does[lang]]);
}
