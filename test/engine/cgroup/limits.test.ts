import {describe, expect, it} from 'vitest';
import {controllersOf, limitsV1, limitsV2, parseCpuMax, weightOf} from '../../../src/engine/cgroup/limits.ts';
import {
  planGroup,
  planJoin,
  planLimits,
  planStageGroups,
  planStageGroupsUndo,
  planStageView,
} from '../../../src/engine/cgroup/plan.ts';
import {chooseTrees, parseMembership, parseMounts, pathIn, type Tree} from '../../../src/engine/cgroup/trees.ts';
import type {Op} from '../../../src/engine/plan/types.ts';
import {specProblems} from '../../../src/engine/spec.ts';

const v1 = (mount: string, ...controllers: string[]): Tree => ({version: 1, mount, controllers});
const v2 = (mount: string, ...controllers: string[]): Tree => ({version: 2, mount, controllers});

describe('limits', () => {
  it('v1: the period before the quota, -1 for no limit', () => {
    expect(limitsV1({cpu: {quota: 20000, period: 50000, shares: 512}, memory: {limit: -1}, pids: {limit: -1}})).toEqual(
      [
        {controller: 'cpu', file: 'cpu.shares', text: '512'},
        {controller: 'cpu', file: 'cpu.cfs_period_us', text: '50000'},
        {controller: 'cpu', file: 'cpu.cfs_quota_us', text: '20000'},
        {controller: 'memory', file: 'memory.limit_in_bytes', text: '-1'},
        {controller: 'pids', file: 'pids.max', text: 'max'},
      ],
    );
  });

  it('v2: quota and period in one file, a weight instead of shares', () => {
    const texts = (cpu: object) => limitsV2({cpu}).map(({file, text}) => `${file} ${text}`);
    expect(texts({quota: 20000})).toEqual(['cpu.max 20000']);
    expect(texts({quota: 20000, period: 50000})).toEqual(['cpu.max 20000 50000']);
    expect(texts({quota: -1})).toEqual(['cpu.max max']);
    expect(texts({period: 50000})).toEqual(['cpu.max max 50000']);
    expect(texts({shares: 1024})).toEqual(['cpu.weight 39']);
    expect(limitsV2({memory: {limit: 4096}, pids: {limit: -1}}).map(one => one.text)).toEqual(['4096', 'max']);
    expect([0, 2, 262_144, 1e9].map(weightOf)).toEqual([1, 1, 10_000, 10_000]);
    expect(controllersOf({cpu: {quota: 1}, pids: {limit: 1}, memory: {}})).toEqual(['cpu', 'pids']);
  });

  it('cpu.max as the kernel prints it', () => {
    expect(parseCpuMax('max 100000\n')).toEqual({quota: -1n, period: 100000n});
    expect(parseCpuMax('20000 50000\n')).toEqual({quota: 20000n, period: 50000n});
  });
});

describe('trees', () => {
  const line = (n: number, root: string, where: string, type: string, options: string) =>
    `${n} 1 0:${n} ${root} ${where} rw - ${type} x rw,${options}`;
  const info = [
    line(1, '/', '/', 'ext4', 'x'),
    line(2, '/', '/sys/fs/cgroup/cpu,cpuacct', 'cgroup', 'cpu,cpuacct'),
    line(3, '/', '/sys/fs/cgroup/systemd', 'cgroup', 'xattr,name=systemd'),
    line(4, '/here', '/mnt/with\\040space', 'cgroup', 'pids'),
    line(5, '/', '/sys/fs/cgroup/unified', 'cgroup2', 'nsdelegate'),
    line(5, '/', '/again', 'cgroup2', 'nsdelegate'),
  ].join('\n');

  it('are found once each, those without controllers left out', () => {
    expect(parseMounts(info, mount => [`of ${mount}`])).toEqual([
      {tree: v1('/sys/fs/cgroup/cpu,cpuacct', 'cpu', 'cpuacct'), root: '/'},
      {tree: v1('/mnt/with space', 'pids'), root: '/here'},
      {tree: v2('/sys/fs/cgroup/unified', 'of /sys/fs/cgroup/unified'), root: '/'},
    ]);
  });

  it('membership: each tree by its controllers, v2 by none', () => {
    const paths = parseMembership('4:cpu,cpuacct:/a:b\n3:name=systemd:/s\n0::/u (deleted)\n');
    expect(pathIn(v1('/c', 'cpuacct', 'cpu'), paths)).toBe('/a:b');
    expect(pathIn(v2('/u', 'cpu'), paths)).toBe('/u');
    expect(pathIn(v1('/p', 'pids'), paths)).toBeUndefined();
  });

  it('are chosen by what is to be limited: v2 counts and holds together, else cpuacct and the freezer do', () => {
    const hybrid = [v1('/cpu', 'cpu'), v1('/acct', 'cpuacct'), v1('/mem', 'memory'), v1('/f', 'freezer'), v2('/u')];
    const mounts = (all: Tree[], ...wanted: string[]) => chooseTrees(all, wanted).map(tree => tree.mount);
    expect(mounts(hybrid, 'cpu')).toEqual(['/cpu', '/u']);
    expect(mounts(hybrid.slice(0, 4), 'cpu', 'memory')).toEqual(['/cpu', '/acct', '/mem', '/f']);
    expect(mounts([v2('/sys/fs/cgroup', 'cpu', 'memory')], 'cpu', 'memory')).toEqual(['/sys/fs/cgroup']);
    expect(() => chooseTrees(hybrid, ['pids'])).toThrow(/cgroup.no-controller.*"known":"cpu, memory"/);
    expect(() => chooseTrees([v1('/c', 'hugetlb')], ['hugetlb'])).toThrow('cgroup.no-controller');
  });
});

