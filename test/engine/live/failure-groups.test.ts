/** What the kernel refuses of control groups, one call after the other: each is told with a reason and a cure of its own. */
import {expect, it} from 'vitest';
import {errorParts} from '../../../src/course/index.ts';
import {failureRow} from '../../../src/course/words/failure.ts';
import {readTrees, treeOf} from '../../../src/engine/cgroup/trees.ts';
import {AT_FDCWD, O} from '../../../src/engine/flags.ts';
import type {Arg, Op, Plan} from '../../../src/engine/plan/types.ts';
import type {CallName} from '../../../src/engine/syscalls.ts';
import type {ContainerSpec, EngineErrorInfo, StageOptions} from '../../../src/engine/types.ts';
import {openStage} from '../support.ts';
import {provoked, rowName} from './provoked.ts';

const AT_REMOVEDIR = 0x200;
const trees = readTrees().map(({tree}) => tree);

const op = (call: CallName, args: readonly Arg[], purpose: string, more: Partial<Op> = {}): Op => ({
  call,
  args,
  purpose,
  ...more,
});
const folder = (path: string): Op => op('mkdirat', [AT_FDCWD, path, 0o755], 'cgroup.folder');
const remove = (path: string): Op => op('unlinkat', [AT_FDCWD, path, AT_REMOVEDIR], 'cgroup.remove');
const open = (path: string, purpose: string): Op =>
  op('openat', [AT_FDCWD, path, O.O_WRONLY | O.O_CLOEXEC, 0], purpose, {as: path, fd: true});
const put = (path: string, text: string, purpose: string): Op =>
  op('write', [{slot: path}, text, text.length], purpose);
const writes = (path: string, text: string, purpose: string): Op[] => [open(path, purpose), put(path, text, purpose)];
const join = (group: string): Op[] => writes(`${group}/cgroup.procs`, '0', 'cgroup.join');
const handOn = (group: string, text: string): Op[] => writes(`${group}/cgroup.subtree_control`, text, 'cgroup.hand-on');

interface Case {
  call: CallName;
  errno: string;
  what: string;
  controller: string;
  /** What is called in the stage's own group `m`; per version, where only one has it. */
  v1?: (m: string) => Op[];
  v2?: (m: string) => Op[];
}

const occupied = (m: string): Op[] => [folder(`${m}/x`), ...join(`${m}/x`), remove(`${m}/x`)];
const vanished = (m: string): Op[] => [
  folder(`${m}/x`),
  open(`${m}/x/cgroup.procs`, 'cgroup.join'),
  remove(`${m}/x`),
  put(`${m}/x/cgroup.procs`, '0', 'cgroup.join'),
];
const cases: Case[] = [
  {call: 'unlinkat', errno: 'EBUSY', what: 'somebody is in it', controller: 'pids', v1: occupied, v2: occupied},
  {call: 'write', errno: 'ENODEV', what: 'removed meanwhile', controller: 'pids', v1: vanished, v2: vanished},
  {
    call: 'write',
    errno: 'EINVAL',
    what: 'a period of one microsecond',
    controller: 'cpu',
    v1: m => [folder(`${m}/x`), ...writes(`${m}/x/cpu.cfs_period_us`, '1', 'cgroup.limit.cpu')],
    v2: m => [folder(`${m}/x`), ...writes(`${m}/x/cpu.max`, '1 1', 'cgroup.limit.cpu')],
  },
  {
    call: 'write',
    errno: 'ENOSPC',
    what: 'a cpuset without processors',
    controller: 'cpuset',
    v1: m => [folder(`${m}/x`), ...writes(`${m}/x/cpuset.cpus`, '\n', 'cgroup.limit.cpuset'), ...join(`${m}/x`)],
  },
  {
    call: 'write',
    errno: 'EBUSY',
    what: 'it hands controllers on, and nobody may be in it',
    controller: 'memory',
    v2: m => [folder(`${m}/x`), ...handOn(`${m}/x`, '+memory'), ...join(`${m}/x`)],
  },
  {
    call: 'write',
    errno: 'EBUSY',
    what: 'somebody is in it, and it may hand nothing on',
    controller: 'memory',
    v2: m => [folder(`${m}/x`), ...join(`${m}/x`), ...handOn(`${m}/x`, '+memory')],
  },
  {
    call: 'write',
    errno: 'ENOENT',
    what: 'the group above does not hand it on',
    controller: 'memory',
    v2: m => [folder(`${m}/x`), folder(`${m}/x/y`), ...handOn(`${m}/x/y`, '+memory')],
  },
  {
    call: 'write',
    errno: 'EINVAL',
    what: 'no such controller',
    controller: 'memory',
    v2: m => [folder(`${m}/x`), ...handOn(`${m}/x`, '+nosuch')],
  },
  {
    call: 'write',
    errno: 'EOPNOTSUPP',
    what: 'beside a threaded group',
    controller: 'memory',
    v2: m => [
      folder(`${m}/x`),
      folder(`${m}/x/y`),
      ...writes(`${m}/x/y/cgroup.type`, 'threaded', 'cgroup.limit.pids'),
      folder(`${m}/x/z`),
      ...join(`${m}/x/z`),
    ],
  },
  {
    call: 'mkdirat',
    errno: 'EAGAIN',
    what: 'more groups than are allowed',
    controller: 'memory',
    v2: m => [
      folder(`${m}/x`),
      ...writes(`${m}/x/cgroup.max.descendants`, '0', 'cgroup.limit.pids'),
      folder(`${m}/x/y`),
    ],
  },
];

