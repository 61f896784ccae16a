/** Its root, and the mounts that it sees (mount_namespaces(7)). */
import {numberAt, safe, stringsAt, textAt} from '../pictures/lines.ts';
import {type Group, type Item, type Subject, shares} from './subject.ts';

const NAMED = 6;

export function filesGroup(subject: Subject): Group {
  const {host, facts, look} = subject;
  const {say} = look;
  const id = textAt(facts, 'root_id');
  const sameRoot = id === textAt(host, 'root_id');
  const items: (Item | string)[] = [];
  if (id !== '') {
    // Where the link says "/" of another file system, this path leads the host there (proc_pid_root(5)).
    const link = textAt(facts, 'root');
    const path = sameRoot || link !== '/' ? link : `/proc/${textAt(facts, 'pid')}/root`;
    const object = `${textAt(facts, 'root_type')} ${id}`.trim();
    items.push({host: path, object, inside: '/', relation: path === '/' ? 'same' : 'linked'});
  }
  const count = numberAt(facts, 'mounts.count');
  if (count !== undefined) items.push(...mountItems(subject, count));
  return {title: say('xray.root'), meaning: say(sameRoot ? 'xray.root.same' : 'xray.root.other'), items};
}

function mountItems(subject: Subject, count: number): (Item | string)[] {
  const {host, facts, look} = subject;
  const {say, glyphs} = look;
  const shared = shares(subject, 'mnt');
  const counted = (n: number) => say('xray.mounts.count', {count: n});
  const item: Item = {
    host: counted(numberAt(host, 'mounts.count') ?? 0),
    object: say('xray.mounts'),
    inside: counted(count),
    relation: shared ? 'same' : 'other',
  };
  const few = (list: string[]) => {
    const more = list.length > NAMED ? ` ${glyphs.cut} +${list.length - NAMED}` : '';
    return {list: list.slice(-NAMED).map(safe).join(', ') + more};
  };
  const mine = stringsAt(facts, 'mounts.types');
  const theirs = stringsAt(host, 'mounts.types');
  const onlyHere = beyond(mine, theirs);
  const onlyThere = beyond(theirs, mine);
  const travel = say('xray.mounts.travel', {
    shared: stringsAt(facts, 'mounts.shared').length,
    slave: stringsAt(facts, 'mounts.slave').length,
  });
  return [
    item,
    ...(onlyHere.length > 0 ? [say('xray.mounts.only', few(onlyHere))] : []),
    ...(onlyThere.length > 0 ? [say('xray.mounts.lacks', few(onlyThere))] : []),
    travel,
  ];
}

/** What is in the first list more often than in the second. */
export function beyond(first: readonly string[], second: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const one of second) left.set(one, (left.get(one) ?? 0) + 1);
  return first.filter(one => {
    const n = left.get(one) ?? 0;
    left.set(one, n - 1);
    return n <= 0;
  });
}