/** Reads like a shell: "echo 0 > /x/cgroup.procs". */
function script(ops: readonly Op[]): string[] {
  const open = new Map(ops.flatMap(op => (op.call === 'openat' ? [[op.as, String(op.args[1])] as const] : [])));
  return ops.flatMap(op => {
    if (op.call === 'mkdirat') return [`mkdir ${op.args[1]}`];
    if (op.call === 'mount') return [`mount --bind ${op.args[0]} ${op.args[1]}`];
    const slot = (op.args[0] as {slot: string}).slot;
    return op.call === 'write' ? [`echo ${op.args[1]} > ${open.get(slot)}`] : [];
  });
}

describe('plans on pure v2', () => {
  const tree = {...v2('/cg', 'cpu', 'misc', 'pids'), base: '', origin: '/user.slice', switched: ['pids']};
  const trees = [tree];
  const groups = {name: 'glassbox-1', trees};

  it('a stage: controllers are handed down, and who lives there sits in a leaf', () => {
    expect(script(planStageGroups(groups))).toEqual([
      'mkdir /cg/glassbox-1',
      'echo 0 > /cg/glassbox-1/cgroup.procs',
      'echo +cpu +pids > /cg/cgroup.subtree_control',
    ]);
    const leaf = [
      'mkdir /cg/glassbox-1/stage',
      'echo 0 > /cg/glassbox-1/stage/cgroup.procs',
      'echo +cpu +pids > /cg/cgroup.subtree_control',
      'echo +cpu +pids > /cg/glassbox-1/cgroup.subtree_control',
    ];
    expect(script(planStageView(groups, true))).toEqual([...leaf, 'mount --bind /cg/glassbox-1 /cg']);
    expect(script(planStageView(groups, false))).toEqual(leaf);
  });

  it('a container: born in its group, limited before', () => {
    const group = {trees: [{...tree, at: '/cg'}], path: 'a/b'};
    expect(script(planGroup(group))).toEqual([
      'mkdir /cg/a',
      'echo +cpu +pids > /cg/a/cgroup.subtree_control',
      'mkdir /cg/a/b',
    ]);
    expect(script(planLimits(group, {cpu: {quota: 20000}, memory: {limit: 1}}))).toEqual([
      'echo 20000 > /cg/a/b/cpu.max',
    ]);
    const join = planJoin(group);
    expect([join.flags, join.child]).toEqual([0x200000000, []]);
  });

  it('a machine without a private view: paths go through the stage’s own group', () => {
    const at = '/cg/glassbox-1';
    expect(script(planGroup({trees: [{...tree, at}], path: 'box'}))).toEqual(['mkdir /cg/glassbox-1/box']);
  });

  it('what was switched on is switched off when the groups are gone, which the kernel may refuse', () => {
    const ops = planStageGroupsUndo(groups, 'engine');
    expect(ops[0]).toMatchObject({call: 'RMDIRS', args: ['/cg/glassbox-1', 2000], tolerate: 'ENOENT'});
    expect(script(ops.slice(1))).toEqual(['echo -pids > /cg/cgroup.subtree_control']);
    expect(ops.slice(1).every(op => op.tolerate === 'any')).toBe(true);
    const last = script(
      planStageGroupsUndo(groups, 'keeper').filter(op => op.call !== 'setns' && op.call !== 'RMDIRS'),
    );
    expect(last).toEqual(['echo 0 > /cg/user.slice/cgroup.procs', 'echo -pids > /cg/cgroup.subtree_control']);
  });

  it('in a scope of systemd’s: below it, and left to systemd by the keeper that lives in it', () => {
    const inScope = {...groups, trees: [{...tree, base: '/s.scope', switched: [], scope: true}]};
    expect(script(planStageGroups(inScope))).toEqual([
      'mkdir /cg/s.scope/glassbox-1',
      'echo 0 > /cg/s.scope/glassbox-1/cgroup.procs',
      'echo +cpu +pids > /cg/s.scope/cgroup.subtree_control',
    ]);
    expect(script(planStageView(inScope, true)).at(-1)).toBe('mount --bind /cg/s.scope/glassbox-1 /cg');
    expect(planStageGroupsUndo(inScope, 'keeper')).toEqual([]);
    expect(planStageGroupsUndo(inScope, 'engine')).toMatchObject([{args: ['/cg/s.scope/glassbox-1', 2000]}]);
  });
});

describe('specifications', () => {
  const problems = (linux: object) =>
    specProblems({process: {args: ['sh']}, linux}).map(({code, params}) => [code, params.path]);

  it('a path leads down, never up', () => {
    for (const good of ['box', '/box', 'a/b', '..a']) expect(problems({cgroupsPath: good})).toEqual([]);
    for (const bad of ['', '/', '..', 'a/../b', 'a//b', './a', 'a/']) {
      expect(problems({cgroupsPath: bad})[0]?.[1], bad).toBe('linux.cgroupsPath');
    }
  });

  it('limits are named by their paths when they are wrong; which values make sense the kernel says', () => {
    expect(
      problems({resources: {cpu: {quota: 1, period: 2, shares: 3}, memory: {limit: -1}, pids: {limit: 0}}}),
    ).toEqual([]);
    expect(problems({resources: {cpu: {quota: 1.5}}})).toEqual([['spec.type', 'linux.resources.cpu.quota']]);
    expect(problems({resources: {cpu: {quote: 1}}})).toEqual([['spec.unknown-key', 'linux.resources.cpu.quote']]);
    expect(problems({resources: {memory: {limit: -2}}})).toEqual([['spec.range', 'linux.resources.memory.limit']]);
  });
});
