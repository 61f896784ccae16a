import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {Emulator} from '../../src/ui/terminal/emulator.ts';
import {Pump, type PumpTarget} from '../../src/ui/terminal/pump.ts';

const silent = {onChange: () => {}, onReply: () => {}, pause: () => {}, resume: () => {}};
const strip = (text: string) => text.replace(/\x1b\[[0-9;]*m/g, '');

/** Feeds and waits until everything is on the pane's screen. */
async function draw(cols: number, rows: number, text: string): Promise<Emulator> {
  let done: () => void = () => {};
  const parsed = new Promise<void>(resolve => (done = resolve));
  const emulator = new Emulator(cols, rows, new Pump(), {...silent, onReply: () => done()});
  // The answer to a question comes when all before it has been parsed.
  emulator.feed(Buffer.from(`${text}\x1b[5n`));
  await parsed;
  return emulator;
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
