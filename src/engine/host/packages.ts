/** Which package brings a program, by package manager, and the command that installs it. */
import {which} from './which.ts';

type Manager = 'apt' | 'dnf' | 'apk' | 'pacman' | 'zypper';

/** A package by its name on Debian; other managers where they differ. */
interface Package extends Partial<Record<Manager, string>> {
  name: string;
  programs: string;
}

const packages: readonly Package[] = [
  {name: 'psmisc', programs: 'pstree killall fuser'},
  {name: 'hostname', apk: 'busybox', pacman: 'inetutils', programs: 'hostname'},
  {name: 'hostname', apk: 'busybox', pacman: 'yp-tools', zypper: 'yp-tools', programs: 'domainname'},
  {
    name: 'coreutils',
    programs:
      'basename cat chmod chown chroot cp cut date dd df dirname du echo env false head id ln ls mkdir mkfifo mknod mv ' +
      'nproc od paste printf pwd readlink realpath rm rmdir seq sha256sum shuf sleep sort stat stty sync tac tail tee ' +
      'test timeout touch tr true truncate tty uname uniq wc whoami yes',
  },
  {
    name: 'mount',
    dnf: 'util-linux',
    apk: 'util-linux',
    pacman: 'util-linux',
    zypper: 'util-linux',
    programs: 'mount umount',
  },
  {name: 'util-linux', programs: 'nsenter ipcs ipcmk ipcrm unshare lsns setpriv pivot_root findmnt mountpoint setsid'},
  {name: 'procps', dnf: 'procps-ng', pacman: 'procps-ng', programs: 'ps pgrep pkill top free sysctl watch'},
  {name: 'iproute2', dnf: 'iproute', programs: 'ip ss tc bridge'},
  {name: 'iputils-ping', dnf: 'iputils', apk: 'iputils', pacman: 'iputils', zypper: 'iputils', programs: 'ping'},
  {name: 'libc-bin', dnf: 'glibc-common', apk: 'musl-utils', pacman: 'glibc', zypper: 'glibc', programs: 'ldd'},
  {name: 'perl-base', dnf: 'perl-interpreter', apk: 'perl', pacman: 'perl', programs: 'perl'},
  {
    name: 'libcap2-bin',
    dnf: 'libcap',
    apk: 'libcap-utils',
    pacman: 'libcap',
    zypper: 'libcap-progs',
    programs: 'capsh',
  },
  {
    name: 'uidmap',
    dnf: 'shadow-utils',
    apk: 'shadow-subids',
    pacman: 'shadow',
    zypper: 'shadow',
    programs: 'newuidmap newgidmap',
  },
  {name: 'passwd', dnf: 'shadow-utils', apk: 'shadow', pacman: 'shadow', zypper: 'shadow', programs: 'usermod'},
];

/** Package managers by the program that installs; the first that is there. */
const managers: readonly [program: string, install: string, name: Manager][] = [
  ['apt-get', 'apt-get install', 'apt'],
  ['dnf', 'dnf install', 'dnf'],
  ['yum', 'yum install', 'dnf'],
  ['apk', 'apk add', 'apk'],
  ['pacman', 'pacman -S', 'pacman'],
  ['zypper', 'zypper install', 'zypper'],
];

/** Name of the package that brings a program: a program of no known package is sought under its own name. */
export function packageOf(tool: string, manager: Manager = 'apt'): string {
  const entry = packages.find(one => one.programs.split(' ').includes(tool));
  return entry ? (entry[manager] ?? entry.name) : tool;
}

/** The command that installs a program on this host; undefined where no known package manager is at hand. */
export function installCommand(tool: string, path: string): string | undefined {
  const manager = managers.find(([program]) => which(program, path));
  if (!manager) return undefined;
  const [, install, name] = manager;
  return `${install} ${packageOf(tool, name)}`;
}

/** Code of the cure for a missing program, and `params` with the command that installs it. */
export function installCure(
  tool: string,
  path: string,
  params: Record<string, string | number>,
): {params: Record<string, string | number>; cure: string} {
  const command = installCommand(tool, path);
  if (command) return {params: {...params, command}, cure: 'host.cure.install'};
  const names = (['apt', 'dnf', 'pacman', 'apk'] as const).map(manager => packageOf(tool, manager));
  const [apt = tool, dnf = tool, pacman = tool, apk = tool] = names;
  return {params: {...params, package: apt, apt, dnf, pacman, apk}, cure: 'host.cure.install-by-hand'};
}
