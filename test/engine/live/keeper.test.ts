import {execFile} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';
import {describe, expect, it, onTestFinished} from 'vitest';
import {Keeper} from '../../../src/engine/keeper.ts';
import {encode} from '../../../src/engine/plan/encode.ts';
import {callFailed} from '../../../src/engine/plan/failure.ts';
import {openStage, output, until} from '../support.ts';

const run = promisify(execFile);

async function start(): Promise<Keeper> {
  const keeper = await Keeper.start();
  onTestFinished(() => keeper.quit());
  return keeper;
}

const pid = encode({main: [{call: 'getpid', args: [], purpose: 'test', as: 'pid'}]});

describe('the keeper', () => {
  it('answers by tag, however many ask at once', async () => {
    const keeper = await start();
    const answers = await Promise.all(Array.from({length: 500}, () => keeper.run(pid)));
    expect(new Set(answers.map(({answer}) => answer.records.readBigInt64LE(16)))).toEqual(
      new Set([BigInt(keeper.pid)]),
    );
  });

  it('takes as much as its socket does not hold: large plans, many of them', async () => {
    const keeper = await start();
    const big = encode({
      buffers: {big: {bytes: Buffer.alloc(60_000, 'x')}},
      main: [{call: 'getpid', args: [], purpose: 'test'}],
      out: ['big'],
    });
    const answers = await Promise.all(Array.from({length: 60}, () => keeper.run(big)));
    expect(answers.every(({answer}) => answer.out.equals(Buffer.alloc(60_000, 'x')))).toBe(true);
  });

  it('refuses what is no plan, and says where it stopped', async () => {
    const keeper = await start();
    const blob = Buffer.from(pid.blob);
    blob[0]! ^= 1;
    await expect(keeper.run({...pid, blob})).rejects.toMatchObject({
      code: 'plan.refused',
      params: {errno: 'EINVAL', offset: 0},
    });
    expect(callFailed((await keeper.run(pid)).answer)).toBeUndefined();
  });

  it('hands descriptors over in both directions', async () => {
    const stage = await openStage();
    const container = await stage.run('box', {
      process: {args: ['sleep', '1000']},
      linux: {namespaces: [{type: 'uts'}]},
    });
    expect(await output(await container.exec({args: ['echo', 'through']}))).toBe('through\n');
  });

  it('tells who has no room for more descriptors, leaves nothing running, and answers what was asked besides', async () => {
    const script = path.join(import.meta.dirname, 'full.ts');
    const {stdout} = await run('prlimit', ['--nofile=200:200', process.execPath, script]);
    expect(JSON.parse(stdout)).toEqual({
      codes: ['keeper.descriptors', 'ran', 'ran'],
      fds: ['stdout', 'stderr', 'pidfd'],
    });
  });

  it('runs undo plans by key, newest first, and forgets what is dropped', async () => {
    const keeper = await start();
    const dir = mkdtempSync('/tmp/glassbox-undo-');
    onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
    mkdirSync(`${dir}/a/b`, {recursive: true});
    const remove = (path: string) => encode({main: [{call: 'unlinkat', args: [-100, path, 0x200], purpose: 'test'}]});
    await keeper.pushUndo(7, 1, remove(`${dir}/a`));
    await keeper.pushUndo(7, 1, remove(`${dir}/a/b`));
    await keeper.pushUndo(8, 1, remove(dir));
    await keeper.runUndo(7);
    expect(existsSync(`${dir}/a`)).toBe(false);
    expect(await keeper.dropUndo(8)).toBe(1);
    expect(await keeper.dropUndo(8)).toBe(0);
    await keeper.quit();
    expect(existsSync(dir)).toBe(true);
  });
});

describe('a keeper that is killed', () => {
  it('is told once; who waited for a process learns that it was killed; who asks later is refused', async () => {
    const stage = await openStage();
    const lost: string[] = [];
    stage.onLost(why => lost.push(why.code));
    const container = await stage.run('box', {
      process: {args: ['sleep', '1000'], terminal: true},
      linux: {namespaces: [{type: 'pid'}]},
    });
    const ended = new Promise<void>(resolve => container.terminal!.onEnd(resolve));
    const waiting = container.wait();
    process.kill(stage.keeperPid, 'SIGKILL');
    expect(await waiting).toMatchObject({signal: 'SIGKILL'});
    await ended;
    await until('the loss to be told', () => lost.length > 0);
    await expect(stage.run('again', {process: {args: ['true']}})).rejects.toMatchObject({code: 'keeper.lost'});
    await expect(container.exec({args: ['true']})).rejects.toMatchObject({code: 'container.state'});
    await container.remove();
    await stage.close();
    await stage.close();
    expect(lost).toEqual(['keeper.lost']);
  });

  it('while plans are under way: each is answered or refused, none is forgotten', async () => {
    const stage = await openStage();
    const attempts = Array.from({length: 30}, (_, i) =>
      stage.run(`box${i}`, {
        process: {args: ['sleep', '1000']},
        linux: {namespaces: [{type: 'uts'}, {type: 'network'}]},
      }),
    );
    await attempts[0];
    process.kill(stage.keeperPid, 'SIGKILL');
    const settled = await Promise.allSettled(attempts);
    const codes = settled.map(s => (s.status === 'fulfilled' ? 'made' : s.reason.code));
    expect(new Set(codes)).toEqual(new Set(['made', 'keeper.lost']));
  });

  it('by a polite signal sweeps and goes', async () => {
    const stage = await openStage();
    const lost = new Promise(resolve => stage.onLost(resolve));
    const container = await stage.run('box', {process: {args: ['sleep', '1000']}});
    process.kill(stage.keeperPid, 'SIGTERM');
    await lost;
    expect(await container.wait()).toMatchObject({signal: 'SIGKILL'});
  });
});
