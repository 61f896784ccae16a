import {execFileSync} from 'node:child_process';
import {chmodSync, mkdtempSync, readlinkSync, rmSync, writeFileSync} from 'node:fs';
import {hostname, release, tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {
  type Container,
  type ContainerSpec,
  type Engine,
  type Facts,
  type FactType,
  type FactValue,
  factTable,
  type NamespaceType,
  openEngine,
  type Stage,
  shellPath,
} from '../../../src/engine/index.ts';

let engine: Engine;
let stage: Stage;
beforeAll(async () => {
  engine = await openEngine();
  stage = await engine.stage({hostname: 'stage'});
});
afterAll(() => engine.close());

const opened: Container[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.remove();
});

async function run(id: string, types: NamespaceType[], more: Partial<ContainerSpec> = {}): Promise<Container> {
  const namespaces = types.map(type => ({type}));
  const spec: ContainerSpec = {process: {args: ['sleep', '100']}, linux: {namespaces}, ...more};
  const container = await stage.run(id, spec);
  opened.push(container);
  return container;
}

async function facts(who: string): Promise<Facts> {
  const sample = await stage.facts(who);
  expect(sample, who).toBeDefined();
  return sample!;
}

const ns = (sample: Facts) => sample.ns as Record<string, bigint>;
const at = (sample: Facts, path: string) =>
  path.split('.').reduce<FactValue | undefined>((value, name) => (value as Facts | undefined)?.[name], sample);
const inode = (pid: number | 'self', name: string) => BigInt(/\d+/.exec(readlinkSync(`/proc/${pid}/ns/${name}`))![0]);

// A stage has cgroups of its own only where it is asked for (test/engine/cgroup).
const always = factTable.filter(row => !/^(cpu|memory|pids)\.|^cgroup\.(root|groups|pids|frozen)$/.test(row.path));

describe('the table', () => {
  const is: Record<FactType, (value: FactValue) => boolean> = {
    string: value => typeof value === 'string',
    int: value => typeof value === 'bigint',
    bool: value => typeof value === 'boolean',
    'list<string>': value => Array.isArray(value) && value.every(one => typeof one === 'string'),
    'list<int>': value => Array.isArray(value) && value.every(one => typeof one === 'bigint'),
    'map<int>': value => Object.values(value).every(one => typeof one === 'bigint'),
    'map<string>': value => Object.values(value).every(one => typeof one === 'string'),
  };
  const maps = new Set(factTable.filter(row => row.type.startsWith('map')).map(row => row.path));
  const leaves = (value: FactValue, path: string): string[] =>
    typeof value === 'object' && !Array.isArray(value) && !maps.has(path)
      ? Object.entries(value).flatMap(([name, one]) => leaves(one, path ? `${path}.${name}` : name))
      : [path];

  test('is what a sample holds: every row, of its type, and nothing else', async () => {
    await run('box', ['uts', 'pid']);
    for (const who of ['host', 'box']) {
      const sample = await facts(who);
      expect(leaves(sample, '').sort()).toEqual(always.map(row => row.path).sort());
      for (const {path, type} of always) expect(is[type](at(sample, path)!), `${who}.${path}`).toBe(true);
    }
  });
});

describe('namespaces', () => {
  test('a container with one namespace of its own shares the other inodes with the host', async () => {
    const box = await run('box', ['uts']);
    const [host, inside] = [ns(await facts('host')), ns(await facts('box'))];
    for (const name of Object.keys(host)) {
      expect(inside[name], name).toBe(inode(box.pid, name));
      expect(inside[name] === host[name], name).toBe(name !== 'uts');
    }
  });

  test('a container without a UTS namespace is in the host’s, and has its name', async () => {
    await run('box', []);
    const [host, inside] = [await facts('host'), await facts('box')];
    expect(ns(inside).uts).toBe(ns(host).uts);
    expect(inside.hostname).toBe('stage');
    expect(inside.hostname).toBe(host.hostname);
  });

  test('numbers of processes, from the machine and from inside', async () => {
    const box = await run('box', ['pid']);
    const [host, inside] = [await facts('host'), await facts('box')];
    expect(host.pid).toBe(BigInt(stage.keeperPid));
    expect(inside.pid).toBe(BigInt(box.pid));
    expect(inside.ppid).toBe(host.pid);
    expect(inside.nspid).toBe(1n);
    expect(inside.nspids).toEqual([inside.pid, 1n]);
    expect(inside).toMatchObject({comm: 'sleep', kernel: release()});
  });

  test('a user namespace: its map, and names asked in a namespace that it owns', async () => {
    const map = [{containerID: 0, hostID: 100000, size: 65536}];
    await run('box', [], {
      hostname: 'tiger',
      linux: {namespaces: [{type: 'user'}, {type: 'uts'}], uidMappings: map, gidMappings: map},
    });
    const inside = await facts('box');
    expect(inside).toMatchObject({
      uid: 100000n,
      uid_map: '0 100000 65536',
      gid_map: '0 100000 65536',
      hostname: 'tiger',
    });
    expect(ns(inside).user).not.toBe(inode('self', 'user'));
  });
});

