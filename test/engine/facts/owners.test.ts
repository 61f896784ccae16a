import {execFileSync} from 'node:child_process';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {idInside, parseMap} from '../../../src/engine/facts/owners.ts';
import {type Container, type Engine, type IdMapping, openEngine, type Stage} from '../../../src/engine/index.ts';

test('an id of the machine, through a map of several lines', () => {
  const map = parseMap('         0       1000          1\n         1     100000      65536\n');
  expect(map).toHaveLength(2);
  const inside = (id: number) => idInside(map, id, 65534);
  expect([1000, 1001, 99999, 100000, 165535, 165536, 0].map(inside)).toEqual([0, 65534, 65534, 1, 65536, 65534, 65534]);
  expect(idInside(parseMap(''), 0, 65534)).toBe(65534);
  expect(idInside(parseMap('0 0 4294967295'), 4294967294, 65534)).toBe(4294967294);
});

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

async function run(id: string, map?: IdMapping[]): Promise<number> {
  const linux = {namespaces: [{type: 'user' as const}], ...(map ? {uidMappings: map, gidMappings: map} : {})};
  const container = await stage.run(id, {process: {args: ['sleep', '100']}, linux});
  opened.push(container);
  return container.pid;
}

test('ids and owners are what `id` and `stat` print to a process, on each side', async () => {
  const file = `${stage.dir}/mine`;
  execFileSync('nsenter', [
    '-t',
    String(stage.keeperPid),
    '-m',
    'sh',
    '-c',
    `touch ${file} && chown 100033:100044 ${file}`,
  ]);
  const pids = {
    host: stage.keeperPid,
    range: await run('range', [{containerID: 0, hostID: 100000, size: 65536}]),
    notes: await run('notes', [{containerID: 2333, hostID: 0, size: 1}]),
    nobody: await run('nobody'),
  };
  const expected = {host: '100033:100044', range: '33:44', notes: '65534:65534', nobody: '65534:65534'};
  for (const [who, pid] of Object.entries(pids)) {
    const sample = (await stage.facts(who))!;
    const enter = ['-t', String(pid), '-m', ...(who === 'host' ? [] : ['-U', '--preserve-credentials'])];
    const said = execFileSync('nsenter', [...enter, 'sh', '-c', `id -u; id -g; stat -c %u:%g ${file}`], {
      encoding: 'utf8',
    });
    const [uid, gid, owner] = said.trim().split('\n');
    expect((sample.folder as {owner: Record<string, string>}).owner.mine, who).toBe(owner);
    expect(owner, who).toBe(expected[who as keyof typeof expected]);
    if (who === 'range') expect([sample.nsuid, sample.nsgid]).toEqual([0n, 0n]);
    else expect([sample.nsuid, sample.nsgid], who).toEqual([BigInt(uid!), BigInt(gid!)]);
  }
});
