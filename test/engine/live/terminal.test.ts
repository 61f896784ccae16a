import {createHash} from 'node:crypto';
import {setTimeout as delay} from 'node:timers/promises';
import {expect, it} from 'vitest';
import {openStage, said, terminalText, until} from '../support.ts';

const raw = {TERM: 'xterm', PATH: 'PATH=/usr/bin:/bin'};

it('is the controlling terminal of a session of its own: Ctrl-C is for its program', async () => {
  const stage = await openStage();
  const process = await stage.spawn('a', {
    args: ['sh', '-c', 'trap "echo caught; exit 5" INT; echo ready; while :; do sleep 0.01; done'],
    terminal: true,
  });
  await said(process, /ready/);
  process.terminal!.write('\x03');
  expect(await process.wait()).toMatchObject({code: 5});
});

it('has the size that it was given, and tells a new one to its foreground processes', async () => {
  const stage = await openStage();
  const process = await stage.spawn('a', {
    args: ['bash', '--norc', '-c', 'trap "stty size; exit" WINCH; stty size; while :; do sleep 0.01; done'],
    terminal: true,
    consoleSize: {width: 101, height: 33},
  });
  expect(process.terminal!.size).toEqual({cols: 101, rows: 33});
  expect(await said(process, /\n/)).toBe('33 101\r\n');
  process.terminal!.resize({cols: 80, rows: 24});
  expect(await said(process, /24 80\r\n/)).toContain('24 80');
  expect(process.terminal!.size).toEqual({cols: 80, rows: 24});
});

it('is binary: every byte comes through in both directions', async () => {
  const stage = await openStage();
  const process = await stage.spawn('a', {
    args: ['sh', '-c', 'stty raw -echo; echo ready; head -c 256'],
    terminal: true,
    env: [raw.PATH],
  });
  await said(process, /ready\r?\n/);
  const chunks: Buffer[] = [];
  process.terminal!.onData(data => chunks.push(data));
  const end = new Promise<void>(resolve => process.terminal!.onEnd(resolve));
  process.terminal!.write(Buffer.from(Array.from({length: 256}, (_, i) => i)));
  await end;
  expect(Buffer.concat(chunks)).toEqual(Buffer.from(Array.from({length: 256}, (_, i) => i)));
});

it('gives everything that was written before the end, then the end, once', async () => {
  const stage = await openStage();
  const process = await stage.spawn('a', {
    args: ['sh', '-c', 'stty raw; seq 1 20000'],
    terminal: true,
    env: [raw.PATH],
  });
  let ends = 0;
  process.terminal!.onEnd(() => ends++);
  const text = await terminalText(process);
  expect(text).toBe(Array.from({length: 20000}, (_, i) => `${i + 1}\n`).join(''));
  process.terminal!.close();
  await new Promise<void>(resolve => process.terminal!.onEnd(resolve));
  expect(ends).toBe(1);
  process.terminal!.write('into the void');
  process.terminal!.resize({cols: 1, rows: 1});
});

it('takes more than the kernel holds: a large paste arrives whole', async () => {
  const stage = await openStage();
  const process = await stage.spawn('a', {
    args: ['sh', '-c', 'stty raw -echo; echo ready; head -c 300000 | sha1sum'],
    terminal: true,
    env: [raw.PATH],
  });
  await said(process, /ready\r?\n/);
  process.terminal!.write('x'.repeat(300_000));
  expect(await said(process, /-/)).toContain(createHash('sha1').update('x'.repeat(300_000)).digest('hex'));
  expect(await process.wait()).toMatchObject({code: 0});
});

it('paused, it blocks its writer; resumed, nothing was lost', async () => {
  const stage = await openStage();
  const process = await stage.spawn('a', {
    args: ['sh', '-c', 'stty raw -echo; echo ready; seq 1 200000'],
    terminal: true,
    env: [raw.PATH],
  });
  let text = '';
  process.terminal!.onData(data => {
    text += String(data);
    if (text.startsWith('ready') && text.length < 200_000) process.terminal!.pause();
  });
  const end = new Promise<void>(resolve => process.terminal!.onEnd(resolve));
  await until('its first words', () => text.includes('ready'));
  const before = text.length;
  await delay(100); // time in which an unblocked writer would be done
  expect(text.length).toBe(before);
  expect(process.pid).toBeGreaterThan(0);
  for (; text.length < 200_000; await delay(0)) process.terminal!.resume();
  await end;
  expect(text.replace(/^ready\r?\n/, '')).toBe(Array.from({length: 200_000}, (_, i) => `${i + 1}\n`).join(''));
});

it('waits for its first listener: what was said before is not lost', async () => {
  const stage = await openStage();
  const process = await stage.spawn('a', {args: ['echo', 'early'], terminal: true});
  await process.wait();
  expect(await terminalText(process)).toBe('early\r\n');
});

it('ends for its reader when its container is removed', async () => {
  const stage = await openStage();
  const container = await stage.run('box', {process: {args: ['sleep', '1000'], terminal: true}});
  const ended = terminalText(container);
  await container.remove();
  expect(await ended).toBe('');
});
