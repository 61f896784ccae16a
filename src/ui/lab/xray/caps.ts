/** What it may do: the effective capabilities of its bounding set, against those of the host's side (capabilities(7)). */
import type {Facts} from '../../../engine/index.ts';
import {factAt, stringsAt} from '../pictures/lines.ts';
import {type Group, type Item, type Subject, shares} from './subject.ts';

export function capsGroup(subject: Subject): Group {
  const {host, facts, look} = subject;
  const {say} = look;
  if (!Array.isArray(factAt(facts, 'caps.effective'))) return {title: say('xray.caps'), meaning: '', items: []};
  const count = (of: Facts, set: string): string => {
    const [has, bounding] = [stringsAt(of, `caps.${set}`), stringsAt(of, 'caps.bounding')];
    if (has.length === 0) return say('xray.caps.none');
    if (set === 'bounding' || has.length >= bounding.length) return say('xray.caps.all', {count: has.length});
    return say('xray.caps.some', {count: has.length, of: bounding.length});
  };
  const without = (of: Facts, set: string): string[] => {
    const has = new Set(stringsAt(of, `caps.${set}`));
    return stringsAt(host, `caps.${set}`).filter(name => !has.has(name));
  };
  const same = (set: string): boolean =>
    without(facts, set).length === 0 &&
    stringsAt(facts, `caps.${set}`).length === stringsAt(host, `caps.${set}`).length;
  const row = (object: string, set: string): Item => ({
    host: count(host, set),
    object,
    inside: count(facts, set),
    relation: same(set) ? 'same' : 'other',
  });
  const has = stringsAt(facts, 'caps.effective');
  const lacks = without(facts, 'effective');
  const never = without(facts, 'bounding');
  const names = (list: string[]) => ({list: list.join(' ')});
  const lines: string[] = [];
  // The shorter of the two lists says it.
  if (has.length > 0 && lacks.length > 0)
    lines.push(lacks.length <= has.length ? say('xray.caps.lacks', names(lacks)) : say('xray.caps.has', names(has)));
  if (never.length > 0 && never.length <= has.length) lines.push(say('xray.caps.bounding', names(never)));
  return {
    title: say('xray.caps'),
    meaning: meaningOf(subject, has, lacks),
    items: [row(say('xray.caps.effective'), 'effective'), row(say('xray.caps.limit'), 'bounding'), ...lines],
  };
}

function meaningOf(subject: Subject, has: string[], lacks: string[]): string {
  const {say} = subject.look;
  if (has.length === 0) return say('xray.caps.no');
  if (!shares(subject, 'user')) return say('xray.caps.inside');
  return lacks.length === 0 ? say('xray.caps.same') : say('xray.caps.less', {count: lacks.length});
}
