import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {Emulator} from '../../src/ui/terminal/emulator.ts';
import {Pump, type PumpTarget} from '../../src/ui/terminal/pump.ts';

const silent = {onChange: () => {}, onReply: () => {}, pause: () => {}, resume: () => {}};
const strip = (text: string) => text.replace(/\x1b\[[0-9;]*m/g, '');

const replies = new WeakMap<Emulator, () => void>();

/** Feeds and waits until everything is on the pane's screen. */
async function draw(cols: number, rows: number, text: string): Promise<Emulator> {
  const emulator: Emulator = new Emulator(cols, rows, new Pump(), {
    ...silent,
    onReply: () => replies.get(emulator)?.(),
  });
  await print(emulator, text);
  return emulator;
}

/** The answer to a question comes when all before it has been parsed. */
async function print(emulator: Emulator, text: string): Promise<void> {
  const parsed = new Promise<void>(resolve => replies.set(emulator, resolve));
  emulator.feed(Buffer.from(`${text}\x1b[5n`));
  await parsed;
}

describe('rows', () => {
  test.each([
    ['ASCII', 'hello'],
    ['Chinese', '你好，世界'],
    ['Chinese cut at the edge', '一二三四五六七八九十'],
    ['joined emoji', 'a👨‍👩‍👧b'],
    ['combining marks', 'e\u0301e\u0301'],
    ['colours', '\x1b[1;31mred\x1b[0m \x1b[48;5;200mx\x1b[0m \x1b[38;2;1;2;3my'],
  ])('are exactly as wide as the pane: %s', async (_, text) => {
    const emulator = await draw(11, 3, text);
    for (const row of emulator.rows(11, 3)) expect(stringWidth(row)).toBe(11);
  });

  test('fit a pane of another size at once, before the program has been told', async () => {
    const emulator = await draw(11, 3, '一二三四五');
    for (const row of emulator.rows(6, 5)) expect(stringWidth(row)).toBe(6);
    expect(emulator.rows(6, 5)).toHaveLength(5);
  });

  test('carry styles, and end them', async () => {
    const [row] = (await draw(8, 2, '\x1b[1;31mred\x1b[0mx')).rows(8, 2);
    expect(row).toBe('\x1b[0;1;31mred\x1b[0mx    ');
  });

  test('hidden text stays hidden', async () => {
    const [row] = (await draw(10, 2, 'a\x1b[8msecret\x1b[0mb')).rows(10, 2);
    expect(strip(row!)).toBe('a      b  ');
  });

  test('are the same array while nothing changed', async () => {
    const emulator = await draw(10, 2, 'x');
    expect(emulator.rows(10, 2)).toBe(emulator.rows(10, 2));
  });
});

test('the cursor is told where it is shown, and not where a program hides it', async () => {
  expect((await draw(20, 5, 'ab\r\n你')).cursor()).toEqual({x: 2, y: 1});
  expect((await draw(20, 5, 'ab\x1b[?25l')).cursor()).toBeUndefined();
});

describe('history', () => {
  const lines = (from: number, to: number) =>
    Array.from({length: to - from}, (_, i) => `line ${from + i}`).join('\r\n');
  const seen = (emulator: Emulator) => emulator.rows(12, 4).map(row => strip(row).trim());

  test('is looked at a page at a time, and ends where it ends', async () => {
    const emulator = await draw(12, 4, lines(0, 10));
    expect(seen(emulator)).toEqual(['line 6', 'line 7', 'line 8', 'line 9']);
    expect(emulator.look(1)).toBe(true);
    expect([emulator.back, seen(emulator)]).toEqual([3, ['line 3', 'line 4', 'line 5', 'line 6']]);
    expect(emulator.cursor()).toBeUndefined();
    emulator.look(1);
    emulator.look(1);
    expect([emulator.back, seen(emulator)[0]]).toEqual([6, 'line 0']);
    emulator.look(-1);
    emulator.look(-1);
    expect([emulator.back, seen(emulator).at(-1)]).toEqual([0, 'line 9']);
    expect(emulator.cursor()).toEqual({x: 6, y: 3});
  });

  test('does not move while more is printed, however much', async () => {
    const emulator = await draw(12, 4, lines(0, 10));
    emulator.look(1);
    const before = seen(emulator);
    await print(emulator, `\r\n${lines(10, 5000)}`);
    expect(seen(emulator)).toEqual(before);
    emulator.lookNow();
    expect(seen(emulator)).toEqual(['line 4996', 'line 4997', 'line 4998', 'line 4999']);
  });

  test('is bounded', async () => {
    const emulator = await draw(12, 4, lines(0, 5000));
    for (let i = 0; i < 1000; i++) emulator.look(1);
    expect(emulator.back).toBe(1000);
  });

  test('is left by a change of the size, and shows nothing old in the new one', async () => {
    const emulator = await draw(12, 4, lines(0, 10));
    emulator.look(1);
    emulator.resize(20, 6);
    expect(emulator.back).toBe(0);
    expect(strip(emulator.rows(20, 6).at(-1)!).trim()).toBe('line 9');
  });

  test('does not exist in the alternate screen', async () => {
    const emulator = await draw(12, 4, `${lines(0, 10)}\x1b[?1049h\x1b[Hvim`);
    expect(emulator.look(1)).toBe(false);
    expect(seen(emulator)[0]).toBe('vim');
  });
});

describe('a flood', () => {
  const CHUNK = 64 << 10;

  /** A terminal that writes as fast as it is let: one chunk at a time until it is paused. */
  function flood(pump: Pump, total: number) {
    let sent = 0;
    let paused = false;
    let seen = 0;
    let pauses = 0;
    const key = {};
    let done: () => void = () => {};
    const all = new Promise<void>(resolve => (done = resolve));
    const target: PumpTarget = {
      write: (data, next) => {
        seen += data.length;
        setImmediate(next);
        if (seen === total) setImmediate(done);
      },
      pause: () => {
        paused = true;
        pauses++;
      },
      resume: () => {
        paused = false;
        pour();
      },
      onWritten: () => {},
    };
    const pour = () => {
      while (!paused && sent < total) {
        sent += CHUNK;
        pump.push(key, new Uint8Array(CHUNK));
      }
    };
    pump.add(key, target);
    return {pour, all, seen: () => seen, pauses: () => pauses};
  }

  test('never has more than a bound waiting, and loses nothing', async () => {
    const pump = new Pump();
    const total = CHUNK * 100;
    const [one, two] = [flood(pump, total), flood(pump, total)];
    one.pour();
    two.pour();
    await Promise.all([one.all, two.all]);
    expect([one.seen(), two.seen()]).toEqual([total, total]);
    expect(one.pauses()).toBeGreaterThan(5);
    expect(pump.peak).toBeLessThanOrEqual((128 << 10) + CHUNK);
  });

  test('in one pane leaves the other its turn', async () => {
    const pump = new Pump();
    const big = flood(pump, CHUNK * 20);
    big.pour();
    const small = flood(pump, CHUNK);
    small.pour();
    await small.all;
    expect(big.seen()).toBeLessThan(CHUNK * 4);
    await big.all;
  });

  test('a pane that goes away does not leave its source paused', async () => {
    const pump = new Pump();
    const key = {};
    const log: string[] = [];
    pump.add(key, {
      write: () => {},
      onWritten: () => {},
      pause: () => log.push('pause'),
      resume: () => log.push('resume'),
    });
    pump.push(key, new Uint8Array(1 << 20));
    pump.remove(key);
    expect(log).toEqual(['pause', 'resume']);
  });
});
