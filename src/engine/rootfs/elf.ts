/** What a program needs to be run, read from its own bytes (elf(5)): the dynamic loader, and the libraries by name. */
export interface ElfNeeds {
  /** PT_INTERP: the dynamic loader that the kernel starts first. Undefined: a static program, or a library. */
  interpreter?: string;
  /** DT_NEEDED, in order: names without folders. */
  needed: string[];
  /** DT_RUNPATH, or the older DT_RPATH: folders to look in first; may hold $ORIGIN. */
  runpath: string[];
}

/**
 * Why a file is none that runs here. 'no-elf': something else; 'no-program': an object file or a core dump; 'damaged': it points
 * outside of itself, or says what cannot be.
 */
export type ElfFault = 'no-elf' | '32-bit' | 'big-endian' | 'other-machine' | 'no-program' | 'damaged';

const ET_EXEC = 2;
const ET_DYN = 3;
const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_INTERP = 3;
const DT_NEEDED = 1n;
const DT_STRTAB = 5n;
const DT_RPATH = 15n;
const DT_RUNPATH = 29n;
/** e_machine of what Node calls an architecture. */
const machines: Readonly<Record<string, number>> = {x64: 62, arm64: 183, riscv64: 243, loong64: 258};

const headerBytes = 64;
const segmentBytes = 56;
const entryBytes = 16;
/** PATH_MAX, and most libraries and entries that are taken for true: a damaged file could name itself a million times. */
const maxText = 4096;
const maxNeeded = 1024;
const maxEntries = 65_536;

interface Segment {
  type: number;
  offset: number;
  address: bigint;
  size: number;
}

function faultOf(file: Buffer, arch: string): ElfFault | undefined {
  if (file.length < 4 || file.readUInt32BE(0) !== 0x7f454c46) return 'no-elf';
  if (file[4] === 1) return '32-bit';
  if (file[5] === 2) return 'big-endian';
  if (file.length < headerBytes || file[4] !== 2 || file[5] !== 1) return 'damaged';
  const type = file.readUInt16LE(16);
  if (type !== ET_EXEC && type !== ET_DYN) return 'no-program';
  const machine = machines[arch];
  return machine !== undefined && file.readUInt16LE(18) !== machine ? 'other-machine' : undefined;
}

/** Throws RangeError where there are none. */
function segmentsOf(file: Buffer): Segment[] {
  const start = Number(file.readBigUInt64LE(32));
  const size = file.readUInt16LE(54);
  if (size !== segmentBytes) throw new RangeError(`segments of ${size} bytes`);
  return Array.from({length: file.readUInt16LE(56)}, (_, i) => {
    const at = start + i * size;
    return {
      type: file.readUInt32LE(at),
      offset: Number(file.readBigUInt64LE(at + 8)),
      address: file.readBigUInt64LE(at + 16),
      size: Number(file.readBigUInt64LE(at + 32)),
    };
  });
}

/** A text that ends with NUL. Throws RangeError where there is none, or an empty one. */
function textAt(file: Buffer, at: number): string {
  const end = file.subarray(0, at + maxText).indexOf(0, at);
  if (at >= file.length || end <= at) throw new RangeError(`no text at ${at}`);
  return file.toString('utf8', at, end);
}

/** Entries of the dynamic section, up to DT_NULL. Throws RangeError. */
function entriesOf(file: Buffer, dynamic: Segment | undefined): [bigint, bigint][] {
  const entries: [bigint, bigint][] = [];
  for (let at = 0; dynamic && at + entryBytes <= dynamic.size; at += entryBytes) {
    const tag = file.readBigUInt64LE(dynamic.offset + at);
    if (tag === 0n) break;
    if (entries.length >= maxEntries) throw new RangeError('entries without end');
    entries.push([tag, file.readBigUInt64LE(dynamic.offset + at + 8)]);
  }
  return entries;
}

function needsOf(file: Buffer): ElfNeeds {
  const segments = segmentsOf(file);
  const interp = segments.find(s => s.type === PT_INTERP);
  const entries = entriesOf(
    file,
    segments.find(s => s.type === PT_DYNAMIC),
  );
  const all = (tag: bigint): bigint[] => entries.flatMap(([name, value]) => (name === tag ? [value] : []));
  const needed = all(DT_NEEDED);
  if (needed.length > maxNeeded) throw new RangeError('libraries without end');
  const [address = 0n] = all(DT_STRTAB);
  const holder = segments.find(s => s.type === PT_LOAD && address >= s.address && address < s.address + BigInt(s.size));
  const text = (value: bigint): string => {
    if (!holder) throw new RangeError('texts that are not loaded');
    return textAt(file, Number(address - holder.address) + holder.offset + Number(value));
  };
  const [runpath = all(DT_RPATH)[0]] = all(DT_RUNPATH);
  return {
    ...(interp ? {interpreter: textAt(file, interp.offset)} : {}),
    needed: needed.map(text),
    runpath: runpath === undefined ? [] : text(runpath).split(':').filter(Boolean),
  };
}

/** The needs of an ELF file for this architecture, or why it is none. Never throws. */
export function elfNeeds(file: Buffer, arch: string = process.arch): ElfNeeds | ElfFault {
  const fault = faultOf(file, arch);
  if (fault) return fault;
  try {
    return needsOf(file);
  } catch (error) {
    if (error instanceof RangeError) return 'damaged'; // an offset points outside of the file
    throw error;
  }
}
