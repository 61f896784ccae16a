/** What a `show` block shows at this moment: a picture, and facts of all sides with what they were. */
import type {FactValue} from '../../engine/index.ts';
import type {LabState} from '../fold/state.ts';
import type {ShowBlock, Side} from '../lab.ts';
import {lookUp} from '../session/substitute.ts';
import type {DrawPicture, FactRow, Item} from './types.ts';

/** Sides that do not run now have no column. */
export function shownItems({facts, picture}: ShowBlock, state: LabState, draw: DrawPicture | undefined): Item[] {
  const items: Item[] = [];
  const lines = picture && draw ? drawn(picture, state, draw) : {};
  if (picture && Object.keys(lines).length > 0) items.push({kind: 'picture', name: picture, lines});
  const {now} = state.facts;
  const sides = Object.keys(now).filter(side => now[side]);
  const rows = facts.map(path => factRow(path, sides, state)).filter(row => known(row));
  if (rows.length > 0) items.push({kind: 'facts', sides, rows});
  return items;
}

function drawn(picture: NonNullable<ShowBlock['picture']>, state: LabState, draw: DrawPicture) {
  return Object.fromEntries(
    state.lab.langs.flatMap(lang => {
      const lines = draw(picture, state, lang);
      return lines ? [[lang, lines] as const] : [];
    }),
  );
}

function known({cells}: FactRow): boolean {
  return Object.values(cells).some(({value, was}) => value !== undefined || was !== undefined);
}

function factRow(path: string, sides: readonly Side[], {facts: {now, before}}: LabState): FactRow {
  const from = (values: typeof now, side: Side) => lookUp(`${side}.${path}`, {vars: {}, now: values, before: {}});
  const cells = sides.map(side => {
    const value = from(now, side);
    const was = from(before, side);
    const changed = was !== undefined && text(was) !== text(value);
    return [side, {...(value !== undefined && {value}), ...(changed && {was})}] as const;
  });
  return {path, cells: Object.fromEntries(cells)};
}

function text(value: FactValue | undefined): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one)) ?? '';
}
