/** Mount tables as other machines have them. */
import {expect, test} from 'vitest';
import {mountFindings, mountOf, parseMountInfo, procLids} from '../../../src/engine/host/mounts.ts';

const line = (where: string, options = 'rw,relatime', propagation = '', type = 'ext4') =>
  `22 1 0:21 / ${where} ${options} ${propagation && `${propagation} `}- ${type} none rw`;
const table = (...lines: string[]) => parseMountInfo(`${lines.join('\n')}\nno such line\n`);
const folders = {program: '/opt/glassbox', stages: '/run'};
const find = (mounts: ReturnType<typeof table>, id: string, root = false) =>
  mountFindings(mounts, root, folders).find(one => one.id === id);

test('a path lies on the longest mount above it; of two at one place the later one counts', () => {
  const mounts = table(line('/'), line('/opt'), line('/op'), line('/opt', 'rw,noexec'), line('/with\\040space'));
  expect(mountOf('/opt/x', mounts)?.options).toEqual(['rw', 'noexec']);
  expect(mountOf('/optical', mounts)?.where).toBe('/');
  expect(mountOf('/with space/x', mounts)?.where).toBe('/with space');
});

test('shared, as systemd makes it, or private', () => {
  expect(find(table(line('/', 'rw', 'shared:1')), 'mount.root')?.meaning).toBe('host.mount.shared');
  expect(find(table(line('/', 'rw', 'master:1')), 'mount.root')?.meaning).toBe('host.mount.private');
});

test('a /proc with lids, as Docker makes it, keeps ordinary users from one of their own', () => {
  const docker = table(
    line('/'),
    line('/proc', 'rw', '', 'proc'),
    line('/proc/sys/fs/binfmt_misc'),
    line('/proc/kcore'),
    line('/proc/sys', 'ro'),
  );
  expect(procLids(docker)).toEqual(['/proc/kcore', '/proc/sys']);
  expect(find(docker, 'mount.proc')).toMatchObject({ok: 'no', cure: 'host.cure.proc'});
  expect(find(docker, 'mount.proc', true)?.ok).toBe('yes');
  const whole = table(line('/'), line('/proc', 'rw', '', 'proc'), line('/proc/sys/fs/binfmt_misc'));
  expect(find(whole, 'mount.proc')?.ok).toBe('yes');
  expect(procLids(table(line('/proc', 'ro', '', 'proc')))).toEqual(['/proc (ro)']);
});

test('noexec where the program lies stops all; where stages lie, the real host only', () => {
  const noexec = (where: string) => table(line('/'), line(where, 'rw,nosuid,noexec'));
  expect(find(noexec('/opt'), 'mount.program')).toMatchObject({
    ok: 'no',
    params: {command: 'mount -o remount,exec /opt'},
  });
  expect(find(noexec('/run'), 'mount.run')).toMatchObject({ok: 'partly', found: '/run: noexec nosuid'});
  expect(find(table(line('/'), line('/run', 'ro')), 'mount.run')?.ok).toBe('no');
  expect(find(table(line('/', 'rw,nosuid')), 'mount.run')?.ok).toBe('yes');
});
