import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {afterEach, expect, test} from 'vitest';
import {EngineError} from '../../../src/engine/errors.ts';
import {createFactReader} from '../../../src/engine/facts/read.ts';
import type {ContainerView, FactContext} from '../../../src/engine/facts-context.ts';

const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});

/** A process in a UTS namespace of its own, that has exec'ed. */
async function process_(): Promise<number> {
  const child = spawn('unshare', ['-u', 'sh', '-c', 'echo up; exec sleep 100'], {stdio: ['ignore', 'pipe', 'inherit']});
  children.push(child);
  await once(child.stdout!, 'data');
  return child.pid!;
}

const spec = {process: {args: ['sleep']}};

/** The kernel is real; who is a container, and whether the keeper answers, is up to the test. */
function context(views: () => ContainerView[], probe: FactContext['probe']): FactContext {
  return {
    enginePid: process.pid,
    stage: {id: 'test', kind: 'private', dir: '/', keeperPid: process.pid},
    containers: views,
    probe,
  };
}

const refuse = (code: string) => async () => {
  throw new EngineError({code, params: {}});
};

test('names that nobody could ask for are absent, the rest stands', async () => {
  const pid = await process_();
  for (const code of ['call.failed', 'keeper.lost']) {
    const read = createFactReader(context(() => [{id: 'box', pid, state: 'running', spec}], refuse(code)));
    const sample = await read.side('box');
    expect(sample).toMatchObject({pid: BigInt(pid)});
    expect(sample).not.toHaveProperty('hostname');
  }
});

test('any other failure is not hidden', async () => {
  const pid = await process_();
  const read = createFactReader(context(() => [{id: 'box', pid, state: 'running', spec}], refuse('internal')));
  await expect(read.side('box')).rejects.toThrow('internal');
});

test('another process under the number of a container is not the container: it is no child of the keeper', async () => {
  const pid = await process_();
  const view = {id: 'box', pid, state: 'running' as const, spec};
  const other = {...view, pid: process.ppid};
  expect(await createFactReader(context(() => [view], refuse('call.failed'))).side('box')).toMatchObject({
    pid: BigInt(pid),
  });
  expect(await createFactReader(context(() => [other], refuse('call.failed'))).side('box')).toBeUndefined();
});

test('a container that has no process has no facts', async () => {
  const pid = await process_();
  for (const view of [
    {pid, state: 'stopped' as const},
    {pid: 0, state: 'creating' as const},
    {pid: -1, state: 'running' as const},
  ]) {
    const read = createFactReader(context(() => [{id: 'box', spec, ...view}], refuse('call.failed')));
    expect(await read.side('box')).toBeUndefined();
  }
});
