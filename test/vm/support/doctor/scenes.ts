/** What is taken away in a guest, what doctor has to say of it, and that the command which it prints mends it. */
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {release} from 'node:os';
import path from 'node:path';
import {compareVersions} from '../../../../src/engine/host/kernel.ts';
import {ask, askThrough, askUser, glassbox, learner, mend, sh, wanted} from './ask.ts';

export interface Scene {
  name: string;
  run(): Promise<void>;
  /** Runs whatever happened. */
  undo?(): void;
}

const labsDir = path.resolve(import.meta.dirname, '../../../../labs');
const needs = readdirSync(labsDir)
  .filter(name => /^\d\d-/.test(name))
  .map(name => ({
    number: name.slice(0, 2),
    front: readFileSync(path.join(labsDir, name, 'lab.md'), 'utf8').split('\n---')[0]!,
  }));
/** Numbers of the labs whose front matter says something, or does not. */
const labsWith = (pattern: RegExp, has = true) =>
  needs.filter(one => pattern.test(one.front) === has).map(one => one.number);
const all = labsWith(/./);
const overlay = labsWith(/filesystems: \[[^\]]*overlay/);
/** Ordinary users have overlays as labs want them from Linux 6.6 on: Debian 12 has an older one. */
const hasOverlay = compareVersions(release(), '6.6') >= 0;
const mapped = labsWith(/root: mapped/).filter(one => hasOverlay || !overlay.includes(one));
const modules = () => `/lib/modules/${release()}/kernel/fs/overlayfs`;

