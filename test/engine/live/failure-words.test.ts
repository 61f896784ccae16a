/** Calls that the kernel refuses, one by one: each is told with a reason and a cure of its own. */
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {expect, it, onTestFinished} from 'vitest';
import {errorParts, sayErrno} from '../../../src/course/index.ts';
import {failureRow} from '../../../src/course/words/failure.ts';
import {AT_FDCWD, CLONE, IOCTL, MS, O, PR, PR_CAP_AMBIENT} from '../../../src/engine/flags.ts';
import {defaultRoute, linkUp} from '../../../src/engine/network/links.ts';
import type {Arg, Op, Plan} from '../../../src/engine/plan/types.ts';
import type {ContainerSpec, EngineErrorInfo, NamespaceType, StageOptions} from '../../../src/engine/types.ts';
import {maps, openStage} from '../support.ts';
import {provoked, rowName} from './provoked.ts';

const op = (call: Op['call'], args: readonly Arg[], purpose = 'process.exec', more: Partial<Op> = {}): Op => ({
  call,
  args,
  purpose,
  ...more,
});
const open = (path: string, as: string, purpose?: string, flags: number = O.O_RDONLY): Op =>
  op('openat', [AT_FDCWD, path, flags | O.O_CLOEXEC, 0], purpose, {as, fd: true});
const writes = (path: string, text: string, purpose: string): Op[] => [
  open(path, 'file', purpose, O.O_WRONLY),
  op('write', [{slot: 'file'}, text, text.length], purpose),
];
const tmpfs = (dir: string): Op => op('mount', ['tmpfs', dir, 'tmpfs', 0, null]);
/** After a change of ids, files of /proc/self are root's until the process may be traced again (prctl(2)). */
const own = op('prctl', [PR.PR_SET_DUMPABLE, 1, 0, 0, 0]);
const folder = (path: string): Op => op('mkdirat', [AT_FDCWD, path, 0o755]);
const ns = (...types: NamespaceType[]): ContainerSpec['linux'] => ({namespaces: types.map(type => ({type}))});
const u32 = (...numbers: number[]): Uint8Array => new Uint8Array(Uint32Array.from(numbers).buffer);

const CAP_SYS_ADMIN = 21;
const RLIMIT_NOFILE = 7;
const bare: Partial<ContainerSpec> = {process: {args: ['/bin/true'], capabilities: {}}};
const other: Partial<ContainerSpec> = {process: {args: ['/bin/true'], user: {uid: 1000, gid: 1000}}};
const alone: Partial<ContainerSpec> = {linux: ns('mount')};
const mapped: Partial<ContainerSpec> = {linux: {...ns('user', 'mount'), ...maps}};
const answer = {size: 36};
/** A request of netlink(7), and the errno in what comes back. */
const asks = (request: Buffer): Op[] => [
  op('socket', [16, 3, 0], 'network.open', {as: 'netlink', fd: true}),
  op('sendto', [{slot: 'netlink'}, request, request.length, 0, null, 0]),
  op('recvfrom', [{slot: 'netlink'}, {buffer: 'answer'}, answer.size, 0, null, null]),
  op('CHECK', [{buffer: 'answer', offset: 16}, 4]),
];
/** One instruction: allow. */
const filter = {cells: [1, u32(0x06, 0x7fff0000)]};
const overlay = (d: string, more = ''): Op =>
  op('mount', ['overlay', `${d}/m`, 'overlay', 0, `lowerdir=${d}/l,upperdir=${d}/u${more}`], 'mount.overlay');
const layers = (d: string): Op[] => [tmpfs(d), ...['l', 'u', 'w', 'm'].map(name => folder(`${d}/${name}`))];

