import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdirSync, readdirSync, statSync, symlinkSync} from 'node:fs';
import {connect} from 'node:net';
import path from 'node:path';
import {expect, test} from 'vitest';
import {WAITING_MAX} from '../../../src/course/share/followers.ts';
import {smallLab} from '../../ui/support/lab.ts';
import {demo, numbered, placesIn, Reader, temporary} from './support.ts';

const mode = (file: string) => (statSync(file).mode & 0o777).toString(8);
const opened = {type: 'terminal-opened', side: 'host', cols: 80, rows: 24} as const;
const bytes = (text: string, side = 'host') => ({type: 'bytes', side, data: Buffer.from(text)}) as const;

test('the notes are for one user, what is shared for all, whatever the umask', async () => {
  const before = process.umask(0o077);
  const dir = temporary();
  const hub = await demo({places: placesIn(dir)}).finally(() => process.umask(before));
  expect(hub.problems).toEqual([]);
  expect(mode(path.join(dir, 'notes'))).toBe('700');
  expect(mode(hub.sockets.notes!)).toBe('600');
  expect(mode(path.join(dir, 'share'))).toBe('755');
  expect(mode(hub.sockets.share!)).toBe('666');
  await hub.close();
  expect(existsSync(hub.sockets.notes!)).toBe(false);
  expect(existsSync(hub.sockets.share!)).toBe(false);
  expect(readdirSync(dir)).toEqual([]);
});

test.each([
  ['a link', 'symlink', (dir: string) => symlinkSync('/tmp', path.join(dir, 'notes'))],
  ['one that others can enter', 'owner', (dir: string) => mkdirSync(path.join(dir, 'notes'), {mode: 0o755})],
] as const)('%s is no folder for notes, and the demo goes on', async (_, reason, prepare) => {
  const dir = temporary();
  prepare(dir);
  const hub = await demo({places: placesIn(dir)});
  expect(hub.sockets.notes).toBeUndefined();
  expect(hub.problems).toEqual([{audience: 'notes', folder: path.join(dir, 'notes'), reason}]);
  expect(hub.sockets.share).toBeDefined();
});

test('who comes late gets the lab, its events, and the end of what the terminals printed', async () => {
  const hub = await demo();
  const event = numbered();
  hub.lab(smallLab());
  const tell = (...bodies: Parameters<typeof event>) => {
    for (const one of event(...bodies)) hub.event(one);
  };
  tell(opened, bytes('before the rebuild\n'));
  tell({type: 'rebuilding', step: 'name', why: 'reset-step'}, opened);
  for (let i = 0; i < 400; i++) tell(bytes(`${i} ${'x'.repeat(1020)}\n`));
  tell({type: 'processes', list: []}, {type: 'processes', list: []}, bytes('$ '));
  const late = new Reader(hub.sockets.notes!);
  await late.until(one => one.printed('host').endsWith('$ '));
  expect(late.lines.map(line => line.kind).slice(0, 2)).toEqual(['recording', 'lab']);
  expect(late.events.filter(one => one.type !== 'bytes').map(one => one.type)).toEqual([
    'terminal-opened',
    'rebuilding',
    'terminal-opened',
    'processes',
  ]);
  const printed = late.printed('host');
  expect(printed).toMatch(/^\d+ x+\n/);
  expect(printed).toContain('399 x');
  expect(printed).not.toContain('before the rebuild');
  expect(printed.length).toBeLessThanOrEqual(256 << 10);
  expect(late.events.map(one => one.seq)).toEqual(late.events.map(one => one.seq).sort((a, b) => a - b));
  tell(bytes('and on'));
  await late.until(one => one.printed('host').endsWith('$ and on'));
});

test('a new lab begins a new stream', async () => {
  const hub = await demo();
  const event = numbered();
  hub.lab(smallLab());
  for (const one of event(opened, bytes('first'))) hub.event(one);
  hub.lab({...smallLab(), number: '02'});
  for (const one of event(opened, bytes('second'))) hub.event(one);
  const late = new Reader(hub.sockets.notes!);
  await late.until(one => one.printed('host') === 'second');
  expect(late.lines.filter(line => line.kind === 'lab').map(line => line.lab.number)).toEqual(['02']);
});

