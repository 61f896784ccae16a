/** What a hand has changed, and what is no news. */
import {describe, expect, test} from 'vitest';
import {handedBack, isNews, NOISE} from '../../../src/course/demo/changes.ts';
import {factLabels} from '../../../src/course/words/facts.ts';
import {type Facts, factTable} from '../../../src/engine/index.ts';

const facts = (patch: Facts = {}): Facts => ({hostname: 'vm', pid: 7n, ns: {uts: 1n, pid: 2n}, state: 'S', ...patch});

describe('what differs', () => {
  test('is named with both values; what is the same is not', () => {
    const changes = handedBack({host: facts(), box: facts()}, {host: facts({hostname: 'otter'}), box: facts()});
    expect(changes).toEqual([{path: 'host.hostname', before: 'vm', now: 'otter'}]);
  });

  test('numbers of 64 bits, lists, facts that come and go', () => {
    const before = {host: facts({ipc: {queues: [0n]}, domainname: 'x'})};
    const now = {host: facts({ns: {uts: 9n, pid: 2n}, ipc: {queues: [0n, 1n]}, own_proc: true})};
    expect(handedBack(before, now)).toEqual([
      {path: 'host.ns.uts', before: 1n, now: 9n},
      {path: 'host.ipc.queues', before: [0n], now: [0n, 1n]},
      {path: 'host.domainname', before: 'x', now: null},
      {path: 'host.own_proc', before: null, now: true},
    ]);
  });

  test('of a map each entry, also where its name has dots', () => {
    const at = (text: string) => ({box: facts({folder: {text: {'upper/a.txt': text, b: 'same'}}})});
    expect(handedBack(at('1'), at('2')).map(one => one.path)).toEqual(['box.folder.text["upper/a.txt"]']);
  });

  test('a side that has gone is one change; one that came is none', () => {
    expect(handedBack({box: facts()}, {box: null})).toEqual([{path: 'box', before: 7n, now: null}]);
    expect(handedBack({box: null}, {box: facts()})).toEqual([]);
    expect(handedBack({}, {box: facts()})).toEqual([]);
  });
});

describe('noise', () => {
  test.each([...NOISE])('%s changes without a word', path => {
    const [group, name] = path.split('.');
    const of = (value: bigint): Facts => (name === undefined ? {[group!]: value} : {[group!]: {[name]: value}});
    expect(handedBack({host: of(1n)}, {host: of(2n)})).toEqual([]);
  });

  test('every path is one of the table, and so is what is news, with words for it', () => {
    const paths = factTable.map(row => row.path);
    for (const path of NOISE)
      expect(
        paths.some(one => one === path || one.startsWith(`${path}.`)),
        path,
      ).toBe(true);
    const news = paths.filter(isNews);
    expect(news).toEqual(expect.arrayContaining(['hostname', 'domainname', 'ns.uts', 'mounts.points', 'cpu.quota']));
    for (const path of news) expect(factLabels[path], path).toBeDefined();
  });
});
