import {execFileSync} from 'node:child_process';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {mountFacts, seesOwnProc} from '../../../src/engine/facts/mounts.ts';
import {type Container, type Engine, type Facts, openEngine, type Stage} from '../../../src/engine/index.ts';

describe('mountinfo', () => {
  const line = (point: string, tags: string, type = 'tmpfs') => `40 1 0:30 / ${point} rw ${tags}- ${type} source rw`;

  test('points in their order, with what lies on them and how they propagate', () => {
    const text = [line('/', 'shared:1 '), line('/a', 'master:1 '), line('/a', '', 'proc'), line('/b', 'unbindable ')];
    expect(mountFacts(`${text.join('\n')}\n`)).toEqual({
      count: 4n,
      masked: [],
      readonly: [],
      points: ['/', '/a', '/a', '/b'],
      types: ['tmpfs on /', 'tmpfs on /a', 'proc on /a', 'tmpfs on /b'],
      shared: ['/'],
      slave: ['/a'],
      unbindable: ['/b'],
    });
  });

  test('a mount may be shared and a slave at once', () => {
    expect(mountFacts(line('/x', 'shared:26 master:1 '))).toMatchObject({shared: ['/x'], slave: ['/x']});
  });

  test('a space in a name, a mount point called "-", and half a line', () => {
    expect(mountFacts(line('/with\\040space', '')).points).toEqual(['/with space']);
    expect(mountFacts(line('-', 'shared:3 '))).toMatchObject({points: ['-'], shared: ['-']});
    expect(mountFacts('40 1 0:30 / /cut rw sha').count).toBe(0n);
  });
});

describe('live', () => {
  let engine: Engine;
  let stage: Stage;
  const opened: Container[] = [];
  beforeAll(async () => {
    engine = await openEngine();
    stage = await engine.stage();
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.remove();
  });
  afterAll(() => engine.close());

  const sleeper = {process: {args: ['sleep', '100']}};
  async function run(id: string, linux: NonNullable<Container['spec']['linux']>): Promise<Container> {
    const container = await stage.run(id, {...sleeper, linux});
    opened.push(container);
    return container;
  }
  /** Types a command where a process is. */
  const inside = (pid: number, ...command: string[]) =>
    execFileSync('nsenter', ['-t', String(pid), '-m', ...command], {encoding: 'utf8'});
  const mounts = async (who: string) => (await stage.facts(who))!.mounts as Record<string, string[]>;

  test('a mount inside is seen inside, and outside where it is shared', async () => {
    const scratch = `${stage.dir}/mounts-test`;
    const host = stage.keeperPid;
    inside(host, 'mkdir', '-p', scratch);
    inside(host, 'mount', '-t', 'tmpfs', 'x', scratch);
    inside(host, 'mount', '--make-shared', scratch);
    inside(host, 'mkdir', `${scratch}/a`, `${scratch}/b`);
    const quiet = await run('quiet', {namespaces: [{type: 'mount'}]});
    const open = await run('open', {namespaces: [{type: 'mount'}], rootfsPropagation: 'shared'});
    await run('down', {namespaces: [{type: 'mount'}], rootfsPropagation: 'slave'});
    expect((await mounts('host')).shared).toEqual([scratch]);
    expect((await mounts('open')).shared).toContain(scratch);
    expect((await mounts('down')).slave).toContain(scratch);
    inside(quiet.pid, 'mount', '-t', 'tmpfs', 'x', `${scratch}/a`);
    inside(open.pid, 'mount', '-t', 'tmpfs', 'x', `${scratch}/b`);
    expect((await mounts('quiet')).types).toContain(`tmpfs on ${scratch}/a`);
    for (const who of ['host', 'open', 'down']) {
      expect((await mounts(who)).points, who).toContain(`${scratch}/b`);
      expect((await mounts(who)).points, who).not.toContain(`${scratch}/a`);
    }
    expect((await mounts('quiet')).points).not.toContain(`${scratch}/b`);
    inside(host, 'umount', '-R', scratch);
    expect((await mounts('host')).points).not.toContain(scratch);
  });

  test('the same mounts are not parsed twice, changed ones are', async () => {
    const {pid} = await run('box', {namespaces: [{type: 'mount'}]});
    const first = await mounts('box');
    expect(await mounts('box')).toBe(first);
    inside(pid, 'mount', '-t', 'tmpfs', 'x', stage.dir);
    expect((await mounts('box')).points).toHaveLength(first.points!.length + 1);
  });

  test('a container sees the host’s /proc until one of its own PID namespace mounts another, and again when that is gone', async () => {
    const {pid} = await run('box', {namespaces: [{type: 'pid'}, {type: 'mount'}]});
    const own = async (who: string) => ((await stage.facts(who)) as Facts).own_proc;
    expect([await own('host'), await own('box')]).toEqual([true, false]);
    const within = (...command: string[]) => execFileSync('nsenter', ['-t', String(pid), '-m', '-p', ...command]);
    within('mount', '-t', 'proc', 'proc', '/proc');
    expect([await own('host'), await own('box')]).toEqual([true, true]);
    within('umount', '/proc');
    expect([await own('host'), await own('box')]).toEqual([true, false]);
  });

  test('a root that is no mount point has no mounts in it: an answer, and not the absence of one', async () => {
    const bare = `${stage.dir}/bare`;
    inside(stage.keeperPid, 'mkdir', bare);
    const args = ['perl', '-e', 'chroot shift or die; chdir "/"; sleep 100', bare];
    opened.push(await stage.run('bare', {process: {args}}));
    const facts = async () => (await stage.facts('bare')) as Facts;
    await expect.poll(async () => (await facts()).root).toBe(bare);
    expect((await facts()).mounts).toEqual({
      count: 0n,
      masked: [],
      readonly: [],
      points: [],
      types: [],
      shared: [],
      slave: [],
      unbindable: [],
    });
  });

  test('somebody else under the same number is not oneself', () => {
    expect(seesOwnProc(process.pid, 1n, 5n)).toBe(false);
    expect(seesOwnProc(process.pid, undefined, 5n)).toBe(false);
  });
});