test('a follower who takes nothing is dropped; the others have everything', async () => {
  const hub = await demo();
  const event = numbered();
  hub.lab(smallLab());
  const slow = connect(hub.sockets.share!);
  slow.on('error', () => {});
  await once(slow, 'connect');
  slow.pause();
  const quick = new Reader(hub.sockets.share!);
  await quick.until(one => one.lines.length > 0);
  expect(hub.followers).toEqual({notes: 0, share: 2});
  let sent = 0;
  for (let i = 0; hub.followers.share > 1; i++) {
    const [one] = event(bytes('y'.repeat(60_000)));
    hub.event(one!);
    sent += 60_000;
    await quick.until(reader => reader.events.length > i);
    // Nothing is kept without bound for the one who does not read.
    expect(sent).toBeLessThan(3 * WAITING_MAX);
  }
  expect(sent).toBeGreaterThan(WAITING_MAX / 2);
  expect(quick.printed('host').length).toBe(sent);
  slow.destroy();
});

test('a follower who says something is not heard, and who says much is let go', async () => {
  const hub = await demo();
  hub.lab(smallLab());
  const reader = new Reader(hub.sockets.share!);
  await reader.until(one => one.lines.length > 1);
  reader.socket.write('{"kind":"end"}\n'.repeat(10));
  const other = new Reader(hub.sockets.share!);
  await other.until(one => one.lines.length > 1);
  expect(reader.closed).toBe(false);
  reader.socket.write('z'.repeat(200_000));
  await reader.until(one => one.closed);
  expect(hub.followers.share).toBe(1);
});

test('a hundred followers come, see the same, and go', async () => {
  const hub = await demo();
  const event = numbered();
  hub.lab(smallLab());
  const speaker = new Reader(hub.sockets.notes!);
  const class_ = Array.from({length: 100}, () => new Reader(hub.sockets.share!));
  await Promise.all(class_.map(one => one.until(reader => reader.lines.length > 1)));
  await speaker.until(({lines}) => lines.some(line => line.kind === 'followers' && line.share === 100));
  for (const one of event(opened, bytes('hello'))) hub.event(one);
  await Promise.all(class_.map(one => one.until(reader => reader.printed('host') === 'hello')));
  for (const one of class_) one.socket.destroy();
  await speaker.until(({lines}) => lines.at(-1)?.kind === 'followers' && hub.followers.share === 0);
  expect(hub.followers.notes).toBe(1);
});

test('all are told of the end', async () => {
  const hub = await demo();
  hub.lab(smallLab());
  const reader = new Reader(hub.sockets.share!);
  await reader.until(one => one.lines.length > 1);
  await hub.close();
  await reader.until(one => one.closed);
  expect(reader.lines.at(-1)).toEqual({kind: 'end'});
});

test('the socket of a demo that was killed goes at the next start', async () => {
  const dir = temporary();
  const hubFile = path.resolve(import.meta.dirname, '../../../src/course/share/hub.ts');
  const script = `
    import {openHub} from ${JSON.stringify(hubFile)};
    const {uid, notes, share} = ${JSON.stringify(placesIn(dir))};
    const hub = await openHub({share: true, places: {uid, notes, share, shared: () => []}});
    console.log(JSON.stringify(hub.sockets));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {stdio: ['ignore', 'pipe', 'inherit']});
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const sockets = JSON.parse(line.toString()) as Record<'notes' | 'share', string>;
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(existsSync(sockets.notes)).toBe(true);
  const alive = await demo({places: placesIn(dir), pid: 1});
  const next = await demo({places: placesIn(dir), pid: 2});
  expect(existsSync(sockets.notes)).toBe(false);
  expect(existsSync(sockets.share)).toBe(false);
  expect(existsSync(alive.sockets.notes!)).toBe(true);
  expect(existsSync(next.sockets.notes!)).toBe(true);
});
