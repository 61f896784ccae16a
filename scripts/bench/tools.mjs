// What the parts of the container bench share: a root on tmpfs, the C side, groups, and the other runtimes' command lines.
import {execFileSync, spawn} from 'node:child_process';
import {chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline';

const here = import.meta.dirname;
const cgroups = '/sys/fs/cgroup';
export const controllers = ['cpu', 'memory', 'pids'];
/** All kinds that crun 1.8 knows: every one but time. */
export const kinds = ['user', 'pid', 'ipc', 'uts', 'mount', 'network', 'cgroup'];
const mapped = 100000;
export const maps = [{containerID: 0, hostID: mapped, size: 65536}];
export const resources = {cpu: {quota: 50000, period: 100000}, memory: {limit: 268435456}, pids: {limit: 128}};

/** A root file system with two static programs, and the yardstick, on tmpfs. */
export function prepare() {
  const dir = mkdtempSync('/dev/shm/glassbox-bench-');
  // The root of a user namespace has to come by here.
  execFileSync('chmod', ['755', dir]);
  for (const name of ['bin', 'proc', 'dev', 'sys', 'tmp']) mkdirSync(path.join(dir, 'root', name), {recursive: true});
  mkdirSync(path.join(dir, 'merged'));
  const compile = (to, text) =>
    execFileSync('gcc', ['-O2', '-static', '-x', 'c', '-o', path.join(dir, to), '-'], {input: text});
  compile('root/bin/true', 'int main(void) { return 0; }\n');
  compile('root/bin/pause', '#include <unistd.h>\nint main(void) { for (;;) pause(); }\n');
  // Of whoever is root inside: crun makes devices in it.
  execFileSync('chown', ['-R', `${mapped}:${mapped}`, `${dir}/root`]);
  execFileSync('gcc', ['-O2', '-o', path.join(dir, 'raw'), path.join(here, 'raw.c')]);
  return {dir, remove: () => rmSync(dir, {recursive: true, force: true})};
}

/** The tree of v2 beside those of v1, where our engine has a group too. */
export const unified = () => (existsSync(`${cgroups}/unified/cgroup.procs`) ? `${cgroups}/unified` : undefined);

/** The C side: one line in, milliseconds out. In a mount namespace of its own, where crun finds no second cgroup tree unless it is `seen`. */
export function yardstick({dir}, seen = false) {
  const hide = seen || !unified() ? 'exec "$0"' : `mount -t tmpfs none ${cgroups}/unified; exec "$0"`;
  const child = spawn('unshare', ['-m', 'sh', '-c', hide, path.join(dir, 'raw')], {stdio: ['pipe', 'pipe', 'inherit']});
  const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]();
  return {
    async ask(line) {
      child.stdin.write(`${line}\n`);
      const {value, done} = await lines.next();
      if (done) throw new Error('the yardstick ended');
      if (Number(value) < 0)
        throw new Error(`failed: ${line.split(' ').slice(0, 12).join(' ')} …; RAW_STDERR=1 shows why`);
      return Number(value) / 1e6;
    },
    close: () => child.stdin.end(),
  };
}

export const installed = name =>
  ['/usr/bin', '/usr/sbin', '/bin', '/usr/local/bin'].some(at => existsSync(path.join(at, name)));

/** Folders for a group of that name: one in each tree of v1, or one in that of v2. */
export const groupFolders = name =>
  existsSync(`${cgroups}/cgroup.controllers`)
    ? [`${cgroups}/${name}`]
    : controllers.map(controller => `${cgroups}/${controller}/${name}`).filter(at => existsSync(path.dirname(at)));

/** Groups that a runtime left behind when it was stopped in the middle. */
export function removeGroups(prefix) {
  for (const tree of [cgroups, ...readdirSync(cgroups).map(name => path.join(cgroups, name))]) {
    let names = [];
    try {
      names = readdirSync(tree).filter(name => name.startsWith(prefix));
    } catch {}
    for (const name of names) rmdirSync(path.join(tree, name));
  }
}

/** An OCI bundle below `dir`; its name in every tree of groups begins with `prefix`. */
export function bundle({dir}, {name, prefix, root, args}) {
  const at = path.join(dir, name);
  mkdirSync(at);
  const config = {
    ociVersion: '1.0.2',
    process: {args, env: ['PATH=/bin'], cwd: '/', user: {uid: 0, gid: 0}},
    root: {path: root},
    hostname: 'box',
    mounts: [{destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'nodev', 'noexec']}],
    linux: {
      namespaces: kinds.map(type => ({type})),
      uidMappings: maps,
      gidMappings: maps,
      resources,
      cgroupsPath: `/${prefix}-${name}`,
    },
  };
  writeFileSync(path.join(at, 'config.json'), JSON.stringify(config));
  return at;
}

/** Folders of an upper layer, with the same names each round: a container that is started again, not a new one. */
export function layer({dir}, name) {
  const [upper, work] = [`${dir}/${name}-upper`, `${dir}/${name}-work`];
  return {
    upper,
    work,
    make() {
      for (const folder of [upper, work]) {
        mkdirSync(folder);
        chownSync(folder, mapped, mapped);
      }
    },
    remove() {
      for (const folder of [`${work}/work`, work, upper]) rmdirSync(folder);
    },
  };
}

/** The same container for our engine: its own overlay, its group on the stage. */
export function spec({dir}, {upper, work, args = ['/bin/true'], all = false}) {
  const options = [`lowerdir=${dir}/root`, `upperdir=${upper}`, `workdir=${work}`, 'userxattr'];
  const quiet = ['nosuid', 'nodev', 'noexec'];
  return {
    process: {args, env: ['PATH=/bin'], cwd: '/', ...(all ? {capabilities, noNewPrivileges: true} : {})},
    hostname: 'box',
    root: {path: `${dir}/merged`},
    mounts: [
      {destination: '/', type: 'overlay', source: 'overlay', options},
      {destination: '/proc', type: 'proc', source: 'proc', options: quiet},
      ...(all ? ociMounts(quiet) : []),
    ],
    linux: {
      namespaces: kinds.map(type => ({type})),
      uidMappings: maps,
      gidMappings: maps,
      resources,
      cgroupsPath: 'box',
      ...(all ? {defaultDevices: true, maskedPaths, readonlyPaths} : {}),
    },
  };
}

const names =
  'CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_CHROOT';
const list = names.split(' ').map(name => `CAP_${name}`);
const capabilities = {bounding: list, effective: list, permitted: list};

/** What `runc spec` writes. */
const ociMounts = quiet => [
  {destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k']},
  {
    destination: '/dev/pts',
    type: 'devpts',
    source: 'devpts',
    options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620'],
  },
  {destination: '/dev/shm', type: 'tmpfs', source: 'shm', options: [...quiet, 'mode=1777', 'size=65536k']},
  {destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue', options: quiet},
  {destination: '/sys', type: 'sysfs', source: 'sysfs', options: [...quiet, 'ro']},
];
const maskedPaths = [
  '/proc/acpi',
  '/proc/asound',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/proc/sched_debug',
  '/sys/firmware',
  '/proc/scsi',
];
const readonlyPaths = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

/** Our engine: create, wait for the end, remove. */
export async function run(stage, id, given) {
  const container = await stage.run(id, given);
  const {code} = await container.wait();
  await container.remove();
  if (code !== 0) throw new Error(`true in our container: status ${code}`);
}