/** [call, errno, the rest of the specification, what is called before its program] */
const cases: [string, string, Partial<ContainerSpec>, (dir: string) => Op[]][] = [
  ['unshare', 'EPERM', bare, () => [op('unshare', [CLONE.CLONE_NEWUTS])]],
  [
    'unshare',
    'ENOSPC',
    mapped,
    () => [...writes('/proc/sys/user/max_user_namespaces', '0\n', 'sysctl.set'), op('unshare', [CLONE.CLONE_NEWUSER])],
  ],
  ['unshare', 'EINVAL', {}, () => [op('unshare', [1])]],
  ['setns', 'EPERM', bare, () => [open('/proc/self/ns/uts', 'ns'), op('setns', [{slot: 'ns'}, 0])]],
  ['setns', 'EINVAL', {}, () => [open('/proc/self/ns/user', 'ns'), op('setns', [{slot: 'ns'}, CLONE.CLONE_NEWUSER])]],
  ['sethostname', 'EPERM', bare, () => [op('sethostname', ['tiger', 5])]],
  ['sethostname', 'EINVAL', {linux: ns('uts')}, () => [op('sethostname', ['t'.repeat(65), 65])]],
  ['mount', 'EPERM', {...bare, ...alone}, dir => [tmpfs(dir)]],
  ['mount', 'EPERM', mapped, dir => [op('mount', ['d', dir, 'devtmpfs', 0, null])]],
  ['mount', 'EPERM', mapped, dir => [op('mount', ['proc', dir, 'proc', 0, null], 'mount.proc')]],
  [
    'mount',
    'EPERM',
    mapped,
    () => [op('mount', [null, '/proc', null, MS.MS_REMOUNT | MS.MS_BIND | MS.MS_NOATIME, null])],
  ],
  ['mount', 'EINVAL', alone, dir => [...layers(dir), overlay(dir)]],
  [
    'mount',
    'EBUSY',
    alone,
    d => [...layers(d), overlay(d, `,workdir=${d}/w,index=on`), overlay(d, `,workdir=${d}/w,index=on`)],
  ],
  [
    'mount',
    'EINVAL',
    alone,
    dir => [
      tmpfs(dir),
      op('mount', [null, dir, null, MS.MS_UNBINDABLE, null]),
      op('mount', [dir, '/mnt', null, MS.MS_BIND, null]),
    ],
  ],
  ['mount', 'EINVAL', alone, dir => [op('mount', [null, `${dir}/folder`, null, MS.MS_PRIVATE, null])]],
  ['mount', 'EINVAL', alone, dir => [op('mount', ['tmpfs', dir, 'tmpfs', 0, 'nosuch=1'])]],
  ['mount', 'ENOENT', alone, dir => [op('mount', ['tmpfs', `${dir}/none`, 'tmpfs', 0, null])]],
  ['mount', 'ENOTDIR', alone, dir => [op('mount', [dir, `${dir}/file`, null, MS.MS_BIND, null])]],
  ['umount2', 'EINVAL', alone, dir => [op('umount2', [dir, 0])]],
  ['umount2', 'EPERM', {...bare, ...alone}, dir => [op('umount2', [dir, 0])]],
  ['umount2', 'EBUSY', alone, dir => [tmpfs(dir), open(dir, 'user'), op('umount2', [dir, 0])]],
  ['pivot_root', 'EPERM', {...bare, ...alone}, dir => [op('pivot_root', [dir, dir])]],
  ['pivot_root', 'EBUSY', alone, () => [op('pivot_root', ['/', '/'])]],
  ['pivot_root', 'EINVAL', alone, d => [tmpfs(d), folder(`${d}/sub`), op('pivot_root', [`${d}/sub`, `${d}/sub`])]],
  ['chroot', 'EPERM', bare, dir => [op('chroot', [dir])]],
  ['mknodat', 'EPERM', mapped, d => [tmpfs(d), op('mknodat', [AT_FDCWD, `${d}/null`, 0o20666, 0x103])]],
  ['write', 'EACCES', bare, () => writes('/proc/self/oom_score_adj', '-1000', 'process.oom-score')],
  ['write', 'EINVAL', {}, () => writes('/proc/self/oom_score_adj', '1001', 'process.oom-score')],
  ['openat', 'ENOENT', {}, () => [open('/proc/sys/net/nosuch', 'file', 'sysctl.set')]],
  ['openat', 'ENOENT', {}, () => [open('/proc/self/ns/nosuch', 'file', 'namespace.open')]],
  ['setresuid', 'EPERM', bare, () => [op('setresuid', [5, 5, 5])]],
  ['setresuid', 'EINVAL', mapped, () => [op('setresuid', [70000, 70000, 70000])]],
  ['setgroups', 'EPERM', bare, () => [op('setgroups', [0, null])]],
  ['capset', 'EPERM', bare, () => [op('capset', [u32(0x20080522, 0), u32(0, 1 << CAP_SYS_ADMIN, 0, 0, 0, 0)])]],
  [
    'prctl',
    'EPERM',
    bare,
    () => [
      op('prctl', [PR.PR_CAP_AMBIENT, PR_CAP_AMBIENT.PR_CAP_AMBIENT_RAISE, CAP_SYS_ADMIN, 0, 0], 'capability.ambient'),
    ],
  ],
  ['prctl', 'EPERM', bare, () => [op('prctl', [PR.PR_CAPBSET_DROP, CAP_SYS_ADMIN, 0, 0, 0], 'capability.bounding')]],
  ['seccomp', 'EACCES', bare, () => [op('seccomp', [1, 0, filter])]],
  ['seccomp', 'EINVAL', {}, () => [op('seccomp', [1, 0, {cells: [0, u32(0, 0)]}])]],
  ['prlimit64', 'EPERM', {}, () => [op('prlimit64', [0, RLIMIT_NOFILE, {cells: [2 ** 40, 2 ** 40]}, null])]],
  ['prlimit64', 'EINVAL', {}, () => [op('prlimit64', [0, RLIMIT_NOFILE, {cells: [9, 8]}, null])]],
  ['sched_setattr', 'EPERM', bare, () => [op('sched_setattr', [0, u32(48, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0), 0])]],
  ['sched_setattr', 'EINVAL', {}, () => [op('sched_setattr', [0, u32(48, 1, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0), 0])]],
  ['pidfd_open', 'ESRCH', {}, () => [op('pidfd_open', [0x3fffffff, 0])]],
  ['socket', 'EPERM', bare, () => [op('socket', [17, 3, 0])]],
  ['socket', 'EAFNOSUPPORT', {}, () => [op('socket', [99, 3, 0])]],
  ['mount', 'EPERM', mapped, dir => [op('mount', ['sysfs', dir, 'sysfs', 0, null], 'mount.sysfs')]],
  ['chdir', 'EACCES', other, dir => [op('chdir', [dir], 'process.cwd')]],
  ['openat', 'EACCES', other, () => [open('/proc/1/ns/uts', 'ns', 'namespace.open')]],
  ['openat', 'EACCES', other, () => writes('/proc/sys/kernel/hostname', 'x', 'sysctl.set')],
  ['write', 'EINVAL', {linux: ns('network')}, () => writes('/proc/sys/net/ipv4/ip_forward', 'x', 'sysctl.set')],
  ['write', 'EPERM', bare, () => writes('/proc/self/timens_offsets', 'monotonic 1 0\n', 'time.offsets')],
  ['unshare', 'EPERM', {}, dir => [op('chroot', [dir]), op('unshare', [CLONE.CLONE_NEWUSER])]],
  ['prctl', 'EINVAL', {}, () => [op('prctl', [9999, 0, 0, 0, 0])]],
  [
    'mount_setattr',
    'EINVAL',
    alone,
    dir => [op('mount_setattr', [AT_FDCWD, `${dir}/folder`, 0, {cells: [1, 0, 0, 0]}, 32])],
  ],
  [
    'mount',
    'EBUSY',
    alone,
    d => [
      tmpfs(d),
      open(`${d}/written`, 'file', 'process.exec', O.O_WRONLY | O.O_CREAT),
      op('mount', [null, d, null, MS.MS_REMOUNT | MS.MS_RDONLY, null]),
    ],
  ],
  [
    'openat',
    'EROFS',
    alone,
    () => [
      op('mount', ['/proc/sys', '/proc/sys', null, MS.MS_BIND, null]),
      op('mount', [null, '/proc/sys', null, MS.MS_REMOUNT | MS.MS_BIND | MS.MS_RDONLY, null]),
      ...writes('/proc/sys/kernel/hostname', 'x', 'sysctl.set'),
    ],
  ],
  ['write', 'EPERM', mapped, () => [own, ...writes('/proc/self/setgroups', 'deny', 'user.no-groups')]],
  ['kill', 'EPERM', other, () => [op('kill', [1, 0])]],
  // Of tmpfs and proc each mount is another one.
  ['mount', 'EBUSY', alone, d => [op('mount', ['s', d, 'sysfs', 0, null]), op('mount', ['s', d, 'sysfs', 0, null])]],
  ['mount', 'EACCES', other, dir => [op('mount', ['tmpfs', `${dir}/folder`, 'tmpfs', 0, null])]],
  [
    'ioctl',
    'EPERM',
    {process: {args: ['/bin/true'], terminal: true}},
    () => [
      open('/dev/ptmx', 'second', 'terminal.open', O.O_RDWR | O.O_NOCTTY),
      op('ioctl', [{slot: 'second'}, IOCTL.TIOCSCTTY, 0], 'terminal.control'),
    ],
  ],
  ['write', 'EPERM', {...bare, linux: ns('pid')}, () => writes('/proc/sys/kernel/ns_last_pid', '9', 'sysctl.set')],
  [
    'write',
    'EACCES',
    {linux: {...ns('user', 'time'), ...maps}},
    () => [own, ...writes('/proc/self/timens_offsets', 'boottime 1 0\n', 'time.offsets')],
  ],
  ['recvfrom', 'EPERM', {...bare, linux: ns('network')}, () => asks(linkUp('lo'))],
  ['recvfrom', 'ENODEV', {linux: ns('network')}, () => asks(linkUp('nosuch'))],
  ['recvfrom', 'ENETUNREACH', {linux: ns('network')}, () => asks(defaultRoute('10.9.8.7'))],
];

