/**
 * One command in a guest: QEMU with Debian's kernel, the machine's root shared read-only below an overlay in memory.
 * However this process ends, QEMU and virtiofsd end with it (parent-death signals), and the folder goes (keepFolder).
 */
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import type {Socket} from 'node:net';
import path from 'node:path';
import {keepFolder} from './folder.ts';
import {makeInitrd} from './initrd.ts';
import {findKernel} from './kernel.ts';
import {findPrograms} from './needs.ts';
import {quoted} from './quoted.ts';
import {share} from './share.ts';
import {MASKED, systemdRoot} from './systemd.ts';
import {Tail} from './tail.ts';

export type CgroupLayout = 'v2' | 'v1' | 'hybrid';

export interface GuestOptions {
  /** Which cgroups are mounted; default v2. */
  cgroup?: CgroupLayout;
  /** MiB; default 1536. */
  memory?: number;
  /** Virtual processors; default 2. */
  cpus?: number;
  /** Seconds until the guest is given up; default 600. */
  timeout?: number;
  /** Folder that the command runs in, at the same path inside; default: this project. */
  project?: string;
  /** What the command writes into the project is written on this machine; default: it is forgotten with the guest. */
  writable?: boolean;
  /** Folder that the guest sees as its root; default /, with systemd a Debian made for it. */
  root?: string;
  /** The guest's first process is systemd, which mounts the cgroups and starts the command as a service. */
  systemd?: boolean;
  /** Environment of the command, besides the guest's own. */
  env?: Readonly<Record<string, string>>;
  /** Words for the kernel's command line. */
  append?: readonly string[];
  stdout?: (chunk: Buffer) => void;
  stderr?: (chunk: Buffer) => void;
  /** Ends the guest. */
  signal?: AbortSignal;
}

/** 'silent': the guest went down without telling how the command ended. */
export type GuestEnd =
  | {kind: 'exited'; status: number; seconds: number}
  | {kind: 'timeout' | 'silent' | 'aborted' /** The console's last lines. */; console: string; seconds: number};

/** What makes systemd 252 mount them so (its manual, systemd(1), kernel command line). */
const SYSTEMD_WORDS: Readonly<Record<CgroupLayout, readonly string[]>> = {
  v2: ['systemd.unified_cgroup_hierarchy=1'],
  hybrid: ['systemd.unified_cgroup_hierarchy=0', 'systemd.legacy_systemd_cgroup_controller=0'],
  v1: ['systemd.unified_cgroup_hierarchy=0', 'systemd.legacy_systemd_cgroup_controller=1'],
};

const PROJECT = path.resolve(import.meta.dirname, '../..');

/**
 * Boots a guest and runs `command` there, through the guest's sh.
 * @param command words, or one text for `sh`
 * @throws NoGuest where there can be none; Error where QEMU does not start
 */
export async function runInGuest(command: readonly string[] | string, options: GuestOptions = {}): Promise<GuestEnd> {
  const {cgroup = 'v2', memory = 1536, cpus = 2, timeout = 600, writable = false, systemd = false, env = {}} = options;
  const project = path.resolve(options.project ?? PROJECT);
  const programs = findPrograms();
  const kernel = await findKernel();
  const root = options.root ?? (systemd ? await systemdRoot() : '/');
  // Another root does not hold the project.
  const apart = writable || root !== '/';
  const script = [
    ...Object.entries(env).map(([name, value]) => `export ${name}=${quoted(value)}`),
    typeof command === 'string' ? command : command.map(word => quoted(word)).join(' '),
  ];
  const initrd = await makeInitrd(kernel, programs, {command: `${script.join('\n')}\n`});

  const folder = keepFolder();
  const children: ChildProcess[] = [];
  const began = performance.now();
  const console = new Tail();
  try {
    const file = path.join(folder.path, 'initrd');
    writeFileSync(file, initrd);
    const shares = {
      root,
      modules: path.join(kernel.folder, 'lib/modules'),
      ...(apart && {project}),
    };
    const shared: string[] = [];
    for (const [tag, source] of Object.entries(shares)) {
      shared.push(...(await share(programs, {tag, source, folder: folder.path}, children)));
    }
    const accel = process.env.GLASSBOX_VM_ACCEL || 'tcg,thread=multi';
    const words = [
      ...['-M', 'q35', '-accel', accel, '-cpu', 'max', '-smp', `${cpus}`, '-m', `${memory}`],
      ...['-nodefaults', '-no-user-config', '-nographic', '-no-reboot', '-kernel', kernel.image, '-initrd', file],
      ...['-object', `memory-backend-memfd,id=mem,size=${memory}M,share=on`, '-numa', 'node,memdev=mem', ...shared],
      ...['-chardev', 'socket,id=console,fd=3', '-serial', 'chardev:console'],
      ...['-device', 'virtio-serial-pci', '-device', 'virtio-rng-pci'],
      ...['out', 'err', 'status'].flatMap((name, index) => [
        ...['-chardev', `socket,id=${name},fd=${index + 4}`],
        ...['-device', `virtserialport,chardev=${name},name=${name}`],
      ]),
      '-append',
      [
        ...['console=ttyS0', 'panic=-1', 'quiet', 'loglevel=4'],
        // A machine that is busy cannot keep up with the test of the timer; a guest has no secrets to lose by speculation.
        ...['no_timer_check', 'mitigations=off'],
        ...[`glassbox.cgroup=${cgroup}`, `glassbox.project=${project}`, `glassbox.writable=${writable ? 1 : 0}`],
        ...[`glassbox.apart=${apart ? 1 : 0}`, `glassbox.systemd=${systemd ? 1 : 0}`],
        ...(systemd ? [...SYSTEMD_WORDS[cgroup], ...MASKED.map(unit => `systemd.mask=${unit}`)] : []),
        ...(options.append ?? []),
      ].join(' '),
    ];
    const qemu = spawn(programs.setpriv, ['--pdeathsig', 'KILL', programs.qemu, ...words], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    });
    children.push(qemu);
    const [, , said, onConsole, out, err, status] = qemu.stdio as unknown as Socket[];
    let told = '';
    for (const socket of [said!, onConsole!]) socket.on('data', (chunk: Buffer) => console.add(chunk));
    out!.on('data', (chunk: Buffer) => options.stdout?.(chunk));
    err!.on('data', (chunk: Buffer) => options.stderr?.(chunk));
    status!.on('data', (chunk: Buffer) => {
      told += chunk;
    });
    for (const socket of [onConsole, out, err, status]) socket!.on('error', () => {}); // QEMU's end is closed: it has gone

    let given: 'timeout' | 'aborted' | undefined;
    const giveUp = (why: 'timeout' | 'aborted') => {
      given ??= why;
      qemu.kill('SIGKILL');
    };
    const timer = setTimeout(() => giveUp('timeout'), timeout * 1000);
    const abort = () => giveUp('aborted');
    if (options.signal?.aborted) abort();
    options.signal?.addEventListener('abort', abort);
    try {
      await once(qemu, 'close');
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', abort);
    }
    const seconds = (performance.now() - began) / 1000;
    if (/^\d+\n/.test(told)) return {kind: 'exited', status: Number.parseInt(told, 10), seconds};
    return {kind: given ?? 'silent', console: console.text(), seconds};
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await folder.remove();
  }
}
