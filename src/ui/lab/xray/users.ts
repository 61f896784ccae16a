/** Who it is, inside and outside, and the map between the two (user_namespaces(7)). */
import type {Look} from '../../app/look.ts';
import {numberAt, textAt} from '../pictures/lines.ts';
import {type Group, type Item, type Subject, shares} from './subject.ts';

/** Lines of /proc/PID/uid_map: what is `inside`, from which number on, is `outside`. */
export interface MapLine {
  inside: number;
  outside: number;
  size: number;
}

export function mapOf(text: string): MapLine[] {
  const numbers = (text.match(/\d+/g) ?? []).map(Number);
  return Array.from({length: Math.floor(numbers.length / 3)}, (_, i) => {
    const [inside = 0, outside = 0, size = 0] = numbers.slice(3 * i, 3 * i + 3);
    return {inside, outside, size};
  });
}

function rangeOf(from: number, size: number): string {
  return size === 1 ? String(from) : `${from}-${from + size - 1}`;
}

export function usersGroup(subject: Subject): Group {
  const {facts, look} = subject;
  const {say} = look;
  const shared = shares(subject, 'user');
  const row = (object: string, outside: string, inside: string): Item[] => {
    const [host, mine] = [numberAt(facts, outside), numberAt(facts, inside)];
    if (host === undefined || mine === undefined) return [];
    return [{host: String(host), object, inside: String(mine), relation: host === mine ? 'same' : 'linked'}];
  };
  const maps = shared
    ? []
    : [...mapLines('uid', textAt(facts, 'uid_map'), look), ...mapLines('gid', textAt(facts, 'gid_map'), look)];
  return {
    title: say('xray.user'),
    meaning: meaningOf(subject, shared),
    items: [...row('uid', 'uid', 'nsuid'), ...row('gid', 'gid', 'nsgid'), ...maps],
  };
}

function mapLines(name: string, text: string, {say}: Look): string[] {
  return mapOf(text).map(
    ({inside, outside, size}) =>
      `${name}_map: ${say('xray.map', {inside: rangeOf(inside, size), outside: rangeOf(outside, size)})}`,
  );
}

function meaningOf({facts, look: {say}}: Subject, shared: boolean): string {
  if (shared) return say('xray.user.shared');
  if (mapOf(textAt(facts, 'uid_map')).length === 0) return say('xray.user.unmapped');
  return say('xray.user.mapped', {inside: textAt(facts, 'nsuid'), outside: textAt(facts, 'uid')});
}
