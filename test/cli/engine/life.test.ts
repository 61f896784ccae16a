/** Containers in the background: found by name, entered, looked into, changed, ended, removed. */
import {spawnSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {leftovers, running, uniqueSeconds} from '../../engine/support.ts';
import {launcher} from '../../support/glassbox.ts';
import {engine, until} from './support.ts';

interface Row {
  name: string;
  id: string;
  state: string;
  pid: number;
  exitStatus: number | null;
}

const rows = (e: ReturnType<typeof engine>, ...options: string[]): Row[] =>
  JSON.parse(e(['ps', '--json', ...options]).stdout) as Row[];

/** What a process has read so far: rchar of proc_pid_io(5). */
const takenBy = (pid: number): number =>
  Number(/^rchar: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1] ?? 0);

describe('a container in the background', () => {
  test('from its start to its removal', async () => {
    const e = engine();
    const seconds = uniqueSeconds();
    const begun = e(['run', '-d', '--name', 'one', 'sh', '-c', `echo out; echo err >&2; exec sleep ${seconds}`]);
    expect([begun.status, begun.stdout, begun.stderr]).toEqual([0, expect.stringMatching(/^[0-9a-f]{12}\n$/), '']);
    const id = begun.stdout.trim();
    expect(rows(e)).toMatchObject([{name: 'one', id, state: 'running'}]);
    expect(e(['ps']).stdout).toMatch(new RegExp(`^${id} +one +running +\\d+ `, 'm'));
    expect(e(['ps', '--lang', 'zh']).stdout).toMatch(/名称.*\n.*运行中/);

    const known = e.inspect(id.slice(0, 4));
    expect(known.state).toMatchObject({status: 'running', pid: rows(e)[0]!.pid});
    expect(known.spec).toMatchObject({hostname: id, process: {args: ['sh', '-c', expect.stringContaining(seconds)]}});
    expect(known.journal.map(({call}) => call)).toEqual(expect.arrayContaining(['clone3', 'sethostname', 'execve']));
    expect(known.mounts.some(({destination, type}) => destination === '/proc' && type === 'proc')).toBe(true);
    expect(Object.values(known.cgroup.paths)).toContainEqual(expect.stringContaining(id));
    expect(known.cgroup.statistics.pids).toMatchObject({current: 1});
    await until('its output', () => e(['logs', 'one']).stdout === 'out\nerr\n');

    // Only this user may reach it.
    const place = path.join(e.place, 'glassbox-engine');
    expect(statSync(place).mode & 0o777).toBe(0o700);
    for (const file of e.files()) expect(statSync(path.join(place, file)).mode & 0o077).toBe(0);

    const held = e(['rm', 'one']);
    expect([held.status, held.stderr]).toEqual([1, expect.stringContaining('--force')]);
    expect(e(['kill', 'one']).stdout).toBe('one\n');
    expect(e(['wait', 'one']).stdout).toBe('137\n');
    expect(rows(e)).toEqual([]);
    expect(rows(e, '-a')).toMatchObject([{name: 'one', state: 'ended', pid: 0, exitStatus: 137}]);
    expect(e.inspect('one')).toMatchObject({state: {status: 'ended', signal: 'SIGKILL', lost: false}});
    expect(e(['logs', 'one']).stdout).toBe('out\nerr\n');
    expect(running(seconds)).toEqual([]);
    expect(leftovers(known.stage.id)).toEqual([]);
    const again = e(['exec', 'one', 'true']);
    expect([again.status, again.stderr]).toEqual([125, expect.stringContaining('ended')]);
    expect(e(['rm', 'one']).status).toBe(0);
    expect(existsSync(place)).toBe(false);
  });

  test('a specification of any size reaches its supervisor as it is', () => {
    const e = engine();
    // Characters of three bytes: wherever the job is cut into parts, one of the two is cut inside a character.
    for (const name of ['X', 'XX']) {
      const variable = `${name}=${'名'.repeat(40_000)}`;
      expect(e(['run', '-d', '--name', name, '-e', variable, 'sleep', '1000']).status).toBe(0);
      expect(e.inspect(name).spec.process.env.includes(variable)).toBe(true);
    }
  });

  test('a further process: its streams, status, user, folder, environment', () => {
    const e = engine();
    e(['run', '-d', '--name', 'box', '-e', 'OUTER=1', 'sleep', '1000']);
    const ran = e([
      'exec',
      '-u',
      '1000',
      '-w',
      '/tmp',
      '-e',
      'A=2',
      'box',
      'sh',
      '-c',
      'id -u; pwd; echo $A$OUTER; echo e >&2; exit 9',
    ]);
    expect(ran).toEqual({status: 9, stdout: '1000\n/tmp\n2\n', stderr: 'e\n'});
    expect(e(['exec', 'box', 'nothing-such']).status).toBe(127);
    expect(e(['exec', 'box', 'sh', '-c', 'kill -9 $$']).status).toBe(137);
    expect(e(['exec', 'box']).status).toBe(125);
    expect(e(['exec', 'nobody', 'true']).status).toBe(125);
    expect(e(['exec', '-it', 'box', 'sh']).stderr).toContain('--tty');
  });

  test('much through a further process, both ways; many of them leave no descriptor open', async () => {
    const e = engine();
    e(['run', '-d', '--name', 'box', 'sleep', '1000']);
    const started = e.start(
      ['exec', '-i', 'box', 'sh', '-c', 'head -c 3000000 | sha256sum; head -c 2000000 /dev/zero'],
      'pipe',
    );
    started.child.stdin?.end(Buffer.alloc(3_000_000, 'y'));
    const {stdout} = await started.ended;
    expect(stdout.length).toBe(2_000_000 + 68);
    const {pid} = e.inspect('box').supervisor;
    const open = (): number => readdirSync(`/proc/${pid}/fd`).length;
    for (let i = 0; i < 2; i++) e(['exec', 'box', 'true']);
    const before = open();
    for (let i = 0; i < 8; i++) e(['exec', 'box', 'true']);
    await until('as many descriptors as before', () => open() <= before);
  });

  test('a reader that leaves ends a further process as it would end any', () => {
    const e = engine();
    e(['run', '-d', '--name', 'box', 'sleep', '1000']);
    const line = `{ ${launcher} engine exec box yes; echo $? >&2; } | head -n 1`;
    const ran = spawnSync('sh', ['-c', line], {env: {PATH: process.env.PATH, ...e.env}, encoding: 'utf8'});
    expect([ran.stdout, ran.stderr]).toEqual(['y\n', '141\n']);
  });

  test('input that nobody takes keeps neither signals nor ends from being heard', async () => {
    const e = engine();
    e(['run', '-d', '--name', 'box', 'sleep', '1000']);
    const line = `${launcher} engine exec -i box head -c 3 </dev/zero | wc -c`;
    const env = {PATH: process.env.PATH, ...e.env};
    expect(spawnSync('sh', ['-c', line], {env, encoding: 'utf8', timeout: 30_000}).stdout).toBe('3\n');
    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      const seconds = uniqueSeconds();
      const started = e.start(['exec', '-i', 'box', 'sh', '-c', `echo ready; exec sleep ${seconds}`], 'pipe');
      await started.said('ready');
      await until('it runs', () => running(seconds).length > 0);
      started.child.stdin?.on('error', () => {});
      // Much more than what is on the way may hold.
      const before = takenBy(started.child.pid!);
      started.child.stdin?.write(Buffer.alloc(32 << 20));
      await until('it is full', () => takenBy(started.child.pid!) - before > 200 << 10);
      started.child.kill(signal);
      await until(`it has gone: ${signal}`, () => running(seconds).length === 0);
    }
  });

  test('a killed client takes its process with it', async () => {
    const e = engine();
    const seconds = uniqueSeconds();
    e(['run', '-d', '--name', 'box', 'sleep', '1000']);
    const started = e.start(['exec', 'box', 'sh', '-c', `echo ready; exec sleep ${seconds}`]);
    await started.said('ready');
    started.child.kill('SIGKILL');
    await until('it is gone', () => running(seconds).length === 0);
    expect(rows(e)).toMatchObject([{state: 'running'}]);
  });

  test('limits, their change, and what was used', () => {
    const e = engine();
    e(['run', '-d', '--name', 'box', '-m', '64m', '--cpus', '0.5', '--pids-limit', '20', 'sleep', '1000']);
    const counts = () => e.inspect('box').cgroup.statistics;
    expect(counts()).toMatchObject({memory: {limit: 64 << 20}, cpu: {quota: 50_000}, pids: {limit: 20}});
    expect(e(['update', '-m', '32m', '--cpus', '1', 'box']).status).toBe(0);
    expect(counts()).toMatchObject({memory: {limit: 32 << 20}, cpu: {quota: 100_000}, pids: {limit: 20}});
    expect(e(['stats', 'box']).stdout).toMatch(/^box .* 32\.0 MiB +1\/20$/m);
    expect(e(['stats', '--no-stream', 'box'])).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^box /m),
      stderr: '',
    });
    expect(JSON.parse(e(['stats', '--json']).stdout)).toMatchObject([{name: 'box', pids: {current: 1}}]);
    expect(e(['update', 'box']).status).toBe(2);
    expect(e(['update', '-m', 'x', 'box']).status).toBe(2);
  });

  test('one without a group does not keep the others from being counted', () => {
    const e = engine();
    const config = {ociVersion: '1.2.0', process: {args: ['sleep', '1000'], env: ['PATH=/bin'], cwd: '/'}};
    writeFileSync(path.join(e.place, 'config.json'), JSON.stringify(config));
    e(['run', '-d', '--name', 'box', 'sleep', '1000']);
    expect(e(['run', '-d', '--name', 'bare', '--bundle', e.place]).status).toBe(0);
    const {status, stdout, stderr} = e(['stats', '--json']);
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({name: 'box', pids: expect.anything()}),
      {name: 'bare'},
    ]);
    expect(e(['stats']).stdout).toMatch(/^bare +- +- +- +- +-$/m);
    expect(e(['stats', 'bare']).status).toBe(1);
  });

  test('frozen and thawed', () => {
    const e = engine();
    e(['run', '-d', '--name', 'box', 'sleep', '1000']);
    expect(e(['pause', 'box']).status).toBe(0);
    expect(rows(e)).toMatchObject([{state: 'paused'}]);
    expect(e(['pause', 'box']).stderr).toContain('paused');
    expect(e(['exec', 'box', 'true']).status).toBe(125);
    expect(e(['exec', '--lang', 'zh', 'box', 'true']).stderr).toBe(
      "glassbox: 容器 'box' 已暂停，需要的状态是：运行中。\n",
    );
    expect(e(['unpause', 'box']).status).toBe(0);
    expect(e(['exec', 'box', 'true']).status).toBe(0);
    expect(e(['unpause', 'box']).status).toBe(1);
    e(['pause', 'box']);
    expect(e(['kill', 'box']).status).toBe(0);
    expect(e(['wait', 'box']).stdout).toBe('137\n');
  });

  test('signals by name and number; several names, of which one is none', () => {
    const e = engine();
    const script = 'trap "exit 4" USR1; while :; do sleep 0.1; done';
    for (const name of ['a', 'b']) e(['run', '-d', '--name', name, 'sh', '-c', script]);
    expect(e(['kill', '-s', 'NOPE', 'a']).status).toBe(2);
    const {status, stdout, stderr} = e(['kill', '-s', 'USR1', 'a', 'nobody', 'b']);
    expect([status, stdout, stderr]).toEqual([1, 'a\nb\n', expect.stringContaining("'nobody'")]);
    const waited = e(['wait', 'a', 'nobody', 'b']);
    expect(waited).toMatchObject({status: 1, stdout: '4\n4\n', stderr: expect.stringContaining("'nobody'")});
  });
});

