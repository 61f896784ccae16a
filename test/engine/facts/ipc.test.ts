import {execFileSync} from 'node:child_process';
import {readlinkSync} from 'node:fs';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {parseNames, parseTable} from '../../../src/engine/facts/ipc.ts';
import {type Container, type Engine, type Facts, openEngine, type Stage} from '../../../src/engine/index.ts';

let engine: Engine;
let stage: Stage;
beforeAll(async () => {
  engine = await openEngine();
  stage = await engine.stage();
});
afterAll(() => engine.close());

const opened: Container[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.remove();
});

async function box(): Promise<Container> {
  const spec = {process: {args: ['sleep', '100']}, linux: {namespaces: [{type: 'ipc'} as const]}};
  const container = await stage.run('box', spec);
  opened.push(container);
  return container;
}

const held = async (who: string) => (await stage.facts(who))!.ipc as Facts;
const inside = (pid: number, ...command: string[]) =>
  execFileSync('nsenter', ['-t', `${pid}`, '-i', ...command], {encoding: 'utf8'});
/** Makes a POSIX queue the way mq_open(3) does, from a mount that dies with its own mount namespace. */
const mqueue = (pid: number, name: string) =>
  inside(pid, 'unshare', '-m', 'sh', '-c', `mount -t mqueue none /mnt && : > /mnt/${name}`);

test('a queue, a segment and a semaphore set are facts of the namespace they were made in, and of no other', async () => {
  const {pid} = await box();
  inside(pid, 'ipcmk', '-Q');
  inside(pid, 'ipcmk', '-Q');
  inside(pid, 'ipcmk', '-S', '3');
  inside(stage.keeperPid, 'ipcmk', '-M', '4096');
  mqueue(pid, 'letter');
  expect(await held('box')).toEqual({queues: [0n, 1n], segments: [], semaphores: [0n], mqueues: ['letter']});
  expect(await held('host')).toEqual({queues: [], segments: [0n], semaphores: [], mqueues: []});
  inside(pid, 'ipcrm', '-q', '0');
  expect((await held('box')).queues).toEqual([1n]);
});

test('after a look inside, the keeper is back in its own namespace', async () => {
  const own = readlinkSync(`/proc/${stage.keeperPid}/ns/ipc`);
  const {pid} = await box();
  expect(readlinkSync(`/proc/${pid}/ns/ipc`)).not.toBe(own);
  await held('box');
  expect(readlinkSync(`/proc/${stage.keeperPid}/ns/ipc`)).toBe(own);
});

test('a look leaves no mount behind', async () => {
  const {pid} = await box();
  const mounts = () => execFileSync('grep', ['-c', '', `/proc/${pid}/mountinfo`], {encoding: 'utf8'});
  const before = mounts();
  for (let i = 0; i < 5; i++) await held('box');
  expect(mounts()).toBe(before);
});

test('more objects than one look reads are no list at all, the others stay', async () => {
  const {pid} = await box();
  inside(pid, 'sh', '-c', 'i=0; while [ $i -lt 90 ]; do ipcmk -Q; i=$((i+1)); done');
  const facts = await held('box');
  expect(facts).not.toHaveProperty('queues');
  expect(facts).toMatchObject({segments: [], semaphores: []});
});

test('forty objects take two reads and are all there', async () => {
  const {pid} = await box();
  inside(pid, 'sh', '-c', 'i=0; while [ $i -lt 40 ]; do ipcmk -Q; i=$((i+1)); done');
  expect((await held('box')).queues).toHaveLength(40);
});

test('a table without its column, or cut at the end of what was read, gives nothing', () => {
  const head = '       key      msqid perms\n';
  expect(parseTable([`${head}         0         12   644\n         0          3   644\n`, ''], 'msqid')).toEqual([
    3n,
    12n,
  ]);
  expect(parseTable([head, ''], 'msqid')).toEqual([]);
  expect(parseTable([head, ''], 'shmid')).toBeUndefined();
  expect(parseTable(['', ''], 'msqid')).toBeUndefined();
  expect(parseTable([head.padEnd(4000), 'x'.repeat(4000)], 'msqid')).toBeUndefined();
});

test('entries of a directory, without itself and its parent', () => {
  const entry = (name: string) => {
    const bytes = Buffer.alloc(24 + 8 * Math.ceil((name.length + 1 - 5) / 8));
    bytes.writeUInt16LE(bytes.length, 16);
    bytes.write(name, 19);
    return bytes;
  };
  expect(parseNames(Buffer.concat(['..', 'zebra', '.', 'a-long-name-of-a-queue'].map(entry)))).toEqual([
    'a-long-name-of-a-queue',
    'zebra',
  ]);
  expect(parseNames(Buffer.alloc(0))).toEqual([]);
});
