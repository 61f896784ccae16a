import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {Worker} from 'node:worker_threads';
import {afterEach, expect, test} from 'vitest';
import {readChildren, readMembers} from '../../../src/engine/facts/family.ts';
import {namespaceInode} from '../../../src/engine/facts/proc.ts';
import {type Container, type Engine, type Facts, openEngine} from '../../../src/engine/index.ts';

const children: ChildProcess[] = [];
let engine: Engine | undefined;
afterEach(async () => {
  for (const child of children.splice(0)) {
    process.kill(-child.pid!, 'SIGKILL');
    await once(child, 'exit');
  }
  await engine?.close();
  engine = undefined;
});

/** A shell that says a line, and what it said; it leads the process group that is ended after the test. */
async function shell(script: string): Promise<{pid: number; said: string}> {
  const child = spawn('sh', ['-c', script], {stdio: ['ignore', 'pipe', 'inherit'], detached: true});
  children.push(child);
  const [said] = await once(child.stdout!, 'data');
  return {pid: child.pid!, said: String(said).trim()};
}

test('children are those that live: a zombie is none', async () => {
  const {pid, said} = await shell('sleep 100 & a=$!; sleep 100 & z=$!; echo $a $z; exec sleep 100');
  const [living, zombie] = said.split(' ').map(Number) as [number, number];
  // The shell might reap it; what it becomes won't.
  while (readFileSync(`/proc/${pid}/comm`, 'utf8') !== 'sleep\n') {}
  process.kill(zombie, 'SIGKILL');
  while (!/^State:\s+Z/m.test(execFileSync('cat', [`/proc/${zombie}/status`], {encoding: 'utf8'}))) {}
  expect(readChildren(pid)).toEqual([BigInt(living)]);
});

test('children of another thread are the process’s too', async () => {
  const script = `
    const {spawn} = require('node:child_process');
    const child = spawn('sleep', ['100'], {stdio: 'ignore'});
    require('node:worker_threads').parentPort.postMessage(child.pid);`;
  const worker = new Worker(script, {eval: true});
  const [pid] = (await once(worker, 'message')) as [number];
  try {
    expect(readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').split(' ')).not.toContain(
      `${pid}`,
    );
    expect(readChildren(process.pid)).toContain(BigInt(pid));
  } finally {
    process.kill(pid, 'SIGKILL');
    await worker.terminate();
  }
});

test('a process that is gone has no children, and none of its own namespace', () => {
  expect(readChildren(4194305)).toBeUndefined();
  expect(readMembers(4194305, 1n)).toEqual([]);
});

test('members are below the ancestor and in the namespace', async () => {
  const {pid, said} = await shell('sleep 100 & echo $!; wait');
  const inode = namespaceInode(pid, 'pid')!;
  expect(readMembers(pid, inode)).toEqual([BigInt(pid), BigInt(said)]);
  expect(readMembers(pid, inode + 1n)).toEqual([]);
});

test('a container with a PID namespace: what entered is a member, orphans are its children, the host has none of them', async () => {
  engine = await openEngine();
  const stage = await engine.stage();
  const args = ['sh', '-c', '(sleep 100 &); echo; exec sleep 100'];
  const spec = {process: {args}, linux: {namespaces: [{type: 'pid'} as const]}};
  const box: Container = await stage.run('box', spec);
  await once(box.stdout!, 'data');
  const entered = await box.exec({args: ['sleep', '100']});
  const sample = async (who: string) => (await stage.facts(who)) as Facts & Record<string, bigint[]>;
  const facts = await sample('box');
  const [orphan] = facts.children!;
  expect(facts.children).toHaveLength(1);
  expect(facts.processes).toEqual([BigInt(box.pid), orphan!, BigInt(entered.pid)].sort((a, b) => (a < b ? -1 : 1)));
  const host = await sample('host');
  expect(host.processes).toContain(BigInt(stage.keeperPid));
  for (const one of facts.processes!) expect(host.processes).not.toContain(one);
  expect(host.children).toEqual(expect.arrayContaining([BigInt(box.pid), BigInt(entered.pid)]));
});

test('what signals do to a process can be read: stopped, and continued', async () => {
  engine = await openEngine();
  const stage = await engine.stage();
  const box = await stage.run('box', {
    process: {args: ['sh', '-c', "trap '' HUP; trap : USR1; echo; sleep 100"]},
    linux: {namespaces: []},
  });
  await once(box.stdout!, 'data');
  const facts = (await stage.facts('box'))!;
  expect((facts.signals as Facts).ignored).toContain('SIGHUP');
  expect((facts.signals as Facts).caught).toContain('SIGUSR1');
  expect(facts.state).not.toBe('T');
  box.signal('SIGSTOP');
  const state = async () => (await stage.facts('box'))!.state;
  while ((await state()) !== 'T') {}
  box.signal('SIGCONT');
  while ((await state()) === 'T') {}
});
