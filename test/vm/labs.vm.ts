// One solved pass of every lab on Debian's kernel, with cgroups of v2 and of v1: one boot each, both at a time. The v2 guest
// then shares its mounts as systemd does, and the labs that mount are done once more.
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {expectPassed} from './support/expect.ts';
import {labFolders, numberOf, Pass} from './support/pass.ts';

const SHARED = {name: 'shared', before: 'mount --make-rshared /'};
const MOUNTING = ['04', '05', '08', '09'];
const labs = labFolders();

const passes = new Map<string, Pass>();
const pass = (name: string) => passes.get(name)!;
beforeAll(() => {
  const timeout = 900;
  const solved = {name: 'private', verify: ['--solved']};
  const shared = {...SHARED, verify: ['--solved', ...MOUNTING]};
  passes.set('v2', new Pass({cgroup: 'v2', sections: [solved, shared], timeout}));
  passes.set('v1', new Pass({cgroup: 'v1', sections: [solved], timeout}));
});
afterAll(() => Promise.all([...passes.values()].map(one => one.stop())));

it('has labs to run', () => {
  expect(labs.length).toBeGreaterThanOrEqual(10);
});

describe.each(['v2', 'v1'])('cgroups of %s', layout => {
  it.for(labs)('%s', (folder, context) => expectPassed(context, pass(layout), 'private', numberOf(folder)));
});

describe('cgroups of v2, mounts shared as under systemd', () => {
  const mounting = labs.filter(folder => MOUNTING.includes(numberOf(folder)));
  it.for(mounting)('%s', (folder, context) => expectPassed(context, pass('v2'), 'shared', numberOf(folder)));
});
