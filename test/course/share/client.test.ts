import {mkdirSync, utimesSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import type {Session} from '../../../src/course/index.ts';
import {type WatchOptions, type WatchStatus, watchDemo} from '../../../src/course/share/client.ts';
import type {Places} from '../../../src/course/share/places.ts';
import {smallLab} from '../../ui/support/lab.ts';
import {demo, numbered, placesIn, temporary} from './support.ts';

class Watching {
  readonly sessions: Session[] = [];
  readonly states: WatchStatus[] = [];
  #waiting: (() => void)[] = [];

  constructor(places: Places, options: Partial<WatchOptions> = {}) {
    const close = watchDemo({
      how: 'follow',
      places,
      everyMs: 10,
      onSession: session => {
        this.sessions.push(session);
        session.onEvent(() => this.#wake());
        this.#wake();
      },
      onStatus: status => {
        this.states.push(status);
        this.#wake();
      },
      ...options,
    });
    onTestFinished(close);
  }

  get now(): string | undefined {
    return this.states.at(-1)?.state;
  }

  async until(condition: (watching: this) => boolean): Promise<void> {
    while (!condition(this)) await new Promise<void>(resolve => this.#waiting.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

test('waits for a demo, watches it, and the next one', async () => {
  const places = placesIn(temporary());
  const watching = new Watching(places, {how: 'notes'});
  const first = await demo({places, pid: 11});
  first.lab(smallLab());
  await watching.until(one => one.sessions.length === 1 && one.states.at(-1)?.followers?.notes === 1);
  expect(watching.sessions[0]!.watched?.how).toBe('notes');
  for (const event of numbered()({type: 'terminal-opened', side: 'host', cols: 80, rows: 24})) first.event(event);
  await watching.until(one => one.sessions[0]!.events.length === 1);
  expect(watching.states.at(-1)).toEqual({state: 'watching', pid: 11, followers: {notes: 1, share: 0}});
  first.lab({...smallLab(), number: '02'});
  await watching.until(one => one.sessions[1]?.lab.number === '02');
  await first.close();
  await watching.until(one => one.now === 'ended');
  const second = await demo({places, pid: 12});
  second.lab(smallLab());
  await watching.until(one => one.sessions.length === 3);
});

test('of several demos the newest; or the one that was asked for', async () => {
  const places = placesIn(temporary());
  for (const [pid, number] of [
    [21, '01'],
    [22, '02'],
    [23, '03'],
  ] as const) {
    const hub = await demo({places, pid});
    hub.lab({...smallLab(), number});
    // The kernel's clock for files may stand still between two of them.
    utimesSync(hub.sockets.share!, pid, pid);
  }
  const newest = new Watching(places);
  const chosen = new Watching(places, {target: '21'});
  const named = new Watching(places, {target: path.join(places.share, '22.sock')});
  for (const [one, number] of [
    [newest, '03'],
    [chosen, '01'],
    [named, '02'],
  ] as const) {
    await one.until(({sessions}) => sessions.length > 0);
    expect(one.sessions[0]!.lab.number).toBe(number);
  }
});

test('a demo that breaks off without a word has ended once it is not found again', async () => {
  const places = placesIn(temporary());
  mkdirSync(places.share, {mode: 0o755});
  const server = createServer(socket => {
    socket.write(
      `${JSON.stringify({kind: 'recording', format: 'glassbox', version: 1, app: '0', at: '', kernel: ''})}\n`,
    );
    socket.write(`${JSON.stringify({kind: 'lab', lab: smallLab()})}\n`, () => {
      server.close();
      socket.destroy();
    });
  });
  await new Promise<void>(resolve => server.listen(path.join(places.share, '31.sock'), resolve));
  const watching = new Watching(places);
  await watching.until(one => one.now === 'ended');
  expect(watching.states.map(one => one.state)).toEqual(['watching', 'lost', 'ended']);
});

test('another user’s stream cannot steer the terminal, and rubbish in it does not end the watching', async () => {
  const places = placesIn(temporary());
  mkdirSync(places.share, {mode: 0o755});
  writeFileSync(path.join(places.share, 'rubbish.sock'), '');
  const lab = {...smallLab(), title: {en: 'a\x1b]0;stolen\x07b\u2028c\x9bd'}};
  const lines = [
    'rubbish',
    JSON.stringify({kind: 'recording', format: 'glassbox', version: 1, app: '0', at: '', kernel: ''}),
    JSON.stringify({kind: 'lab', lab: {...smallLab(), steps: [{id: 'x', title: {en: 5}, blocks: [null]}]}}),
    '{"kind":"event","event":{"type":"facts"}}',
    JSON.stringify({kind: 'recording', format: 'glassbox', version: 1, app: '0', at: '', kernel: '6\x1b[2J'}),
    JSON.stringify({kind: 'lab', lab}),
  ];
  let left = 2;
  const server = createServer(socket => void socket.end(`${(left-- > 1 ? lines : lines.slice(4)).join('\n')}\n`));
  onTestFinished(() => void server.close());
  await new Promise<void>(resolve => server.listen(path.join(places.share, '32.sock'), resolve));
  const watching = new Watching(places);
  await watching.until(one => one.sessions.length > 0);
  expect(watching.sessions[0]!.lab.title.en).toBe('a]0;stolenb\u2028cd');
  expect(watching.sessions[0]!.watched?.kernel).toBe('6[2J');
});