export const scenes: readonly Scene[] = [
  {
    name: 'nothing is missing but the controller that the kernel’s command line takes away',
    run: async () => {
      const told = await ask();
      wanted(
        told,
        {root: 'yes host.root.ok', cgroup: 'partly host.cgroup.incomplete', ptmx: 'yes host.ptmx.ok'},
        {yes: all},
      );
      const {words} = told.findings.find(one => one.id === 'cgroup')!;
      if (!words.cure?.en.includes('cgroup_disable=memory')) throw new Error(`not named: ${words.cure?.en}`);
      if (!told.ok) throw new Error('all labs run, and it is said that they do not');
    },
  },
  {
    name: 'a program that is hidden',
    run: async () => {
      sh('mount --bind /dev/null /usr/bin/pstree');
      const told = askThrough();
      wanted(told, {'tool.pstree': 'no host.tool.pstree'}, {no: labsWith(/pstree/), yes: labsWith(/pstree/, false)});
      if (told.status !== 1) throw new Error(`expected status 1, came ${told.status}`);
      const {command} = told.findings.find(one => one.id === 'tool.pstree')!;
      if (command !== 'apt-get install psmisc') throw new Error(`expected this system’s command, came ${command}`);
      sh('umount /usr/bin/pstree');
      wanted(await ask(), {'tool.pstree': 'yes host.tool.pstree'}, {yes: all});
    },
  },
  {
    name: 'user.max_user_namespaces=0',
    run: async () => {
      sh('echo 0 > /proc/sys/user/max_user_namespaces');
      wanted(askUser(), {root: 'no host.root.no', unprivileged: 'no host.unprivileged.limit'}, {no: all});
      const told = await ask();
      const want = {'namespace.user': 'no host.namespace.limit', unprivileged: 'partly host.unprivileged.limit'};
      const user = /namespaces: \[[^\]]*user/;
      wanted(told, want, {no: labsWith(user), yes: labsWith(user, false)});
      mend(told, 'namespace.user');
      wanted(await ask(), {'namespace.user': 'yes host.namespace.ok'}, {yes: all});
    },
  },
  {
    name: 'kernel.unprivileged_userns_clone=0',
    run: async () => {
      sh('echo 0 > /proc/sys/kernel/unprivileged_userns_clone');
      wanted(await ask(), {unprivileged: 'partly host.unprivileged.clone'}, {yes: all});
      const told = askUser();
      wanted(told, {root: 'no host.root.no', unprivileged: 'no host.unprivileged.clone'}, {no: all});
      mend(told, 'unprivileged');
      const want = {root: 'partly host.root.mapped', unprivileged: 'yes host.unprivileged.ok'};
      // A control group is handed to nobody here, and what wants real root stays closed.
      wanted(askUser(), want, {mapped: mapped.filter(one => one !== '07'), no: labsWith(/root: true/)});
    },
  },
  {
    name: 'no ranges of ids',
    run: async () => {
      // Where the machine has no helpers, somebody else's programs of root's stand for them: only their place is looked at.
      for (const name of ['newuidmap', 'newgidmap'])
        if (!existsSync(`/usr/bin/${name}`)) sh(`cp /bin/true /usr/bin/${name}`);
      sh(`touch /etc/subuid /etc/subgid; sed -i '/^${learner}:/d' /etc/subuid /etc/subgid`);
      const told = askUser();
      wanted(told, {subids: 'partly host.subids.none'});
      mend(told, 'subids');
      wanted(askUser(), {subids: 'yes host.subids.ok'});
    },
  },
  {
    name: 'a covered /proc',
    run: async () => {
      sh('mount --bind /dev/null /proc/kcore');
      const pid = labsWith(/namespaces: \[[^\]]*pid/);
      wanted(
        askUser(),
        {'mount.proc': 'no host.proc.lids'},
        {
          no: pid,
          mapped: mapped.filter(one => one !== '07' && !pid.includes(one)),
        },
      );
      wanted(await ask(), {'mount.proc': 'yes host.proc.lids-root'}, {yes: all});
    },
    undo: () => sh('umount /proc/kcore'),
  },
  {
    name: 'no terminals',
    run: async () => {
      sh('umount -l /dev/pts');
      const told = await ask();
      wanted(told, {ptmx: 'no host.ptmx.missing'}, {no: all});
      mend(told, 'ptmx');
      wanted(await ask(), {ptmx: 'yes host.ptmx.ok'}, {yes: all});
    },
  },
  {
    name: 'the file system of sessions is full',
    run: async () => {
      sh('dd if=/dev/zero of=/run/full bs=1M 2>/dev/null || true');
      wanted(await ask(), {'disk.run': 'no host.disk.full'}, {no: all});
      sh('rm /run/full');
      wanted(await ask(), {'disk.run': 'yes host.disk.ok'}, {yes: all});
    },
    undo: () => sh('rm -f /run/full'),
  },
  {
    name: 'no overlay in the kernel, and no module',
    run: async () => {
      writeFileSync('/tmp/filesystems', sh('grep -v overlay /proc/filesystems'));
      sh('mount --bind /tmp/filesystems /proc/filesystems');
      sh(`mount -t tmpfs none ${modules()}`);
      const overlay = labsWith(/overlay\]/);
      wanted(
        await ask(),
        {'filesystem.overlay': 'no host.overlay.missing'},
        {no: overlay, yes: labsWith(/overlay\]/, false)},
      );
      sh('mount -t tmpfs none /lib/modules');
      wanted(await ask(), {'filesystem.overlay': 'no host.overlay.no-modules'}, {no: overlay});
      sh(`umount /lib/modules; umount ${modules()}`);
      // The module alone is enough: mount(2) loads it.
      wanted(await ask(), {'filesystem.overlay': 'yes host.overlay.ok'}, {yes: overlay});
    },
    undo: () => sh('umount /proc/filesystems'),
  },
  {
    name: 'inside of another PID namespace',
    run: async () => {
      wanted(await ask(), {sandbox: 'yes host.sandbox.none'});
      sh('rm -f /.dockerenv');
      wanted(askThrough('unshare', '--pid', '--fork', '--mount-proc'), {sandbox: 'yes host.sandbox.container'});
    },
  },
  {
    name: 'root without rights',
    run: async () => {
      const told = askThrough('setpriv', '--bounding-set=-sys_admin', '--inh-caps=-all', '--');
      wanted(told, {root: 'no host.root.no-capability'}, {no: all});
    },
  },
  {
    name: 'TERM=dumb and LANG=C on a terminal',
    run: async () => {
      const said = (before: string) =>
        sh(`script -qec "stty cols 80 rows 24; ${before} ${glassbox} doctor --lang en" /dev/null </dev/null`);
      const first = said('export TERM=dumb LANG=C;');
      if (!first.includes('labs come line by line')) throw new Error('TERM=dumb is not told');
      const terminal = /export TERM=\S+/.exec(first)?.[0];
      const locale = /export LANG=\S+/.exec(first)?.[0];
      if (!terminal || !locale) throw new Error(`no cures in ${first.slice(-1500)}`);
      const second = said(`export TERM=dumb LANG=C; ${terminal}; ${locale};`);
      if (!/✓ terminal +xterm-256color 80×24/.test(second)) throw new Error('the terminal is not mended');
      if (!/✓ locale +C\.UTF-8/.test(second)) throw new Error('the locale is not mended');
    },
  },
  {
    name: 'no control group of one’s own, and one that was handed over',
    run: async () => {
      const groups = labsWith(/controllers: \[/);
      const told = askUser();
      wanted(told, {'cgroup.delegation': 'partly host.delegation.none'}, {no: groups});
      mend(told, 'cgroup.delegation');
      wanted(
        askUser(),
        {'cgroup.delegation': 'yes host.delegation.group'},
        {
          mapped: groups.filter(one => mapped.includes(one)),
        },
      );
    },
    undo: () => sh(`echo ${process.pid} > /sys/fs/cgroup/cgroup.procs`),
  },
  {
    name: 'cgroups read-only, and none',
    run: async () => {
      const groups = labsWith(/controllers: \[/);
      sh('mount -o remount,ro /sys/fs/cgroup');
      wanted(await ask(), {cgroup: 'no host.cgroup.read-only'}, {no: groups, yes: labsWith(/controllers: \[/, false)});
      sh('mount -o remount,rw /sys/fs/cgroup; umount -l /sys/fs/cgroup');
      const told = await ask();
      wanted(told, {cgroup: 'no host.cgroup.none'}, {no: groups});
      mend(told, 'cgroup');
      wanted(await ask(), {cgroup: 'partly host.cgroup.incomplete'}, {yes: all});
    },
  },
];
