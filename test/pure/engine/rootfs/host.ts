/** A host in memory, with ELF files made to measure. */
import path from 'node:path';
import type {Source} from '../../../../src/engine/rootfs/collect.ts';

export interface ElfParts {
  interpreter?: string;
  needed?: string[];
  runpath?: string;
  /** Bytes of the header that are otherwise: 4 is the class, 5 the order of bytes. */
  bytes?: Record<number, number>;
  machine?: number;
  type?: number;
}

export const machine = process.arch === 'arm64' ? 183 : 62;

/** A 64-bit little-endian ELF file with one loaded segment, a dynamic section, and an interpreter where it names one. */
export function elf(parts: ElfParts = {}): Buffer {
  const {interpreter, needed = [], runpath, bytes = {}} = parts;
  const segments = interpreter === undefined ? 2 : 3;
  const dynamicAt = 64 + 56 * segments;
  const entries = needed.length + (runpath === undefined ? 0 : 1) + 2;
  const textsAt = dynamicAt + 16 * entries;
  let texts = '\0';
  const text = (value: string): number => {
    const at = Buffer.byteLength(texts);
    texts += `${value}\0`;
    return at;
  };
  const dynamic: [number, number][] = needed.map(name => [1, text(name)]);
  if (runpath !== undefined) dynamic.push([29, text(runpath)]);
  dynamic.push([5, textsAt], [0, 0]);
  const interpreterAt = interpreter === undefined ? 0 : textsAt + text(interpreter);
  const file = Buffer.concat([Buffer.alloc(textsAt), Buffer.from(texts)]);
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  file.writeUInt16LE(parts.type ?? 3, 16);
  file.writeUInt16LE(parts.machine ?? machine, 18);
  file.writeBigUInt64LE(64n, 32);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(segments, 56);
  const segment = (index: number, type: number, offset: number, size: number): void => {
    const at = 64 + 56 * index;
    file.writeUInt32LE(type, at);
    for (const [field, value] of [
      [8, offset],
      [16, offset],
      [32, size],
    ] as const)
      file.writeBigUInt64LE(BigInt(value), at + field);
  };
  segment(0, 1, 0, file.length);
  segment(1, 2, dynamicAt, 16 * entries);
  if (interpreter !== undefined) segment(2, 3, interpreterAt, Buffer.byteLength(interpreter) + 1);
  dynamic.forEach(([tag, value], i) => {
    file.writeBigUInt64LE(BigInt(tag), dynamicAt + 16 * i);
    file.writeBigUInt64LE(BigInt(value), dynamicAt + 16 * i + 8);
  });
  for (const [at, value] of Object.entries(bytes)) file[Number(at)] = value;
  return file;
}

/** Files with what is in them, and links; folders are there by themselves. */
export function host(files: Record<string, string | Buffer>, links: Record<string, string> = {}): Source {
  const dirs = new Set<string>();
  for (const file of Object.keys({...files, ...links})) {
    for (let dir = path.dirname(file); dir !== '/' && !dirs.has(dir); dir = path.dirname(dir)) dirs.add(dir);
  }
  return {
    kind(file) {
      if (Object.hasOwn(links, file)) return 'link';
      if (Object.hasOwn(files, file)) return 'file';
      return dirs.has(file) ? 'dir' : undefined;
    },
    linkTarget: file => links[file]!,
    read(file) {
      const content = files[file];
      if (content === undefined) throw Object.assign(new Error(`read ${file}`), {code: 'ENOENT'});
      return Buffer.from(content);
    },
  };
}
