// `npm run test:vm -- --full`: the engine's live tests inside guests, with cgroups of v2 and of v1, both at a time.
import {globSync} from 'node:fs';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type CgroupLayout, type GuestEnd, runInGuest} from '../../../scripts/vm/guest.ts';
import type {ModuleResult} from '../../../scripts/vm/module-reporter.ts';
import {NoGuest} from '../../../scripts/vm/needs.ts';
import {GUEST_ENV, PROJECT} from '../support/pass.ts';

/** Some of the files, for whoever mends them. */
const words = (process.env.GLASSBOX_VM_TESTS ?? '').split(' ').filter(Boolean);
const files = globSync(['test/engine/**/*.test.ts', 'test/cli/engine/**/*.test.ts'], {cwd: PROJECT})
  .filter(file => words.length === 0 || words.some(word => file.includes(word)))
  .sort();

interface Suite {
  results: Promise<Map<string, ModuleResult>>;
  end: Promise<GuestEnd | NoGuest>;
}

const abort = new AbortController();
const suites = new Map<CgroupLayout, Suite>();
beforeAll(() => {
  for (const cgroup of ['v2', 'v1'] as const) suites.set(cgroup, run(cgroup));
});
afterAll(async () => {
  abort.abort();
  await Promise.all([...suites.values()].map(suite => suite.end));
});

describe.each(['v2', 'v1'] as const)('cgroups of %s', layout => {
  it.for(files)('%s', async (file, {skip}) => {
    const {results, end} = suites.get(layout)!;
    const result = (await results).get(file);
    const ended = await end;
    if (ended instanceof NoGuest) return skip(ended.message);
    if (!result) throw new Error(`${file}: no result; the guest: ${JSON.stringify(ended)}`);
    expect(result.failed).toEqual([]);
    // What finds nothing to test on this kernel is not passed.
    if (result.passed === 0) skip(`${result.skipped} tests, each skipped in the guest`);
  });
});

function run(cgroup: CgroupLayout): Suite {
  const results = new Map<string, ModuleResult>();
  let rest = '';
  const command = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'live',
    '--reporter',
    './scripts/vm/module-reporter.ts',
  ];
  const end = runInGuest([process.execPath, ...command, ...files], {
    cgroup,
    memory: 3072,
    timeout: 3 * 3600,
    env: GUEST_ENV,
    signal: abort.signal,
    stdout: chunk => {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines.filter(text => text.startsWith('{"file":'))) {
        const result = JSON.parse(line) as ModuleResult;
        results.set(result.file, result);
        // An hour without a word would look like a hang.
        process.stderr.write(`${cgroup}: ${result.file}: ${result.passed} passed, ${result.failed.length} failed\n`);
        for (const {name, message} of result.failed) process.stderr.write(`  ${name}: ${message}\n`);
      }
    },
    stderr: chunk => process.stderr.write(chunk),
  }).catch(error => {
    if (error instanceof NoGuest) return error;
    throw error;
  });
  return {results: end.then(() => results), end};
}