/** Without the scheduler's moment: the keeper may be running (R) or asleep (S) while it is looked at. */
const calm = (sample: Facts | undefined) => ({...sample, state: undefined});

describe('names', () => {
  const outside = (pid: number, ...command: string[]) => execFileSync('nsenter', ['-t', String(pid), '-u', ...command]);

  test('a hand from outside renames the container: its facts move, the host’s do not, the machine’s neither', async () => {
    const machine = hostname();
    const box = await run('box', ['uts']);
    const before = await facts('host');
    expect(await facts('box')).toMatchObject({hostname: 'stage'});
    outside(box.pid, 'hostname', 'panda');
    outside(box.pid, 'domainname', 'bamboo');
    expect(await facts('box')).toMatchObject({hostname: 'panda', domainname: 'bamboo'});
    expect(calm(await facts('host'))).toEqual(calm(before));
    expect(hostname()).toBe(machine);
  });

  test('the stage’s own name moves host and whoever shares it', async () => {
    await run('shares', []);
    await run('owns', ['uts']);
    outside(stage.keeperPid, 'hostname', 'renamed');
    expect((await facts('host')).hostname).toBe('renamed');
    expect((await facts('shares')).hostname).toBe('renamed');
    expect((await facts('owns')).hostname).toBe('stage');
    outside(stage.keeperPid, 'hostname', 'stage');
    expect((await facts('host')).hostname).toBe('stage');
  });

  test('a `hostname` that lies, first on everyone’s PATH, changes nothing', async () => {
    const lies = mkdtempSync(join(tmpdir(), 'glassbox-lies-'));
    const path = process.env.PATH;
    try {
      for (const name of ['hostname', 'uname', 'domainname', 'readlink']) {
        writeFileSync(join(lies, name), '#!/bin/sh\necho liar\n');
        chmodSync(join(lies, name), 0o755);
      }
      process.env.PATH = `${lies}:${path}`;
      const env = [`PATH=${lies}:${shellPath}`];
      const box = await run('box', ['uts'], {hostname: 'honest', process: {args: ['sleep', '100'], env}});
      const inside = await box.exec({args: ['hostname'], env});
      let said = '';
      for await (const data of inside.stdout!) said += data;
      await inside.wait();
      expect(said.trim()).toBe('liar');
      expect(await facts('box')).toMatchObject({hostname: 'honest'});
      expect(await facts('host')).toMatchObject({hostname: 'stage'});
    } finally {
      process.env.PATH = path;
      rmSync(lies, {recursive: true});
    }
  });

  test('the keeper comes back from where it asked', async () => {
    await run('box', ['uts']);
    const before = inode(stage.keeperPid, 'uts');
    for (let i = 0; i < 20; i++) await facts('box');
    expect(inode(stage.keeperPid, 'uts')).toBe(before);
  });

  test('on the machine itself, host is the machine', async () => {
    const real = await engine.stage({kind: 'real-host'});
    const sample = await real.facts('host');
    expect(sample).toMatchObject({hostname: hostname(), pid: BigInt(real.keeperPid)});
    expect(ns(sample!).uts).toBe(inode('self', 'uts'));
    await real.close();
  });
});

describe('what is not there', () => {
  test('no such side', async () => {
    expect(await stage.facts('nosuch')).toBeUndefined();
  });

  test('a container that was killed has no facts, not its last ones', async () => {
    const box = await run('box', ['uts']);
    await facts('box');
    box.signal('SIGKILL');
    await box.wait();
    expect(await stage.facts('box')).toBeUndefined();
    await box.remove();
    expect(await stage.facts('box')).toBeUndefined();
  });

  test('a process that ends while it is read gives a whole sample or none', async () => {
    const whole = always.length;
    for (let i = 0; i < 20; i++) {
      // It reads until its input ends, which is somewhere on the way of a sample.
      const box = await run('brief', ['uts'], {process: {args: ['cat'], stdin: true}});
      const pid = BigInt(box.pid);
      let samples = 0;
      for (let sample = await facts('brief'), ending = false; sample; ) {
        samples++;
        expect(sample.pid).toBe(pid);
        expect(always.filter(row => at(sample, row.path) !== undefined)).toHaveLength(whole);
        const next = stage.facts('brief');
        if (!ending) for (let turn = 0; turn < i % 5; turn++) await new Promise(setImmediate);
        if (!ending) box.stdin!.end();
        ending = true;
        const came = await next;
        if (!came) break;
        sample = came;
      }
      expect(samples).toBeGreaterThan(0);
      expect(await stage.facts('brief')).toBeUndefined();
      await box.remove();
    }
  });

  test('a keeper that was killed', async () => {
    const lost = await engine.stage();
    expect(await lost.facts('host')).toBeDefined();
    const gone = new Promise(resolve => lost.onLost(resolve));
    process.kill(lost.keeperPid, 'SIGKILL');
    await gone;
    expect(await lost.facts('host')).toBeUndefined();
    await lost.close();
  });
});
