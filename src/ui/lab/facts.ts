/** Both sides' facts, next to each other, with = or ≠ between them and a mark at what has just changed. */

import type {LabState, ShowBlock, Side} from '../../course/index.ts';
import type {Facts, FactValue} from '../../engine/index.ts';
import type {Look} from '../app/look.ts';
import {factLabel} from '../course-words.ts';
import {clip, fitTo} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import {stepChecks} from './checks.ts';

/** What is interesting of any container, most interesting first; fills what room the lab leaves. */
const ALWAYS = [
  'hostname',
  'ns.uts',
  'pid',
  'nspid',
  'ns.pid',
  'ns.ipc',
  'ns.mnt',
  'ns.net',
  'ns.user',
  'ns.cgroup',
  'ns.time',
  'domainname',
];
const LABEL = 17;
const BETWEEN = 4;
const MEANING = 10;
const NUMBER = 11;

/** The newest `show` block of the present step that the learner has come to. */
export function shownNow(state: LabState, reached: number): ShowBlock | undefined {
  const step = state.lab.steps[state.current];
  const shown = step?.blocks.findLast((block, i) => block.kind === 'show' && i <= reached + 1);
  return shown?.kind === 'show' ? shown : undefined;
}

/** The picture of the newest `show` block; one that the step before ended with stays until this step shows something else. */
export function pictureNow(state: LabState, reached: number): ShowBlock['picture'] {
  const now = shownNow(state, reached);
  if (now) return now.picture;
  const earlier = state.lab.steps[state.current - 1]?.blocks.findLast(block => block.kind === 'show');
  return earlier?.kind === 'show' ? earlier.picture : undefined;
}

/** Fact paths for the present step: what its newest `show` block asks for, what its checks look at, then the rest. */
export function factPaths(state: LabState, reached: number): string[] {
  const asked = shownNow(state, reached)?.facts ?? [];
  const checked = stepChecks(state).flatMap(check => Object.keys(state.checks[check.id]?.values ?? {}));
  const own = checked.filter(path => /^(before\.)?\w+\.\w/.test(path) && !path.startsWith('vars.'));
  return [...new Set([...asked, ...own.map(path => path.replace(/^before\./, '').replace(/^\w+\./, '')), ...ALWAYS])];
}

export function factLines(
  state: LabState,
  box: Side,
  changed: ReadonlySet<string>,
  reached: number,
  look: Look,
  width: number,
  height: number,
): string[] {
  const host = state.facts.now.host;
  const inside = state.facts.now[box];
  if (!host && !inside) return wrap(look.say('facts.waiting'), width);
  // Namespace numbers have ten digits: where these would be cut, the last column goes.
  const room = width - 2 - LABEL - BETWEEN;
  const value = Math.max(8, Math.floor((room - MEANING >= 2 * NUMBER ? room - MEANING : room) / 2));
  return factPaths(state, reached)
    .slice(0, height)
    .map(path => {
      const left = read(host, path);
      const right = read(inside, path);
      const isChanged = changed.has(`host.${path}`) || changed.has(`${box}.${path}`);
      const {symbol, meaning} = relation(path, left, right, look);
      const cell = (fact: FactValue | undefined) => fitTo(clip(show(fact, look), value - 1, look.glyphs.cut), value);
      // Of an entry of a map, its key tells more than the map's name.
      const label = path.endsWith('"]') ? keysOf(path).at(-1)! : factLabel(look.lang, path);
      const name = fitTo(clip(label, LABEL - 1, look.glyphs.cut), LABEL);
      const mark = isChanged ? look.style.warn(fitTo(look.glyphs.changed, 2)) : '  ';
      const line = `${mark}${name}${cell(left)}${fitTo(symbol, BETWEEN)}${cell(right)}${clip(meaning, width - 2 - LABEL - BETWEEN - 2 * value, look.glyphs.cut)}`;
      return isChanged ? look.style.bold(line) : line;
    });
}

/** The parts of a path as conditions write it: folder.text["upper/a"] has three. */
function keysOf(path: string): string[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|[^.[\]]+/g)].map(([part, key]) => key ?? part);
}

/** Value at a path; undefined: that side does not have it. */
export function read(facts: Facts | null | undefined, path: string): FactValue | undefined {
  let at: FactValue | undefined = facts ?? undefined;
  for (const key of keysOf(path)) {
    if (typeof at !== 'object' || Array.isArray(at)) return undefined;
    at = at[key];
  }
  return at;
}

/** A fact on one line: lists and maps as short as they can be read. */
export function show(value: FactValue | null | undefined, look: Look): string {
  if (value === undefined || value === null) return look.say('facts.absent');
  if (value === '') return '""';
  if (Array.isArray(value)) return value.map(one => show(one, look)).join(',');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, one]) => `${key}=${show(one, look)}`)
      .join(' ');
  // A host name is the learner's to choose: what a terminal would obey must not reach it.
  return String(value).replace(/[\x00-\x1f\x7f-\x9f]/g, '?');
}

function relation(path: string, left: FactValue | undefined, right: FactValue | undefined, look: Look) {
  if (left === undefined || right === undefined) return {symbol: ' ', meaning: ''};
  const {glyphs, style, say} = look;
  const same = show(left, look) === show(right, look);
  const namespace = path.startsWith('ns.');
  if (same) return {symbol: glyphs.same, meaning: say(namespace ? 'facts.shared' : 'facts.same')};
  return {
    symbol: style.bold(glyphs.differs),
    meaning: style.bold(say(namespace ? 'facts.isolated' : 'facts.different')),
  };
}
