/** Of the facts of two stages, those that a flag has changed: two stages have other numbers for all that they have alike. */
import type {FactValue} from '../../engine/index.ts';
import type {AblationRow} from '../events.ts';

/** Inode numbers of namespaces begin here (include/linux/proc_ns.h, PROC_DYNAMIC_FIRST). */
const FIRST_INODE = 0xf0000000n;

/** Facts whose numbers are processes. */
const PROCESSES = new Set('pid nspid nspids ppid pgid sid children processes cgroup.pids'.split(' '));

/** A stage's folder and its control groups are named after it. */
const STAGE = /glassbox[-/][0-9a-f]+/g;

/** Rows that say something once a number is taken for what it stands for ("the pid of box", "the host's namespace"). */
export function telltale(rows: readonly AblationRow[]): AblationRow[] {
  const withFlag = meanings(rows, row => row.withFlag);
  const withoutFlag = meanings(rows, row => row.withoutFlag);
  return rows.filter(row => withFlag(row) !== withoutFlag(row));
}

type Pick = (row: AblationRow) => FactValue | null;

function meanings(rows: readonly AblationRow[], pick: Pick): (row: AblationRow) => string {
  const at = (path: string): FactValue | null => {
    const row = rows.find(one => one.path === path);
    return row ? pick(row) : null;
  };
  const sides = [...new Set(rows.map(row => sideOf(row.path)))];
  const means = (value: FactValue | null, side: string, fact: string): string => {
    if (value === null) return 'none';
    if (Array.isArray(value)) return value.map(one => means(one, side, fact)).join(',');
    if (typeof value === 'object')
      return Object.entries(value)
        .map(([key, one]) => `${key}=${means(one, side, fact)}`)
        .join(',');
    if (typeof value !== 'bigint') return String(value).replace(STAGE, 'stage');
    if (fact.startsWith('ns.') && value >= FIRST_INODE)
      return side !== 'host' && value === at(`host.${fact}`) ? "the host's" : 'its own';
    if (!PROCESSES.has(fact) || value <= 1n) return String(value);
    const owner = sides.find(one => at(`${one}.pid`) === value);
    return owner ? `pid of ${owner}` : 'a process';
  };
  return row => means(pick(row), sideOf(row.path), factOf(row.path));
}

function sideOf(path: string): string {
  return path.split('.', 1)[0] ?? '';
}

function factOf(path: string): string {
  return path.slice(sideOf(path).length + 1);
}
