import {describe, expect, it} from 'vitest';
import {ShareWindow} from '../../../src/engine/facts/share.ts';

/** Looks each 200 ms; `use`, `idle`: milliseconds of CPU in each. */
function looks(
  window: ShareWindow,
  n: number,
  {use = 40, idle = 300, throttled = 2, from = 0, key = 'same'} = {},
): void {
  for (let i = from; i < from + n; i++) {
    window.note(key, {ms: 200 * i, usageUs: 1000 * use * i, idleMs: idle * i, throttled: throttled * i, cpus: 2});
  }
}

describe('the share of a CPU', () => {
  it('is known when enough time is', () => {
    const window = new ShareWindow();
    looks(window, 5);
    expect([window.share(800), window.share(801)]).toEqual([200, undefined]);
    looks(window, 50, {from: 5});
    expect(window.share(5000)).toBe(200);
  });

  it('begins anew where something changed, and where a count went back', () => {
    const window = new ShareWindow();
    looks(window, 40);
    window.note('other', {ms: 8000, usageUs: 1_600_000, idleMs: 0, throttled: 0, cpus: 2});
    expect(window.share(200)).toBeUndefined();
    looks(window, 10, {from: 41, key: 'other'});
    expect(window.share(1000)).toBe(200);
    window.note('other', {ms: 11_000, usageUs: 0, idleMs: 0, throttled: 0, cpus: 2});
    expect(window.share(200)).toBeUndefined();
  });

  it('proves nothing where others took all, unless the group was throttled or has all itself', () => {
    const share = (options: object): number | undefined => {
      const window = new ShareWindow();
      looks(window, 30, options);
      expect(window.share(5000)).toBe((options as {use?: number}).use ? 2000 : 200);
      return window.proof(5000);
    };
    expect(share({idle: 0, throttled: 0})).toBeUndefined();
    expect(share({idle: 0, throttled: 1})).toBe(200);
    expect(share({idle: 20, throttled: 0})).toBe(200);
    expect(share({idle: 0, throttled: 0, use: 400})).toBe(2000);
  });
});
