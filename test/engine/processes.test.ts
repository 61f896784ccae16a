import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {namespaceInode} from '../../src/engine/facts/proc.ts';
import type {ContainerSpec, NamespaceType, Process, ProcessRow} from '../../src/engine/index.ts';
import {createProcessReader} from '../../src/engine/processes.ts';
import {openStage, running, type Stage, uniqueSeconds, until} from './support.ts';

const sh = (script: string, types: NamespaceType[] = []): ContainerSpec => ({
  process: {args: ['sh', '-c', script]},
  linux: {namespaces: types.map(type => ({type}))},
});

/** A process that has said a line: what stands before that in its script has happened. */
async function up<P extends Process>(starting: Promise<P>): Promise<P> {
  const process = await starting;
  await once(process.stdout!, 'data');
  return process;
}

const rowOf = (rows: readonly ProcessRow[], seconds: string): ProcessRow | undefined =>
  rows.find(row => row.command === `sleep ${seconds}`);

/** Waits until a `sleep` runs that was started with this number: nothing between fork and execve is met then. */
async function asleep(seconds: string): Promise<number> {
  await until(`sleep ${seconds}`, () => running(seconds).some(pid => comm(pid) === 'sleep'));
  return running(seconds).find(pid => comm(pid) === 'sleep')!;
}

function comm(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}

test('the keeper alone, then both sides: whose each is, its numbers, its namespace, a parent before its children', async () => {
  const stage = await openStage();
  const [alone, ...none] = await stage.processes();
  expect(alone).toMatchObject({pid: stage.keeperPid, side: 'keeper', nspids: [stage.keeperPid]});
  expect(none).toEqual([]);

  const [ours, theirs] = [uniqueSeconds(), uniqueSeconds()];
  const host = await up(stage.spawn('shell', {args: ['sh', '-c', `sleep ${ours} & echo; wait`]}));
  const box = await up(stage.run('box', sh(`sleep ${theirs} & echo; wait`, ['pid', 'mount'])));
  const [hostSleep, boxSleep] = [await asleep(ours), await asleep(theirs)];
  const rows = await stage.processes();
  const {pid, side} = Object.fromEntries(['pid', 'side'].map(key => [key, rows.map(row => row[key as 'pid'])]));
  expect(pid).toEqual([stage.keeperPid, host.pid, hostSleep, box.pid, boxSleep]);
  expect(side).toEqual(['keeper', 'host', 'host', 'box', 'box']);
  const last = rows.at(-1)!;
  expect(last).toMatchObject({
    ppid: box.pid,
    comm: 'sleep',
    command: `sleep ${theirs}`,
    nspids: [boxSleep, 2],
    pidns: namespaceInode(box.pid, 'pid'),
  });
  expect(last.state).toMatch(/^[RSD]$/);
  expect(rows[2]!.pidns).toBe(namespaceInode('self', 'pid'));
  expect(rows[2]!.nspids).toEqual([hostSleep]);
});

test('a daemon of a container without a PID namespace of its own stays the container’s, beside another container', async () => {
  const stage = await openStage();
  const [first, second] = [uniqueSeconds(), uniqueSeconds()];
  const daemon = (seconds: string) => `(setsid sleep ${seconds} &); echo; exec sleep 1000`;
  await up(stage.run('one', sh(daemon(first), ['uts'])));
  await up(stage.run('two', sh(daemon(second), ['uts'])));
  await up(stage.spawn('shell', {args: ['sh', '-c', `(setsid sleep ${uniqueSeconds()} &); echo; exec sleep 1000`]}));
  await asleep(first);
  await asleep(second);
  const rows = await stage.processes();
  for (const [seconds, side] of [
    [first, 'one'],
    [second, 'two'],
  ] as const) {
    expect(rowOf(rows, seconds)).toMatchObject({ppid: stage.keeperPid, side});
  }
  expect(rows.filter(row => row.side === 'host')).toHaveLength(2);
});

test('what was seen below a container stays its own, where the kernel could not tell it from the host’s', async () => {
  const stage = await openStage();
  const seconds = uniqueSeconds();
  const box = await up(stage.run('box', sh(`sleep ${seconds} & echo; wait`)));
  const pid = await asleep(seconds);
  expect(rowOf(await stage.processes(), seconds)).toMatchObject({ppid: box.pid, side: 'box'});
  box.signal('SIGKILL');
  await box.wait();
  const orphan = (await stage.processes()).find(row => row.pid === pid);
  expect(orphan).toMatchObject({ppid: stage.keeperPid, side: 'box'});
});

test('what entered a container is the container’s, with all that it starts', async () => {
  const stage = await openStage();
  const seconds = uniqueSeconds();
  const box = await stage.run('box', {process: {args: ['sleep', '1000']}, linux: {namespaces: [{type: 'pid'}]}});
  const inside = await up(box.exec({args: ['sh', '-c', `sleep ${seconds} & echo; wait`]}));
  await asleep(seconds);
  expect(rowOf(await stage.processes(), seconds)).toMatchObject({ppid: inside.pid, side: 'box'});
});

test('one that has ended and was not waited for is a zombie; afterwards it is gone', async () => {
  const stage = await openStage();
  const box = await up(stage.run('box', sh('sleep 0 & echo $!; exec sleep 1000', ['uts'])));
  await until('a zombie', () => {
    const children = readFileSync(`/proc/${box.pid}/task/${box.pid}/children`, 'utf8').trim();
    return comm(box.pid) === 'sleep' && / Z /.test(readFileSync(`/proc/${children}/stat`, 'utf8'));
  });
  const zombie = (await stage.processes()).at(-1);
  expect(zombie).toMatchObject({ppid: box.pid, state: 'Z', side: 'box', command: ''});
  await box.remove();
  expect((await stage.processes()).map(row => row.side)).toEqual(['keeper']);
});

test('the command line is cut, and one that changed is read again', async () => {
  const stage = await openStage();
  const long = 'x'.repeat(300);
  const args = ['sh', '-c', 'echo; read line; exec sleep 1000', long];
  const host = await stage.spawn('shell', {args, terminal: true});
  expect((await stage.processes()).at(-1)!.command).toHaveLength(200);
  host.terminal!.write('\n');
  await until('exec', () => comm(host.pid) === 'sleep');
  expect((await stage.processes()).at(-1)).toMatchObject({pid: host.pid, command: 'sleep 1000'});
});

test('a process in the making is left out until it is known whose it is', () => {
  let making = true;
  let mine: number[] = [];
  const reader = () =>
    createProcessReader({
      keeperPid: process.ppid,
      containers: () => [{id: 'box', pids: () => mine, claims: () => false}],
      hostPids: () => [],
      making: () => making,
    });
  const sideOfThis = (rows: ProcessRow[]) => rows.find(row => row.pid === process.pid)?.side;
  const read = reader();
  expect(sideOfThis(read())).toBeUndefined();
  mine = [process.pid];
  expect(sideOfThis(read())).toBe('box');
  mine = [];
  expect(sideOfThis(read())).toBe('box');
  making = false;
  expect(sideOfThis(reader()())).toBe('host');
});

test('a stage that is closed has none', async () => {
  const stage: Stage = await openStage();
  await stage.close();
  expect(await stage.processes()).toEqual([]);
});
