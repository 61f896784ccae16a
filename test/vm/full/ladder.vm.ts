// `npm run test:vm -- --full`: the whole ladder of every lab (solutions, mistakes, questions) with cgroups of v2 and of v1, one
// boot each, both at a time; after them one solved pass under systemd.
import {afterAll, describe, it} from 'vitest';
import {expectPassed} from '../support/expect.ts';
import {labFolders, numberOf, Pass, type PassOptions} from '../support/pass.ts';

const HOURS = 3600;
const options: Readonly<Record<string, PassOptions>> = {
  v2: {cgroup: 'v2', sections: [{name: 'all', verify: []}], timeout: 3 * HOURS},
  v1: {cgroup: 'v1', sections: [{name: 'all', verify: []}], timeout: 3 * HOURS},
  systemd: {cgroup: 'v2', systemd: true, sections: [{name: 'all', verify: ['--solved']}], timeout: HOURS},
};

const passes = new Map<string, Pass>();
/** Two guests at a time: the first that is asked for brings the other along. */
function pass(name: string): Pass {
  for (const one of name === 'systemd' ? ['systemd'] : ['v2', 'v1']) {
    if (!passes.has(one)) passes.set(one, new Pass(options[one]!));
  }
  return passes.get(name)!;
}
afterAll(() => Promise.all([...passes.values()].map(one => one.stop())));

describe.each(Object.keys(options))('%s', name => {
  it.for(labFolders())('%s', (folder, context) => expectPassed(context, pass(name), 'all', numberOf(folder)));
});
