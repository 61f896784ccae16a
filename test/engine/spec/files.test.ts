/** What a container sees as files: devices, what is hidden or read-only, options of mounts. */
import {mkdirSync, readdirSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import type {ContainerSpec, MountSpec} from '../../../src/engine/types.ts';
import {maps, openStage, output, rootFolder} from '../support.ts';
import {problemsOf, sh} from './support.ts';

type Linux = NonNullable<ContainerSpec['linux']>;
const mountSpace = {namespaces: [{type: 'mount'}, {type: 'pid'}]} satisfies Linux;
const userSpace = {namespaces: [...mountSpace.namespaces, {type: 'user'}], ...maps} satisfies Linux;
const proc: MountSpec = {destination: '/proc', type: 'proc'};
const dev: MountSpec = {destination: '/dev', type: 'tmpfs', options: ['nosuid', 'mode=755', 'size=64k']};

/** A root with /dev in memory and the host's programs. */
function rooted(linux: Linux, more: MountSpec[] = []): Omit<ContainerSpec, 'process'> & {dir: string} {
  const {root, mounts, dir} = rootFolder();
  mkdirSync(path.join(dir, 'dev'));
  return {root, mounts: [...mounts, proc, dev, ...more], linux, dir};
}

const inside = (script: string, {dir: _, ...spec}: ReturnType<typeof rooted>): Promise<string> => sh(script, {}, spec);

const fuse = {type: 'c', path: '/dev/net/tun', major: 10, minor: 200, fileMode: 0o640, uid: 5, gid: 6} as const;
const pipe = {type: 'p', path: '/dev/pipe', fileMode: 0o622} as const;

describe('linux.devices', () => {
  it('are made with number, mode and owner, in folders that are made too', async () => {
    const text = await inside(
      'stat -c "%F %t,%T %a %u:%g" /dev/net/tun /dev/pipe /dev/zero; head -c 3 /dev/zero | wc -c; umask',
      rooted({...mountSpace, devices: [fuse, pipe, {type: 'c', path: '/dev/zero', major: 1, minor: 5}]}),
    );
    expect(text).toBe(
      'character special file a,c8 640 5:6\nfifo 0,0 622 0:0\ncharacter special file 1,5 666 0:0\n3\n0022\n',
    );
  });

  it('all of the OCI default ones, where asked', async () => {
    const text = await inside(
      'echo lost > /dev/null; head -c 2 /dev/urandom | wc -c; echo x 2>/dev/null > /dev/full || echo full; readlink /dev/fd /dev/ptmx; ls /dev',
      rooted({...mountSpace, defaultDevices: true}),
    );
    expect(text.replace(/\[stderr\].*/s, '')).toBe(
      '2\nfull\n/proc/self/fd\npts/ptmx\nfd\nfull\nnull\nptmx\nrandom\nstderr\nstdin\nstdout\ntty\nurandom\nzero\n',
    );
  });

  it('are the host’s in a user namespace, where none can be made', async () => {
    const spec = rooted({...userSpace, defaultDevices: true, devices: [pipe]});
    const text = await inside('stat -c "%F %t,%T" /dev/null /dev/pipe; echo x > /dev/null && echo works', spec);
    expect(text).toBe('character special file 1,3\nfifo 0,0\nworks\n');
  });

  it('a file system below an empty one gets its folder, without a root too', async () => {
    const shm: MountSpec = {destination: '/dev/deep/shm', type: 'tmpfs', options: ['size=8k']};
    const script = 'stat -c "%a %n" /dev/deep; stat -f -c %T /dev/deep/shm';
    expect(await inside(script, rooted(mountSpace, [shm]))).toBe('755 /dev/deep\ntmpfs\n');
    const own: MountSpec = {destination: '/mnt', type: 'tmpfs'};
    const below = {...shm, destination: '/mnt/shm'};
    expect(await inside('stat -f -c %T /mnt/shm', {linux: mountSpace, mounts: [own, below], dir: ''})).toBe('tmpfs\n');
    expect(readdirSync('/mnt')).not.toContain('shm');
  });

  it('are not there by themselves', async () => {
    expect(await inside('ls /dev', rooted(mountSpace))).toBe('');
  });

  it('a folder that leads out through /proc is not followed', async () => {
    const spec = rooted({...mountSpace, devices: [{...pipe, path: '/trap/here'}]});
    symlinkSync('/proc/self/fd/0', path.join(spec.dir, 'trap'));
    const stage = await openStage();
    const {dir: _, ...rest} = spec;
    await expect(stage.run('box', {...rest, process: {args: ['true']}})).rejects.toMatchObject({
      code: 'call.failed',
      call: {call: 'openat2', errno: 'ELOOP'},
    });
  });

  it('need a root, and a path below it', () => {
    const of = (device: object) => problemsOf({}, {root: {path: '/r'}, linux: {...mountSpace, devices: [device]}});
    expect(problemsOf({}, {linux: {...mountSpace, devices: [fuse]}})).toEqual(['spec.needs-root linux.devices']);
    expect(problemsOf({}, {linux: {...mountSpace, defaultDevices: true}})).toHaveLength(1);
    expect(of({...fuse, path: '/dev/../x'})).toEqual(['spec.below-root linux.devices[0].path']);
    expect(of({...fuse, type: 'd'})).toEqual(['spec.value linux.devices[0].type']);
    expect(of({...fuse, major: 4096})).toEqual(['spec.range linux.devices[0].major']);
  });
});

const masked = {maskedPaths: ['/proc/cpuinfo', '/proc/driver', '/proc/nowhere', '/proc/cpuinfo/below']};

describe('linux.maskedPaths', () => {
  it.each([
    ['with a root', () => rooted({...mountSpace, ...masked})],
    ['in a user namespace', () => rooted({...userSpace, ...masked})],
    ['without a root', () => ({linux: {...mountSpace, ...masked}, dir: ''})],
  ])('hide files and folders, and pass over what is not there: %s', async (_what, spec) => {
    const text = await inside(
      'wc -c < /proc/cpuinfo; ls -A /proc/driver | wc -l; pwd; head -c 1 /proc/uptime | wc -c',
      spec(),
    );
    expect(text).toBe('0\n0\n/\n1\n');
  });

  it('cover with the host’s /dev/null, whatever the container’s own is', async () => {
    const spec = rooted({...mountSpace, maskedPaths: ['/etc/secret']}, []);
    writeFileSync(path.join(spec.dir, 'etc/secret'), 'secret');
    const bare = {...spec, mounts: spec.mounts!.filter(m => m.destination !== '/dev')};
    writeFileSync(path.join(spec.dir, 'dev/null'), 'not null');
    const look = 'cat /etc/secret; stat -c %F /etc/secret; chmod 666 /etc/secret 2>&1 | grep -o "Read-only"';
    expect(await inside(look, bare)).toBe('character special file\nRead-only\n');
  });

  it('need a mount namespace, and a path below the root', () => {
    expect(problemsOf({}, {linux: masked})).toEqual(['spec.needs-namespace linux.maskedPaths']);
    expect(problemsOf({}, {linux: {...mountSpace, maskedPaths: ['/']}})).toEqual([
      'spec.below-root linux.maskedPaths[0]',
    ]);
  });
});

describe('linux.readonlyPaths', () => {
  it.each([
    ['as root', mountSpace],
    ['in a user namespace', userSpace],
  ])('cannot be written any more, %s', async (_who, linux) => {
    const spec = rooted({...linux, readonlyPaths: ['/tmp', '/proc/sys', '/nowhere']}, [
      {destination: '/tmp', type: 'tmpfs'},
    ]);
    const text = await inside(
      'touch /tmp/x 2>&1; echo 1 2>&1 > /proc/sys/kernel/panic; touch /etc/x && echo free',
      spec,
    );
    expect(text).toMatch(/touch: .*Read-only file system/);
    expect(text).toMatch(/Read-only file system.*\n.*(Read-only file system|cannot create)/s);
    expect(text).toMatch(linux === mountSpace ? /free/ : /free|denied/);
  });
  it('need a mount namespace', () => {
    expect(problemsOf({}, {linux: {readonlyPaths: ['/tmp']}})).toEqual(['spec.needs-namespace linux.readonlyPaths']);
  });
});

describe('mounts[].options', () => {
  it('rro and its kind reach the mounts below, ro does not', async () => {
    const spec = (options: string[]) => ({
      linux: mountSpace,
      dir: '',
      mounts: [{destination: '/mnt', type: 'bind', source: '/dev', options: ['rbind', ...options]}],
    });
    const flags = 'grep " /mnt/pts " /proc/self/mountinfo | cut -d" " -f6';
    expect(await inside(flags, spec(['ro']))).toMatch(/^rw/);
    expect(await inside(flags, spec(['rro', 'rnosuid', 'rnoexec']))).toMatch(/^ro,nosuid,noexec/);
    expect(await inside(flags, spec(['rro', 'rrw']))).toMatch(/^rw/);
    expect(await inside(flags, spec(['rnoatime']))).toMatch(/noatime/);
  });

  /** Flags of the stage's folder, which is nosuid and nodev, where it is bound. */
  async function bound(linux: Linux, ...options: string[]): Promise<string[]> {
    const stage = await openStage();
    const mounts = [{destination: '/mnt', type: 'bind', source: stage.dir, options: ['bind', ...options]}];
    const args = ['sh', '-c', 'grep " /mnt " /proc/self/mountinfo | cut -d" " -f6'];
    return (await output(await stage.run('box', {process: {args}, linux, mounts}))).trim().split(',');
  }

  it('of a bind mount in a user namespace: what the source has stays', async () => {
    expect(await bound(userSpace)).toEqual(['rw', 'nosuid', 'nodev', 'relatime']);
    expect(await bound(userSpace, 'ro')).toEqual(['ro', 'nosuid', 'nodev', 'relatime']);
    const more = ['nosuid', 'nodev', 'noexec', 'relatime', 'nosymfollow'];
    expect(await bound(userSpace, 'noexec', 'nosymfollow', 'relatime')).toEqual(['rw', ...more]);
  });

  it('of a bind mount in a user namespace: how the time of access is kept stays as well, says the kernel', async () => {
    const call = {call: 'mount_setattr', errno: 'EPERM', purpose: 'mount.bind.flags'};
    for (const word of ['noatime', 'nodiratime', 'strictatime'])
      await expect(bound(userSpace, word)).rejects.toMatchObject({code: 'call.failed', call});
  });

  it('of a bind mount as root: those that are named, and no others', async () => {
    expect(await bound(mountSpace)).toEqual(['rw', 'nosuid', 'nodev', 'relatime']);
    expect(await bound(mountSpace, 'ro', 'noexec')).toEqual(['ro', 'noexec', 'relatime']);
  });

  it('nosymfollow holds for a bind mount', async () => {
    const mounts = [{destination: '/mnt', type: 'bind', source: '/dev', options: ['bind', 'nosymfollow']}];
    expect(await inside('readlink /mnt/fd; ls /mnt/fd/ 2>&1', {linux: mountSpace, mounts, dir: ''})).toMatch(
      /^\/proc\/self\/fd\n.*symbolic links/,
    );
  });

  it('what would have no effect is refused', () => {
    const of = (type: string | undefined, ...options: string[]) =>
      problemsOf({}, {linux: mountSpace, mounts: [{destination: '/mnt', ...(type ? {type} : {}), options}]});
    expect(of('tmpfs', 'ro', 'tmpcopyup')).toEqual(['spec.unsupported mounts[0].options[1]']);
    expect(of('bind', 'idmap')).toEqual(['spec.unsupported mounts[0].options[0]']);
    expect(of(undefined, 'bind', 'size=1m')).toEqual(['spec.mount-option mounts[0].options[1]']);
    expect(of('tmpfs', 'size=1m')).toEqual([]);
  });

  it('more bind mounts than the keeper holds descriptors are refused before anything runs', async () => {
    const many = Array.from(
      {length: 80},
      (): MountSpec => ({destination: '/tmp', type: 'bind', source: '/tmp', options: ['bind']}),
    );
    const {dir: _, ...spec} = rooted(mountSpace, many);
    const stage = await openStage();
    await expect(stage.run('box', {...spec, process: {args: ['true']}})).rejects.toMatchObject({code: 'plan.too-many'});
    expect(await output(await stage.run('box', {process: {args: ['echo', 'on']}}))).toBe('on\n');
  });
});

describe('root.readonly', () => {
  const root = {path: 'copied', programs: ['sh'], readonly: true};
  const script = 'echo x > /x && echo written';

  it.each([
    ['as it is', mountSpace],
    // The stage's folder has flags that a user namespace may not take away.
    ['in a user namespace', userSpace],
  ])('of copied programs, %s', async (_where, linux) => {
    expect(await sh(script, {}, {root, linux})).toMatch(/Read-only file system/);
  });

  it('is asked for', async () => {
    expect(await sh(script, {}, {root: {...root, readonly: false}, linux: mountSpace})).toBe('written\n');
  });
});
