/** The groups of a stage, as the machine's trees show them. */
import {existsSync, readFileSync} from 'node:fs';
import {readTrees, type Tree, treeOf} from '../../../src/engine/cgroup/trees.ts';

export const trees = readTrees().map(({tree}) => tree);
export const cpu = treeOf(trees, 'cpu')!;
export const read = (file: string): string => readFileSync(file, 'utf8').trim();
export const quota = (folder: string): string =>
  cpu.version === 1 ? read(`${folder}/cpu.cfs_quota_us`) : read(`${folder}/cpu.max`).split(' ')[0]!;
/** Folders of a stage's groups: at the root of the trees, or in a scope of systemd's. */
export const groupsIn = (tree: Tree, id: string): string[] =>
  ['', 'system.slice/', `system.slice/glassbox-${id}.scope/`]
    .map(above => `${tree.mount}/${above}glassbox-${id}`)
    .filter(existsSync);
export const groupsOf = (id: string): string[] => trees.flatMap(tree => groupsIn(tree, id));
/** Folder of a stage's group in the tree of cpu. */
export const groupOf = ({id}: {id: string}): string => groupsIn(cpu, id)[0] ?? `${cpu.mount}/none`;
export const limited = {resources: {cpu: {quota: 20000, period: 100000}}};
export const sleeper = {args: ['sleep', '1000']};