/** A container's plan with further calls before its program. */
function before(ops: readonly Op[]): NonNullable<StageOptions['mutate']> {
  return <P>(plan: P): P => {
    const {buffers, child = []} = plan as unknown as Plan;
    return {...plan, buffers: {...buffers, answer}, child: [...child.slice(0, -1), ...ops, ...child.slice(-1)]};
  };
}

/** The same with a map of ids written a second time. */
const twice: (map: string) => NonNullable<StageOptions['mutate']> =
  map =>
  <P>(plan: P): P => {
    const {main} = plan as unknown as Plan;
    const ops = main.filter(one => one.purpose === `user.${map}`);
    const again = ops.map(one =>
      one.as ? {...one, as: 'again'} : {...one, args: [{slot: 'again'}, ...one.args.slice(1)]},
    );
    const at = main.indexOf(ops.at(-1)!) + 1;
    return {...plan, main: [...main.slice(0, at), ...again, ...main.slice(at)]};
  };

function scratch(): string {
  const dir = mkdtempSync('/tmp/glassbox-test-');
  onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
  mkdirSync(`${dir}/folder`);
  writeFileSync(`${dir}/file`, '');
  return dir;
}

const told = new Set<string>();

async function refuse(
  call: string,
  errno: string,
  spec: Partial<ContainerSpec>,
  mutate: NonNullable<StageOptions['mutate']>,
): Promise<void> {
  const stage = await openStage({mutate});
  const error: EngineErrorInfo = await stage.run('box', {process: {args: ['/bin/true']}, ...spec}).then(
    () => expect.unreachable('it should have failed'),
    (refused: EngineErrorInfo) => refused,
  );
  expect(error).toMatchObject({code: 'call.failed', params: {call, errno}});
  const row = failureRow(error.call!);
  expect(row, `${call} ${errno}`).toBeDefined();
  for (const lang of ['en', 'zh'] as const) {
    expect(errorParts(error, lang).meaning).toBe(row![lang]);
    expect(sayErrno(errno, lang)).not.toContain('man 3 errno');
  }
  told.add(rowName(row!));
}

it.each(cases)('%s %s', (call, errno, spec, calls) => refuse(call, errno, spec, before(calls(scratch()))));

it.each(['uid-map', 'gid-map'])('write EPERM: %s', map => refuse('write', 'EPERM', mapped, twice(map)));

it('these are the reasons that are said to be seen here', () => {
  const here = Object.entries(provoked).filter(([, [file]]) => file === 'engine/live/failure-words');
  expect([...told].sort()).toEqual(here.map(([row]) => row).sort());
});
