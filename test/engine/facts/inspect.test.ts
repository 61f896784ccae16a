import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {readTrees, treeOf} from '../../../src/engine/cgroup/trees.ts';
import {parseLimit} from '../../../src/engine/facts/limits.ts';
import {namespaceInode} from '../../../src/engine/facts/proc.ts';
import {type Facts, factTable, shellPath} from '../../../src/engine/index.ts';
import {openStage} from '../support.ts';

const container = {
  process: {args: ['sh', '-c', 'sleep 1000 & echo $!; exec sleep 1000'], noNewPrivileges: true},
  hostname: 'tiger',
  linux: {namespaces: [{type: 'pid'}, {type: 'uts'}, {type: 'mount'}] as const},
};
const spec = () => ({
  ...container,
  process: {...container.process, env: [`PATH=${shellPath}`]},
  linux: {namespaces: [...container.linux.namespaces]},
});

describe('one process of a stage, looked into', () => {
  test('has the facts of a container, also one that is no container’s first', async () => {
    const stage = await openStage();
    const box = await stage.run('box', spec());
    await once(box.stdout!, 'data');
    const child = (await stage.processes()).at(-1)!;
    expect(child.ppid).toBe(box.pid);
    const facts = (await stage.inspect(child.pid))!;
    expect(facts).toMatchObject({
      pid: BigInt(child.pid),
      nspids: [BigInt(child.pid), 2n],
      hostname: 'tiger',
      no_new_privs: true,
      seccomp: 0n,
    });
    const ns = facts.ns as Facts;
    expect(ns.uts).toBe(namespaceInode(box.pid, 'uts'));
    expect((facts.caps as Facts).effective).toContain('CAP_SYS_ADMIN');
    expect((facts.mounts as Facts).points).toContain('/');
    expect((facts.cgroup as Facts).path).toMatch(/^\//);
    // Nothing that the table does not name.
    const known = new Set(factTable.map(row => row.path.split('.')[0]));
    expect(Object.keys(facts).filter(name => !known.has(name))).toEqual([]);
  });

  test('may be the keeper, or one of the host side', async () => {
    const stage = await openStage();
    const host = await stage.spawn('shell', {args: ['sleep', '1000']});
    expect(await stage.inspect(stage.keeperPid)).toMatchObject({pid: BigInt(stage.keeperPid)});
    expect(await stage.inspect(host.pid)).toMatchObject({pid: BigInt(host.pid), ppid: BigInt(stage.keeperPid)});
  });

  test('is none of the machine, of another stage, of the keeper’s own ancestors, and no number that nobody has', async () => {
    const [stage, other] = [await openStage(), await openStage()];
    const foreign = await other.run('box', {process: {args: ['sleep', '1000']}, linux: {namespaces: [{type: 'uts'}]}});
    for (const pid of [1, process.pid, other.keeperPid, foreign.pid, 0, -1, 4194305, 1.5, Number.NaN]) {
      expect(await stage.inspect(pid), String(pid)).toBeUndefined();
    }
    expect(await other.inspect(foreign.pid)).toMatchObject({pid: BigInt(foreign.pid)});
  });

  test('that has ended, or ends while it is looked into, gives nothing or all of it', async () => {
    const stage = await openStage();
    for (let i = 0; i < 10; i++) {
      const box = await stage.run(`box${i}`, {
        process: {args: ['sleep', '1000']},
        linux: {namespaces: [{type: 'uts'}]},
      });
      expect(await stage.inspect(box.pid)).toMatchObject({pid: BigInt(box.pid)});
      box.signal('SIGKILL');
      for (let facts = await stage.inspect(box.pid); facts; facts = await stage.inspect(box.pid)) {
        expect(facts).toMatchObject({pid: BigInt(box.pid), hostname: expect.any(String), root: '/'});
      }
      expect(await stage.inspect(box.pid)).toBeUndefined();
    }
  });
});

describe('limits', () => {
  const trees = readTrees().map(({tree}) => tree);
  const has = (controller: string) => treeOf(trees, controller) !== undefined;

  test('are numbers, or none', () => {
    expect(['max\n', '67108864\n', '9223372036854771712\n', '', undefined, 'x'].map(parseLimit)).toEqual([
      -1n,
      67108864n,
      -1n,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test.skipIf(!has('memory') || !has('pids'))(
    'of memory and processes are facts, with what is used of them',
    async () => {
      const stage = await openStage({controllers: ['memory', 'pids']});
      const linux = {namespaces: [], resources: {memory: {limit: 64 << 20}, pids: {limit: 7}}};
      const box = await stage.run('box', {process: {args: ['sleep', '1000']}, linux});
      for (const facts of [await stage.facts('box'), await stage.inspect(box.pid)]) {
        expect(facts).toMatchObject({memory: {limit: 64n << 20n}, pids: {limit: 7n, current: 1n}});
        expect((facts!.memory as Facts).usage).toBeTypeOf('bigint');
      }
      await box.update({pids: {limit: -1}, memory: {limit: 128 << 20}});
      expect(await stage.facts('box')).toMatchObject({memory: {limit: 128n << 20n}, pids: {limit: -1n}});
    },
  );

  test('of the machine’s groups are told of one process, but not what others use there', async () => {
    const stage = await openStage();
    const host = await stage.spawn('shell', {args: ['sleep', '1000']});
    const {memory = {}, pids = {}, cpu = {}} = (await stage.inspect(host.pid))! as Record<string, Facts>;
    for (const name of ['usage', 'current', 'usage_us', 'share']) {
      for (const one of [memory, pids, cpu]) expect(one).not.toHaveProperty(name);
    }
    const v1 = trees.find(tree => tree.version === 1 && tree.controllers.includes('memory'));
    if (v1 && existsSync(`${v1.mount}/memory.limit_in_bytes`)) expect(memory.limit).toBeTypeOf('bigint');
    const sample = (await stage.facts('host'))!;
    expect(sample).not.toHaveProperty('memory');
    expect(sample).not.toHaveProperty('cpu');
  });
});
