/** What somebody who follows a demo is told of the connection. */
import {expect, test} from 'vitest';
import {Feed} from '../../src/cli/look-on.ts';
import type {WatchStatus} from '../../src/course/index.ts';

test('lost, ended, and there again: the last thing said is never of yesterday', () => {
  const feed = new Feed();
  const said: string[] = [];
  const stop = feed.onNotice(words => said.push(words.en));
  const turn = (state: WatchStatus['state']) => feed.status({state, pid: null, followers: null});
  turn('watching');
  expect(said).toEqual([]);
  turn('lost');
  turn('lost');
  expect(said).toEqual([expect.stringContaining('is lost')]);
  turn('watching');
  expect(said.at(-1)).toBe('Connected to the demo again.');
  turn('watching');
  expect(said).toHaveLength(2);
  turn('ended');
  expect(said.at(-1)).toContain('has ended');
  turn('watching');
  expect(said.at(-1)).toBe('Connected to the demo again.');
  stop();
  turn('ended');
  expect(said).toHaveLength(4);
});
