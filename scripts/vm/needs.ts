/** What this machine lacks for guests. Where something is missing, tests in guests are "not run", never "passed". */
import {existsSync, readFileSync} from 'node:fs';
import {delimiter} from 'node:path';

/** A guest cannot be had here; the message says why and what to do. */
export class NoGuest extends Error {
  override name = 'NoGuest';
}

/** Kept apart from the PATH by Debian: QEMU's own, and the successor's. */
const VIRTIOFSD = ['/usr/lib/qemu/virtiofsd', '/usr/libexec/virtiofsd'];

export interface Programs {
  qemu: string;
  busybox: string;
  virtiofsd: string;
  modprobe: string;
  depmod: string;
  setpriv: string;
}

/** @throws NoGuest naming everything that is missing */
export function findPrograms(): Programs {
  if (process.arch !== 'x64') throw new NoGuest(`guests run on x86-64 machines only; this one is ${process.arch}`);
  const missing: string[] = [];
  const need = (name: string, where: string | undefined, debian: string) => {
    if (!where) missing.push(`${name} (${debian})`);
    return where ?? '';
  };
  const programs = {
    qemu: need('qemu-system-x86_64', onPath('qemu-system-x86_64'), 'qemu-system-x86'),
    busybox: need('busybox', staticBusybox(), 'busybox-static'),
    virtiofsd: need('virtiofsd', VIRTIOFSD.find(existsSync) ?? onPath('virtiofsd'), 'qemu-system-common or virtiofsd'),
    modprobe: need('modprobe', onPath('modprobe'), 'kmod'),
    depmod: need('depmod', onPath('depmod'), 'kmod'),
    setpriv: need('setpriv', onPath('setpriv'), 'util-linux'),
  };
  if (missing.length > 0) {
    throw new NoGuest(`missing: ${missing.join(', ')}; as root, "sh scripts/setup.sh --vm" installs them`);
  }
  // virtiofsd shares the machine's whole root, with everybody's files.
  if (process.getuid?.() !== 0) throw new NoGuest('sharing this machine with a guest needs root; run as root');
  return programs;
}

/** Where a program is, also one that only root has on the PATH. */
export function onPath(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.map(folder => `${folder}/${name}`).find(existsSync);
}

/** The one that needs no libraries, which a first root lacks: a dynamic program names its loader near its beginning. */
function staticBusybox(): string | undefined {
  const found = onPath('busybox');
  return found && !readFileSync(found).subarray(0, 4096).includes('/ld-linux') ? found : undefined;
}
