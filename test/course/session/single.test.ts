import {expect, test} from 'vitest';
import type {ContainerBlock} from '../../../src/course/index.ts';
import {mappable} from '../../../src/course/session/single.ts';
import type {ContainerSpec} from '../../../src/engine/index.ts';

const maps = (hostID: number, size: number) => [{containerID: 0, hostID, size}];
const spec: ContainerSpec = {
  process: {args: ['sh']},
  linux: {namespaces: [{type: 'user'}], uidMappings: maps(100_000, 50_000), gidMappings: maps(100_000, 50_000)},
};
const single = {uidMappings: maps(0, 1), gidMappings: maps(0, 1)};
const block = {kind: 'container', id: 'box', spec, without: [], pos: {file: 'x', line: 1, col: 1}} as ContainerBlock;
const host = (uids: string, gids = uids) => ({uid_map: uids, gid_map: gids});
const whole = '0 0 4294967295';
const ranged = '0 1000 1\n1 200000 9999\n100000 209999 55537';

test('a stage that has the ids keeps the maps of the lab', () => {
  for (const map of [whole, ranged]) expect(mappable({...block, single}, spec, host(map))).toBe(spec);
});

test('one that lacks them, users or groups, takes those for a single id, and all else stays', () => {
  const alone = {...spec, linux: {...spec.linux, ...single}};
  // The last has every id, but not in one line, which the kernel wants.
  const maps = [host('0 1000 1'), host(ranged, '0 1000 1'), host('0 1000 1\n1 200000 119999\n120000 500000 90000')];
  for (const facts of maps) expect(mappable({...block, single}, spec, facts)).toEqual(alone);
});

test('without `single`, or without facts, nothing changes', () => {
  expect(mappable(block, spec, host('0 1000 1'))).toBe(spec);
  expect(mappable({...block, single}, spec, null)).toBe(spec);
});
