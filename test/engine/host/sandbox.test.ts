/** Where other machines are inside of, by the traces that they leave. */
import {expect, test} from 'vitest';
import {
  initFinding,
  type Surroundings,
  sandboxFinding,
  sandboxOf,
  seccompFinding,
} from '../../../src/engine/host/sandbox.ts';

function place({
  files = {},
  pid = 'pid:[4026532200]',
  env = {},
}: {
  files?: Record<string, string>;
  pid?: string;
  env?: Record<string, string>;
} = {}): Surroundings {
  return {
    read: path => files[path],
    exists: path => path in files,
    link: path => (path === '/proc/self/ns/pid' ? pid : undefined),
    env,
  };
}

test.each([
  ['none', place({pid: 'pid:[4026531836]'})],
  // A virtual machine that was made of an image still has its file.
  ['none', place({pid: 'pid:[4026531836]', files: {'/.dockerenv': ''}})],
  ['docker', place({files: {'/.dockerenv': ''}})],
  ['podman', place({files: {'/run/.containerenv': ''}})],
  ['kubernetes', place({files: {'/.dockerenv': ''}, env: {KUBERNETES_SERVICE_HOST: '10.0.0.1'}})],
  ['lxc', place({files: {'/proc/1/environ': 'TERM=x\0container=lxc\0'}})],
  ['systemd-nspawn', place({files: {'/run/systemd/container': 'systemd-nspawn\n'}})],
  ['container', place()],
  ['wsl2', place({files: {'/proc/sys/kernel/osrelease': '5.15.153.1-microsoft-standard-WSL2\n'}})],
  ['wsl1', place({files: {'/proc/sys/kernel/osrelease': '4.4.0-19041-Microsoft\n'}})],
])('%s', (kind, surroundings) => {
  expect(sandboxOf(surroundings)).toBe(kind);
  expect(sandboxFinding(surroundings).ok).toBe(kind === 'wsl1' ? 'no' : 'yes');
});

test('systemd is the first process and has its folder', () => {
  const files = {'/proc/1/comm': 'systemd\n', '/run/systemd/system': ''};
  expect(initFinding(place({files})).meaning).toBe('host.init.systemd');
  expect(initFinding(place({files: {...files, '/proc/1/comm': 'sh\n'}})).meaning).toBe('host.init.other');
});

test('a filter is asked only where there is one, and named with what it refuses', async () => {
  const status = (mode: string) => () => `Name:\tnode\nSeccomp:\t${mode}\n`;
  let asked = 0;
  const probe = (passes: boolean) => async () => {
    asked++;
    return [{call: 'unshare', passes}];
  };
  expect((await seccompFinding(probe(false), status('0'))).meaning).toBe('host.seccomp.none');
  expect(asked).toBe(0);
  expect(await seccompFinding(probe(true), status('2'))).toMatchObject({ok: 'yes', meaning: 'host.seccomp.passes'});
  expect(await seccompFinding(probe(false), status('2'))).toMatchObject({
    ok: 'no',
    found: '2: unshare',
    cure: 'host.cure.seccomp',
  });
});
