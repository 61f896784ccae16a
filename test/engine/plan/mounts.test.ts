import {describe, expect, it} from 'vitest';
import {MS} from '../../../src/engine/flags.ts';
import {hostId} from '../../../src/engine/plan/ids.ts';
import {parseOptions} from '../../../src/engine/plan/mount-options.ts';

describe('options of mounts', () => {
  it.each([
    [['ro', 'nosuid', 'size=1m'], MS.MS_RDONLY | MS.MS_NOSUID, [], 'size=1m'],
    [['ro', 'rw'], 0, [], null],
    [['rw', 'ro'], MS.MS_RDONLY, [], null],
    [['rbind', 'rslave', 'private'], MS.MS_BIND | MS.MS_REC, [MS.MS_SLAVE | MS.MS_REC, MS.MS_PRIVATE], null],
    [['lowerdir=/a:/b', 'upperdir=/c'], 0, [], 'lowerdir=/a:/b,upperdir=/c'],
    [['defaults'], 0, [], null],
    [['noexec', 'exec', 'nodev', 'dev', 'nosuid', 'suid'], 0, [], null],
    [[], 0, [], null],
  ])('%j', (options, flags, propagation, data) => {
    expect(parseOptions(options)).toMatchObject({flags, propagation, data});
  });
});

it('ids inside are ids outside by the map that holds them', () => {
  const maps = [
    {containerID: 0, hostID: 1000, size: 1},
    {containerID: 1, hostID: 100000, size: 10},
  ];
  expect([0, 1, 10, 11].map(id => hostId(maps, id))).toEqual([1000, 100000, 100009, undefined]);
});
