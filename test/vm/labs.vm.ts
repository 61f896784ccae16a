// One solved pass of every lab on Debian's kernel, in two guests at a time: cgroups of v2 with private mounts, and cgroups of v1
// with mounts that are shared from the start, as systemd makes them. Both under systemd is a part of --full.
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {expectPassed} from './support/expect.ts';
import {labFolders, numberOf, Pass} from './support/pass.ts';

const labs = labFolders();
const GUESTS = [
  {cgroup: 'v2', mounts: 'private', before: undefined},
  {cgroup: 'v1', mounts: 'shared', before: 'mount --make-rshared /'},
] as const;

const passes = new Map<string, Pass>();
beforeAll(() => {
  for (const {cgroup, before} of GUESTS) {
    // Some 6 minutes where nothing else runs.
    const pass = new Pass({cgroup, sections: [{name: 'all', verify: ['--solved'], before}], timeout: 1800});
    passes.set(cgroup, pass);
  }
});
afterAll(() => Promise.all([...passes.values()].map(one => one.stop())));

it('has labs to run', () => {
  expect(labs.length).toBeGreaterThanOrEqual(10);
});

describe.each(GUESTS)('cgroups of $cgroup, mounts $mounts', ({cgroup}) => {
  it.for(labs)('%s', (folder, context) => expectPassed(context, passes.get(cgroup)!, 'all', numberOf(folder)));
});
