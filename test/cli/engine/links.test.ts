/** Roots with links in unusual places: they count as inside, whatever lies there on the machine. */
import {copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {engine} from './support.ts';

function root(): string {
  const dir = mkdtempSync('/tmp/gb-links-');
  onTestFinished(() => rmSync(dir, {recursive: true}));
  for (const name of ['bin', 'apps', 'one']) mkdirSync(path.join(dir, name));
  copyFileSync('/bin/busybox', path.join(dir, 'bin/busybox'));
  for (const name of ['sh', 'sleep']) symlinkSync('/bin/busybox', path.join(dir, 'bin', name));
  for (const name of ['one/hello', 'apps/hello', 'apps/only'])
    writeFileSync(path.join(dir, name), '#!/bin/sh\necho $0\n', {mode: 0o755});
  // Files that are there on the machine, and not inside.
  symlinkSync('/usr/bin', path.join(dir, 'host'));
  symlinkSync('/apps', path.join(dir, 'local'));
  symlinkSync('loop', path.join(dir, 'loop'));
  return dir;
}

test('a further process is found along PATH as the first one is', () => {
  const e = engine();
  const folder = `${root()}:O`;
  e(['run', '-d', '--name', 'box', '-e', 'PATH=/bin', '--rootfs', folder, 'sleep', '1000']);
  const both = (where: string, ...command: string[]) => {
    const first = e(['run', '--rm', '-e', `PATH=${where}`, '--rootfs', folder, ...command]);
    expect(e(['exec', '-e', `PATH=${where}`, 'box', ...command])).toEqual(first);
    return [first.status, first.stdout];
  };
  expect(both('/local', 'only')).toEqual([0, '/local/only\n']);
  expect(both('/local:/one', 'hello')).toEqual([0, '/local/hello\n']);
  expect(both('/loop:/one', 'hello')).toEqual([0, '/one/hello\n']);
  expect(both('/host:/bin', 'sh', '-c', 'echo $0')).toEqual([0, 'sh\n']);
  expect(both('/host', 'id')).toEqual([127, '']);
  expect(both('/bin', 'sleep', '0')).toEqual([0, '']);
});

test('a destination with ".." is cleaned, as with Docker', () => {
  const said = engine()(['run', '--rm', '--programs', 'ls', '-v', '/etc/hostname:/a/../x', 'ls', '/x']);
  expect(said).toEqual({status: 0, stdout: '/x\n', stderr: ''});
});
