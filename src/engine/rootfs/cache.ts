/** Where the dynamic loader finds libraries by name: /etc/ld.so.cache (ldconfig(8)), and the usual folders (ld.so(8)). */

const magic = 'glibc-ld.so.cache1.1';
const headerBytes = 48;
const entryBytes = 24;
/** Kind of library that glibc looks for, by architecture: ELF for libc6, with the bits of the ABI (dl-cache.h). */
const wanted: Readonly<Record<string, number>> = {x64: 0x0303, arm64: 0x0a03};

/** Library name → path, from the bytes of /etc/ld.so.cache; empty when they are of another format. */
export function parseCache(cache: Buffer, arch: string = process.arch): Map<string, string> {
  const found = new Map<string, string>();
  const start = cache.indexOf(magic);
  if (start < 0 || cache.length < start + headerBytes) return found;
  const count = cache.readUInt32LE(start + magic.length);
  const text = (at: number): string => cache.toString('utf8', start + at, cache.indexOf(0, start + at));
  for (let i = 0; i < count; i++) {
    const at = start + headerBytes + i * entryBytes;
    if (at + entryBytes > cache.length) break;
    const hwcap = cache.readBigUInt64LE(at + 16);
    // Variants for particular processors stand first; the plain one runs everywhere.
    if (cache.readInt32LE(at) !== wanted[arch] || hwcap !== 0n) continue;
    const name = text(cache.readUInt32LE(at + 4));
    if (!found.has(name)) found.set(name, text(cache.readUInt32LE(at + 8)));
  }
  return found;
}

const triplet: Readonly<Record<string, string>> = {x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu'};

/** Folders to look in where the cache does not help (musl has none): ld.so(8), Debian's multiarch. */
export function usualFolders(arch: string = process.arch): string[] {
  return [
    `/lib/${triplet[arch]}`,
    `/usr/lib/${triplet[arch]}`,
    '/lib64',
    '/usr/lib64',
    '/lib',
    '/usr/lib',
    '/usr/local/lib',
  ];
}