describe('names', () => {
  test('two at once: one of them is refused', async () => {
    const e = engine();
    const both = [1, 2, 3].map(() => e.start(['run', '-d', '--name', 'same', 'sleep', '1000']));
    const ran = await Promise.all(both.map(({ended}) => ended));
    expect(ran.map(({status}) => status).sort()).toEqual([0, 125, 125]);
    for (const {status, stderr} of ran) if (status !== 0) expect(stderr).toContain("'same' is in use");
    expect(rows(e, '-a').length).toBe(1);
    const zh = e(['run', '--lang', 'zh', '--name', 'same', 'true']);
    expect([zh.status, zh.stderr]).toEqual([125, expect.stringContaining("名称 'same' 已被容器")]);
  });

  test('one that has ended keeps its name until it is removed', () => {
    const e = engine();
    expect(e(['run', '--name', 'x', 'sh', '-c', 'exit 3']).status).toBe(3);
    expect(e(['run', '--name', 'x', 'true']).status).toBe(125);
    expect(e(['rm', 'x']).status).toBe(0);
    expect(e(['run', '--rm', '--name', 'x', 'true']).status).toBe(0);
  });

  test('none', () => {
    const e = engine();
    expect(e(['ps', '-a', '--json']).stdout).toBe('[]\n');
    for (const verb of ['inspect', 'kill', 'rm', 'logs', 'wait', 'pause', 'stats']) {
      const {status, stderr} = e([verb, 'nobody']);
      expect([verb, status, stderr]).toEqual([verb, 1, expect.stringContaining("'nobody'")]);
    }
  });
});
