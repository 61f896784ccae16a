/** What this process may do that a plan has to know beforehand. Read once: it does not change while we run. */
import {readFileSync} from 'node:fs';
import {lastCapability as named} from './facts/capabilities.ts';

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // a kernel or a /proc without it
  }
}

const CAP_MKNOD = 27n;

/** The initial user namespace, by its map (user_namespaces(7)): in others mknod(2) makes no devices. */
const isInitial = (): boolean => /^\s*0\s+0\s+4294967295\s*$/.test(read('/proc/self/uid_map'));

let devices: boolean | undefined;

/** Whether mknod(2) makes devices for us. */
export function mayMakeDevices(): boolean {
  if (devices === undefined) {
    const effective = BigInt(`0x${/^CapEff:\s*([\da-f]+)/m.exec(read('/proc/self/status'))?.[1] ?? '0'}`);
    devices = isInitial() && ((effective >> CAP_MKNOD) & 1n) === 1n;
  }
  return devices;
}

/** Whether we may move any process of ours into groups of v1: root of the machine (cgroup1_procs_write in the kernel's cgroup-v1.c). */
export function mayMove(): boolean {
  moves ??= process.geteuid?.() === 0 && isInitial();
  return moves;
}

let moves: boolean | undefined;

let last: number | undefined;

/** The highest capability of this kernel (/proc/sys/kernel/cap_last_cap): also one that has no name here is dropped. */
export function lastCapability(): number {
  last ??= Number.parseInt(read('/proc/sys/kernel/cap_last_cap'), 10) || named;
  return last;
}
