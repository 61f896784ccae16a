/** The guest's first root: busybox, the modules that it takes to reach the shared root, our init, and the command. */
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {$} from 'zx';
import type {Kernel} from './kernel.ts';
import type {Programs} from './needs.ts';
import {newc} from './newc.ts';

const MODULES = ['virtio_pci', 'virtio_console', 'virtio_rng', 'virtio_blk', 'fuse', 'virtiofs', 'overlay', 'ext4'];
const FOLDERS = ['bin', 'proc', 'sys', 'dev', 'lower', 'rw', 'newroot', 'mods'];

/**
 * @param files small files for the guest, by name; they are found in / before init has changed the root
 * @returns what QEMU takes with -initrd
 */
export async function makeInitrd(
  kernel: Kernel,
  {busybox, modprobe, depmod}: Programs,
  files: Readonly<Record<string, string>>,
): Promise<Buffer> {
  const quiet = $({quiet: true});
  const {folder, release} = kernel;
  if (!existsSync(path.join(folder, 'lib/modules', release, 'modules.dep.bin')))
    await quiet`${depmod} -b ${folder} ${release}`;
  const order: string[] = [];
  for (const name of MODULES) {
    // Built in or not there: nothing to load.
    const {stdout} = await quiet`${modprobe} -d ${folder} -S ${release} --show-depends ${name}`.nothrow();
    for (const [, file] of stdout.matchAll(/^insmod (\S+)/gm)) if (!order.includes(file!)) order.push(file!);
  }
  const text = (data: string) => Buffer.from(data);
  const archive = newc([
    ...FOLDERS.map(name => ({name})),
    {name: 'bin/busybox', data: readFileSync(busybox)},
    {name: 'init', data: readFileSync(path.join(import.meta.dirname, 'init.sh'))},
    {name: 'inside', data: readFileSync(path.join(import.meta.dirname, 'inside.sh'))},
    {name: 'mods/order', data: text(order.map(file => `${path.basename(file)}\n`).join('')), mode: 0o644},
    ...order.map(file => ({name: `mods/${path.basename(file)}`, data: readFileSync(file), mode: 0o644})),
    ...Object.entries(files).map(([name, data]) => ({name, data: text(data)})),
  ]);
  return gzipSync(archive, {level: 1});
}
