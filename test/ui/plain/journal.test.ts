/** The journal in the plain view: call, time, purpose and page in a line, and below a refused call why and what to do. */
import {expect, test} from 'vitest';
import type {LabState} from '../../../src/course/index.ts';
import type {JournalEntry} from '../../../src/engine/index.ts';
import {journalLines} from '../../../src/ui/plain/views.ts';

const entry = (more: Partial<JournalEntry>): JournalEntry => ({
  who: 'child',
  call: 'pivot_root',
  args: ['"."', '"."'],
  result: 0n,
  startNs: 1n,
  durationNs: 250_000n,
  purpose: 'root.pivot',
  ...more,
});
const lines = (one: JournalEntry, lang: 'en' | 'zh' = 'en') =>
  journalLines({journal: [{who: 'box', entry: one}]} as unknown as LabState, true, lang).slice(1);

test('a call that went well takes one line, with time and page', () => {
  const [line, ...rest] = lines(entry({}));
  expect(line).toMatch(/^ {2}box: pivot_root\(".", "."\) = 0, 0\.25 ms – .*pivot_root\(2\)/);
  expect(rest).toEqual([]);
});

test('a refused one says why and what to do, in both languages', () => {
  const refused = entry({result: -1n, errno: 'EINVAL'});
  expect(lines(refused)[1]).toMatch(/^ {4}EINVAL: .*mount point.*Bind the folder onto itself/);
  expect(lines(refused, 'zh')[1]).toMatch(/^ {4}EINVAL: .*挂载点.*绑定到自己/);
});

test('one that was expected to fail, and one that never ran, say no more', () => {
  expect(lines(entry({result: -1n, errno: 'EINVAL', tolerated: true}))).toHaveLength(1);
  const {result: _never, ...rest} = entry({});
  expect(lines(rest)[0]).not.toContain(' ms');
});
