/** The content is tested as strictly as the code: every lab of the course, linted and proved on this kernel. */
import {readdirSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {glassbox, root} from '../support/glassbox.ts';
import {machine, untilNoStrays} from '../support/machine.ts';

const folders = readdirSync(path.join(root, 'labs')).filter(name => /^\d\d-/.test(name));

test('lint has nothing to say', () => {
  const {status, stdout} = glassbox(['lint']);
  expect(stdout).toBe(`${folders.length} lab(s), no findings.\n`);
  expect(status).toBe(0);
});

test('every lab climbs the whole ladder, and leaves the machine as it was', async () => {
  const before = machine();
  const began = Date.now();
  const {status, stdout, stderr} = glassbox(['verify'], {timeoutMs: 400_000});
  expect(stderr).toBe('');
  expect(stdout).toContain(`${folders.length} passed, 0 failed, 0 not run`);
  expect(status).toBe(0);
  await untilNoStrays(began);
  expect(machine()).toEqual(before);
}, 420_000);

test.each(folders)(
  '%s runs to its end without a learner',
  folder => {
    const {status, stdout, stderr} = glassbox(['run', folder.slice(0, 2)], {timeoutMs: 100_000});
    expect(stderr).toBe('');
    expect(stdout).not.toContain('NOT passed');
    expect(status).toBe(0);
  },
  110_000,
);