/** A container's plan with further calls before its program. */
function before(ops: readonly Op[]): NonNullable<StageOptions['mutate']> {
  return <P>(plan: P): P => {
    const {child = []} = plan as unknown as Plan;
    return {...plan, child: [...child.slice(0, -1), ...ops, ...child.slice(-1)]};
  };
}

/** The container's group of v2 hands controllers on before anybody is born in it. */
const handing: NonNullable<StageOptions['mutate']> = <P>(plan: P): P => {
  const {main} = plan as unknown as Plan;
  const group = main.find(({purpose}) => purpose === 'cgroup.open')?.args[1];
  const at = main.findIndex(({call}) => call === 'CLONE');
  return {...plan, main: [...main.slice(0, at), ...handOn(String(group), '+memory'), ...main.slice(at)]};
};

async function refuse(
  {call, errno, controller}: Pick<Case, 'call' | 'errno' | 'controller'>,
  mutate: NonNullable<StageOptions['mutate']>,
  linux: ContainerSpec['linux'] = {},
): Promise<void> {
  const stage = await openStage({controllers: [controller as 'memory'], mutate});
  const error: EngineErrorInfo = await stage.run('box', {process: {args: ['/bin/true']}, linux}).then(
    () => expect.unreachable('it should have failed'),
    (refused: EngineErrorInfo) => refused,
  );
  expect(error).toMatchObject({code: 'call.failed', params: {call, errno}});
  const row = failureRow(error.call!);
  expect(row, `${call} ${errno}`).toBeDefined();
  expect(provoked[rowName(row!)]?.[0]).toBe('engine/live/failure-groups');
  for (const lang of ['en', 'zh'] as const) expect(errorParts(error, lang).meaning).toBe(row![lang]);
}

/** Which of both a case has for the tree of this controller, or why none. */
function versionOf({controller, v1, v2}: Pick<Case, 'controller' | 'v1' | 'v2'>): {ops?: Op[]; lack: string} {
  const tree = treeOf(trees, controller);
  const calls = tree?.version === 1 ? v1 : v2;
  if (!tree || !calls) return {lack: tree ? `v${tree.version} has no such rule` : `no tree has ${controller}`};
  return {ops: calls(tree.mount), lack: ''};
}

it.for(cases)('$call $errno: $what', async (one, {skip}) => {
  const {ops, lack} = versionOf(one);
  if (!ops) return skip(lack);
  await refuse(one, before(ops));
});

it('clone3 EBUSY: it hands controllers on, and nobody may be born in it', async ({skip}) => {
  const {ops, lack} = versionOf({controller: 'memory', v2: () => []});
  if (!ops) return skip(lack);
  await refuse({call: 'clone3', errno: 'EBUSY', controller: 'memory'}, handing, {cgroupsPath: 'box'});
});
