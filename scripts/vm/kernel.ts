/** Debian's stock kernel: fetched as a package into a cache, unpacked there, never installed. */
import {existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync} from 'node:fs';
import {homedir} from 'node:os';
import path from 'node:path';
import {$} from 'zx';
import {NoGuest} from './needs.ts';

export interface Kernel {
  /** Holds boot/ and lib/modules/. */
  folder: string;
  image: string;
  /** As `uname -r` says it. */
  release: string;
}

/** Debian's metapackage: it depends on the newest kernel for machines that are virtual. */
const META = 'linux-image-cloud-amd64';

/**
 * The kernel for guests: GLASSBOX_VM_KERNEL (a folder with boot/ and lib/modules/), or Debian's newest, out of the cache
 * below XDG_CACHE_HOME where it is there already.
 * @throws NoGuest where it cannot be had
 */
export async function findKernel(): Promise<Kernel> {
  const given = process.env.GLASSBOX_VM_KERNEL;
  if (given)
    return kernelIn(given) ?? fail(`GLASSBOX_VM_KERNEL=${given} holds no boot/vmlinuz-* with lib/modules/ beside it`);
  const cache = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'glassbox', 'kernels');
  const name = await newest();
  const there = name === undefined ? any(cache) : kernelIn(path.join(cache, name));
  if (there) return there;
  if (name === undefined) return fail(`no kernel package ${META} is known to apt-cache here, and none is in ${cache}`);
  return download(name, cache);
}

/** The image and its modules, where `folder` holds both. */
export function kernelIn(folder: string): Kernel | undefined {
  const release = list(path.join(folder, 'lib/modules'))[0];
  const image = path.join(folder, `boot/vmlinuz-${release}`);
  return release !== undefined && existsSync(image) ? {folder, image, release} : undefined;
}

/** The package that the metapackage stands for, such as linux-image-6.1.0-40-cloud-amd64. */
async function newest(): Promise<string | undefined> {
  const depends = await $({nothrow: true, quiet: true})`apt-cache depends --no-recommends ${META}`;
  return /Depends: (linux-image-\S+)/.exec(depends.stdout)?.[1];
}

/** Unpacked beside its place and moved there in one go, so that two at a time or one that is ended do no harm. */
async function download(name: string, cache: string): Promise<Kernel> {
  mkdirSync(cache, {recursive: true});
  const scratch = mkdtempSync(path.join(cache, '.fetching-'));
  try {
    const quiet = $({cwd: scratch, nothrow: true, quiet: true});
    let got = await quiet`apt-get download -o APT::Sandbox::User=root ${name}`;
    if (got.exitCode !== 0) {
      await quiet`apt-get update -qq`;
      got = await quiet`apt-get download -o APT::Sandbox::User=root ${name}`;
    }
    const deb = list(scratch).find(file => file.endsWith('.deb'));
    if (got.exitCode !== 0 || !deb)
      return fail(`apt-get could not download ${name}: ${got.stderr.trim().split('\n').at(-1)}`);
    const unpacked = await quiet`dpkg -x ${deb} tree`;
    if (unpacked.exitCode !== 0) return fail(`dpkg could not unpack ${deb}: ${unpacked.stderr.trim()}`);
    const place = path.join(cache, name);
    try {
      renameSync(path.join(scratch, 'tree'), place);
    } catch {
      // Somebody was faster.
    }
    return kernelIn(place) ?? fail(`${name} holds no boot/vmlinuz-* with lib/modules/`);
  } finally {
    rmSync(scratch, {recursive: true, force: true});
  }
}

function any(cache: string): Kernel | undefined {
  return list(cache)
    .map(name => kernelIn(path.join(cache, name)))
    .findLast(kernel => kernel !== undefined);
}

function list(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter(name => !name.startsWith('.'))
        .sort()
    : [];
}

function fail(why: string): never {
  throw new NoGuest(why);
}
