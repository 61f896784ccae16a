// One solved pass of every lab on Debian's kernel, with cgroups of v2 and of v1: one boot each, both at a time. Each guest then
// shares its mounts as systemd does, and does half of the labs that mount once more.
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {expectPassed} from './support/expect.ts';
import {labFolders, numberOf, Pass} from './support/pass.ts';

const labs = labFolders();
const SHARED = {v2: ['04', '08'], v1: ['05', '09']} as const;
const LAYOUTS = ['v2', 'v1'] as const;

const passes = new Map<string, Pass>();
beforeAll(() => {
  for (const cgroup of LAYOUTS) {
    const sections = [
      {name: 'private', verify: ['--solved']},
      {name: 'shared', verify: ['--solved', ...SHARED[cgroup]], before: 'mount --make-rshared /'},
    ];
    // Some 6 minutes where nothing else runs.
    passes.set(cgroup, new Pass({cgroup, sections, timeout: 1800}));
  }
});
afterAll(() => Promise.all([...passes.values()].map(one => one.stop())));

it('has labs to run', () => {
  expect(labs.length).toBeGreaterThanOrEqual(10);
});

describe.each(LAYOUTS)('cgroups of %s', layout => {
  it.for(labs)('%s', (folder, context) => expectPassed(context, passes.get(layout)!, 'private', numberOf(folder)));

  it.for([...SHARED[layout]])('mounts shared as under systemd: lab %s', (number, context) =>
    expectPassed(context, passes.get(layout)!, 'shared', number),
  );
});
