/** Going on by itself, and noticing that the machine slept: with clocks that a test turns. */
import {describe, expect, test} from 'vitest';
import {Auto} from '../../../src/ui/demo/auto.ts';
import {typeDigit} from '../../../src/ui/demo/poll.ts';
import {SleepWatch} from '../../../src/ui/demo/sleep.ts';

/** One alarm, as Auto sets at most one. */
class Clock {
  alarm: {ms: number; then: () => void} | undefined;
  later = (ms: number, then: () => void) => {
    expect(this.alarm).toBeUndefined();
    const alarm = {ms, then};
    this.alarm = alarm;
    return () => {
      if (this.alarm === alarm) this.alarm = undefined;
    };
  };
  ring(): void {
    const {alarm} = this;
    this.alarm = undefined;
    alarm?.then();
  }
}

function auto(seconds: number | null) {
  const clock = new Clock();
  const state = {ready: true, pressed: 0};
  const one = new Auto({ready: () => state.ready, next: () => state.pressed++}, clock.later);
  one.seconds = seconds;
  return {clock, state, one};
}

describe('automatic', () => {
  test('presses after the pause, once for each time that something has happened', () => {
    const {clock, state, one} = auto(8);
    one.touch();
    expect(clock.alarm?.ms).toBe(8000);
    clock.ring();
    expect(state.pressed).toBe(1);
    expect(clock.alarm).toBeUndefined();
    one.touch();
    one.touch();
    clock.ring();
    expect(state.pressed).toBe(2);
  });

  test('waits for what is running, and begins its pause when that is done', () => {
    const {clock, state, one} = auto(8);
    state.ready = false;
    one.touch();
    expect(clock.alarm).toBeUndefined();
    state.ready = true;
    one.touch();
    state.ready = false;
    clock.ring();
    expect(state.pressed).toBe(0);
  });

  test('by hand, and after a stop, nothing is pressed', () => {
    const {clock, state, one} = auto(null);
    one.touch();
    expect(clock.alarm).toBeUndefined();
    one.seconds = 3;
    one.touch();
    one.stop();
    clock.ring();
    expect(state.pressed).toBe(0);
  });
});

test('sleep is a wall clock that went on while the other one stood still', () => {
  let [wall, awake] = [1_000_000, 500];
  const watch = new SleepWatch({wall: () => wall, awake: () => awake});
  const pass = (wallMs: number, awakeMs: number) => {
    wall += wallMs;
    awake += awakeMs;
    return watch.look();
  };
  expect(pass(60_000, 60_000)).toBe(0);
  expect(pass(2500, 2000)).toBe(0);
  expect(pass(722_000, 2000)).toBe(720_000);
  expect(pass(2000, 2000)).toBe(0);
  expect(pass(-3_600_000, 2000)).toBe(0);
});

test('digits of a count: the first replaces what was there, and no hall has a thousand hands', () => {
  expect(typeDigit(42, '7', true)).toBe(7);
  expect(typeDigit(7, '3', false)).toBe(73);
  expect(typeDigit(0, '5', false)).toBe(5);
  expect(typeDigit(400, '1', false)).toBe(999);
});
