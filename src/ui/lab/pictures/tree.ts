/** Processes as a tree of lines. */
import type {ProcessRow} from '../../../engine/index.ts';
import type {Strokes} from './lines.ts';

export interface Twig {
  row: ProcessRow;
  /** What the tree draws before it. */
  branch: string;
}

/** Parents before their children, brothers by number; a process whose parent is not in the list stands at the root. */
export function treeOf(rows: readonly ProcessRow[], {tee, last, past}: Strokes): Twig[] {
  const known = new Set(rows.map(row => row.pid));
  const below = new Map<number, ProcessRow[]>();
  const roots: ProcessRow[] = [];
  for (const row of [...rows].sort((a, b) => a.pid - b.pid)) {
    if (!known.has(row.ppid) || row.ppid === row.pid) roots.push(row);
    else below.set(row.ppid, [...(below.get(row.ppid) ?? []), row]);
  }
  const twigs: Twig[] = [];
  const grow = (row: ProcessRow, branch: string, indent: string): void => {
    twigs.push({row, branch});
    const children = below.get(row.pid) ?? [];
    children.forEach((child, i) => {
      const end = i === children.length - 1;
      grow(child, indent + (end ? last : tee), indent + (end ? ' '.repeat(past.length) : past));
    });
  };
  for (const root of roots) grow(root, '', '');
  return twigs;
}
