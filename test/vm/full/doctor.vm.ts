// Doctor in a guest where things are really missing, one after the other, in one boot.
import {afterAll, beforeAll, expect, it} from 'vitest';
import {type GuestEnd, runInGuest} from '../../../scripts/vm/guest.ts';
import {NoGuest} from '../../../scripts/vm/needs.ts';
import {scenes} from '../support/doctor/scenes.ts';
import {GUEST_ENV} from '../support/pass.ts';

const abort = new AbortController();
let end: GuestEnd | NoGuest;
let said = '';
let errors = '';

beforeAll(async () => {
  end = await runInGuest([process.execPath, '--no-warnings', 'test/vm/support/doctor/inside.ts'], {
    timeout: 1800,
    append: ['cgroup_disable=memory'],
    env: GUEST_ENV,
    signal: abort.signal,
    stdout: chunk => {
      said += chunk;
    },
    stderr: chunk => {
      errors = `${errors}${chunk}`.slice(-4000);
    },
  }).catch(error => {
    if (error instanceof NoGuest) return error;
    throw error;
  });
});
afterAll(() => abort.abort());

it.for(scenes.map(({name}) => name))('%s', (name, {skip}) => {
  if (end instanceof NoGuest) return skip(end.message);
  const line = said.split('\n').find(one => one === `ok ${name}` || one.startsWith(`not ok ${name}:`));
  const last = end.kind === 'exited' ? `status ${end.status}` : `${end.kind}: ${end.console}`;
  expect(line ?? `not told; ${last}; ${errors}`).toBe(`ok ${name}`);
});
