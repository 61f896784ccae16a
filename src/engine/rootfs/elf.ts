/** What a program needs to be run, read from its own bytes (elf(5)): the dynamic loader, and the libraries by name. */
export interface ElfNeeds {
  /** PT_INTERP: the dynamic loader that the kernel starts first. Undefined: a static program, or a library. */
  interpreter?: string;
  /** DT_NEEDED, in order: names without folders. */
  needed: string[];
  /** DT_RUNPATH, or the older DT_RPATH: folders to look in first; may hold $ORIGIN. */
  runpath: string[];
}

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_INTERP = 3;
const DT_NEEDED = 1n;
const DT_STRTAB = 5n;
const DT_RPATH = 15n;
const DT_RUNPATH = 29n;

interface Segment {
  type: number;
  offset: number;
  address: bigint;
  size: number;
}

/** Reads the program headers of a 64-bit little-endian ELF file; undefined: it is none. */
function segmentsOf(file: Buffer): Segment[] | undefined {
  if (file.length < 64 || file.readUInt32BE(0) !== 0x7f454c46 || file[4] !== 2 || file[5] !== 1) return undefined;
  const start = Number(file.readBigUInt64LE(32));
  const size = file.readUInt16LE(54);
  const count = file.readUInt16LE(56);
  return Array.from({length: count}, (_, i) => {
    const at = start + i * size;
    return {
      type: file.readUInt32LE(at),
      offset: Number(file.readBigUInt64LE(at + 8)),
      address: file.readBigUInt64LE(at + 16),
      size: Number(file.readBigUInt64LE(at + 32)),
    };
  });
}

/** Longest text (PATH_MAX) and most libraries that are taken for true: a damaged file could name itself a thousand times. */
const maxText = 4096;
const maxNeeded = 1024;

/** A text that ends with NUL. Throws RangeError where there is none. */
function textAt(file: Buffer, at: number): string {
  const end = file.subarray(0, at + maxText).indexOf(0, at);
  if (at > file.length || end < 0) throw new RangeError(`no text at ${at}`);
  return file.toString('utf8', at, end);
}

/** The needs of an ELF file; undefined: it is no 64-bit little-endian one, or it is damaged. */
export function elfNeeds(file: Buffer): ElfNeeds | undefined {
  try {
    const segments = segmentsOf(file);
    if (!segments) return undefined;
    const interp = segments.find(s => s.type === PT_INTERP);
    const dynamic = segments.find(s => s.type === PT_DYNAMIC);
    const entries: [bigint, bigint][] = [];
    for (let at = 0; dynamic && at + 16 <= dynamic.size; at += 16) {
      const tag = file.readBigUInt64LE(dynamic.offset + at);
      if (tag === 0n) break;
      entries.push([tag, file.readBigUInt64LE(dynamic.offset + at + 8)]);
    }
    const all = (tag: bigint): bigint[] => entries.flatMap(([name, value]) => (name === tag ? [value] : []));
    if (all(DT_NEEDED).length > maxNeeded) return undefined;
    const [address = 0n] = all(DT_STRTAB);
    const holder = segments.find(
      s => s.type === PT_LOAD && address >= s.address && address < s.address + BigInt(s.size),
    );
    const strings = holder ? Number(address - holder.address) + holder.offset : 0;
    const text = (value: bigint): string => textAt(file, strings + Number(value));
    const [runpath = all(DT_RPATH)[0]] = all(DT_RUNPATH);
    return {
      ...(interp ? {interpreter: textAt(file, interp.offset)} : {}),
      needed: all(DT_NEEDED).map(text),
      runpath: runpath === undefined ? [] : text(runpath).split(':').filter(Boolean),
    };
  } catch (error) {
    if (error instanceof RangeError) return undefined; // an offset points outside of the file
    throw error;
  }
}
