/** Its control group, and what that lets it use (cgroups(7)). */
import {numberAt, stringsAt, textAt} from '../pictures/lines.ts';
import {type Group, type Item, type Subject, shares} from './subject.ts';

const MIB = 1024 * 1024;

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

/** 1536 as '1.5 KiB'. */
export function bytesText(bytes: number): string {
  if (bytes >= 1024 * MIB) return `${+(bytes / 1024 / MIB).toFixed(1)} GiB`;
  return bytes >= MIB ? `${+(bytes / MIB).toFixed(1)} MiB` : `${+(bytes / 1024).toFixed(1)} KiB`;
}

export function cgroupGroup(subject: Subject): Group {
  const {facts, look} = subject;
  const {say} = look;
  const dir = textAt(facts, 'cgroup.dir') || textAt(facts, 'cgroup.path');
  const items: (Item | string)[] = [];
  if (dir !== '') {
    const shared = shares(subject, 'cgroup');
    const inside = shared ? pathInside(dir, subject) : say('xray.cgroup.within');
    items.push({host: dir, object: say('xray.cgroup.path'), inside, relation: 'linked'});
  }
  const limits = [cpuLimit(subject), memoryLimit(subject), pidsLimit(subject)];
  for (const limit of limits) if (limit) items.push(limit.item);
  const limited = limits.some(limit => limit?.limited);
  return {
    title: say('xray.cgroup'),
    meaning: say(limited ? 'xray.cgroup.limited' : 'xray.cgroup.free'),
    items,
  };
}

/** What /proc/self/cgroup says there: the folder below the mount that it is seen through. */
function pathInside(dir: string, {facts}: Subject): string {
  const points = stringsAt(facts, 'mounts.types').flatMap(line => /^cgroup2? on (.+)$/.exec(line)?.[1] ?? []);
  const point = points.filter(one => dir === one || dir.startsWith(`${one}/`)).sort((a, b) => b.length - a.length)[0];
  return point === undefined ? textAt(facts, 'cgroup.path') : dir.slice(point.length) || '/';
}

interface Limit {
  item: Item;
  limited: boolean;
}

function cpuLimit({facts, look: {say}}: Subject): Limit | undefined {
  const [quota, period, share] = ['quota', 'period', 'share'].map(name => numberAt(facts, `cpu.${name}`));
  if (quota === undefined && share === undefined) return undefined;
  const limited = quota !== undefined && quota >= 0 && period !== undefined && period > 0;
  const host = limited ? say('xray.cpu.max', {share: percent(quota / period)}) : say('xray.unlimited');
  const inside = share === undefined ? '' : say('xray.cpu.used', {share: percent(share / 1000)});
  return {item: {host, object: say('xray.cpu'), inside}, limited};
}

/** A number of bytes that no machine has stands for "no limit" (memory.limit_in_bytes of cgroup v1). */
const NO_LIMIT = 2 ** 60;

function memoryLimit({facts, look: {say}}: Subject): Limit | undefined {
  const [limit, used] = [numberAt(facts, 'memory.limit'), numberAt(facts, 'memory.usage')];
  if (limit === undefined && used === undefined) return undefined;
  const limited = limit !== undefined && limit >= 0 && limit < NO_LIMIT;
  const host = limited ? say('xray.most', {value: bytesText(limit)}) : say('xray.unlimited');
  const inside = used === undefined ? '' : say('xray.used', {value: bytesText(used)});
  return {item: {host, object: say('xray.memory'), inside}, limited};
}

function pidsLimit({facts, look: {say}}: Subject): Limit | undefined {
  const [limit, used] = [numberAt(facts, 'pids.limit'), numberAt(facts, 'pids.current')];
  if (limit === undefined && used === undefined) return undefined;
  const limited = limit !== undefined && limit >= 0;
  const host = limited ? say('xray.most', {value: limit}) : say('xray.unlimited');
  const inside = used === undefined ? '' : say('xray.used', {value: used});
  return {item: {host, object: say('xray.tasks'), inside}, limited};
}
