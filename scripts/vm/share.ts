/** A folder of this machine for a guest: one virtiofsd, and QEMU's words for it. */
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, watch} from 'node:fs';
import path from 'node:path';
import type {Programs} from './needs.ts';

export interface Shared {
  tag: string;
  source: string;
  /** Where the socket lies. */
  folder: string;
}

/**
 * Starts it, waits for its socket, and adds the process to `children`.
 * @throws Error with its last words where it ends instead
 */
export async function share(
  {virtiofsd, setpriv}: Programs,
  {tag, source, folder}: Shared,
  children: ChildProcess[],
): Promise<string[]> {
  const socket = path.join(folder, `${tag}.sock`);
  // QEMU's own, in C, and its successor, in Rust, differ in words.
  const words = path.dirname(virtiofsd).endsWith('/qemu')
    ? ['-o', `source=${source}`, '-o', 'cache=always', '-o', 'xattr', '-o', 'sandbox=chroot']
    : ['--shared-dir', source, '--cache', 'always', '--xattr', '--sandbox', 'chroot'];
  const came = appears(socket);
  const child = spawn(setpriv, ['--pdeathsig', 'KILL', virtiofsd, `--socket-path=${socket}`, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.push(child);
  let said = '';
  child.stderr.on('data', chunk => {
    said = `${said}${chunk}`.slice(-4000);
  });
  const ended = once(child, 'close').then(() => {
    throw new Error(`${virtiofsd} ended before it shared ${source}: ${said.trim() || 'without a word'}`);
  });
  ended.catch(() => {}); // later it ends with its guest
  try {
    await Promise.race([came.done, ended]);
  } finally {
    came.stop();
  }
  return ['-chardev', `socket,id=${tag},path=${socket}`, '-device', `vhost-user-fs-pci,chardev=${tag},tag=${tag}`];
}

function appears(file: string): {done: Promise<void>; stop: () => void} {
  const {promise: done, resolve} = Promise.withResolvers<void>();
  const watcher = watch(path.dirname(file), () => existsSync(file) && resolve());
  return {done, stop: () => watcher.close()};
}
