/** Programs that labs type: whether they are there, and which package brings them. Nothing is run to find out. */
import {accessSync, constants, statSync} from 'node:fs';
import {isAbsolute, join} from 'node:path';

interface Tool {
  /** Labs that need it; empty: the engine's own development. */
  labs: string;
  /** Package by manager where it differs from `package`. */
  package: string;
  dnf?: string;
  apk?: string;
  pacman?: string;
}

export const tools: Readonly<Record<string, Tool>> = {
  pstree: {labs: '01 03 11', package: 'psmisc'},
  hostname: {labs: '01', package: 'hostname', apk: 'busybox', pacman: 'inetutils'},
  domainname: {labs: '01', package: 'hostname', apk: 'busybox', pacman: 'yp-tools'},
  readlink: {labs: '01', package: 'coreutils'},
  nsenter: {labs: '01 06', package: 'util-linux'},
  ipcs: {labs: '02', package: 'util-linux'},
  ipcmk: {labs: '02', package: 'util-linux'},
  ps: {labs: '03 04', package: 'procps', dnf: 'procps-ng', pacman: 'procps-ng'},
  unshare: {labs: '04 05 06', package: 'util-linux'},
  ip: {labs: '06', package: 'iproute2', dnf: 'iproute'},
  ping: {labs: '06', package: 'iputils-ping', dnf: 'iputils', apk: 'iputils', pacman: 'iputils'},
  lsns: {labs: '06', package: 'util-linux'},
  strace: {labs: '20', package: 'strace'},
  tmux: {labs: '', package: 'tmux'},
  gcc: {labs: '', package: 'gcc'},
  make: {labs: '', package: 'make'},
};

/** Package managers by the program that installs. */
const managers: [program: string, install: string, name: 'apt' | 'dnf' | 'apk' | 'pacman' | 'zypper'][] = [
  ['apt-get', 'apt-get install', 'apt'],
  ['dnf', 'dnf install', 'dnf'],
  ['yum', 'yum install', 'dnf'],
  ['apk', 'apk add', 'apk'],
  ['pacman', 'pacman -S', 'pacman'],
  ['zypper', 'zypper install', 'zypper'],
];

/** First executable file of that name in the absolute directories of `path`; undefined: there is none. */
export function which(program: string, path: string): string | undefined {
  for (const directory of path.split(':')) {
    if (!isAbsolute(directory)) continue;
    const file = join(directory, program);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) return file;
    } catch {
      // Not in this one.
    }
  }
  return undefined;
}

/** The command that installs a tool on this host; undefined where no known package manager or package is at hand. */
export function installCommand(tool: string, path: string): string | undefined {
  const entry = tools[tool];
  const manager = managers.find(([program]) => which(program, path));
  if (!entry || !manager) return undefined;
  const [, install, name] = manager;
  return `${install} ${(name === 'apt' || name === 'zypper' ? undefined : entry[name]) ?? entry.package}`;
}
