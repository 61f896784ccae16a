/** A machine for classic BPF as the kernel runs it for seccomp(2): enough to try every branch of a filter. */

/** struct seccomp_data */
export interface Call {
  nr: number;
  arch: number;
  args?: bigint[];
}

/** What the filter answers. Throws on what the kernel would refuse: jumps behind the end, unknown instructions. */
export function runFilter(program: Buffer, {nr, arch, args = []}: Call): number {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(nr, 0);
  data.writeUInt32LE(arch, 4);
  args.forEach((value, i) => {
    data.writeBigUInt64LE(BigInt.asUintN(64, value), 16 + 8 * i);
  });
  let accumulator = 0;
  for (let at = 0; ; at++) {
    if (8 * at >= program.length) throw new Error(`instruction ${at} is behind the end`);
    const code = program.readUInt16LE(8 * at);
    const [jt, jf] = [program.readUInt8(8 * at + 2), program.readUInt8(8 * at + 3)];
    const k = program.readUInt32LE(8 * at + 4);
    if (code === 0x06) return k;
    if (code === 0x20) accumulator = data.readUInt32LE(k);
    else if (code === 0x54) accumulator = (accumulator & k) >>> 0;
    else if (code === 0x05) at += k;
    else if (code === 0x15) at += accumulator === k ? jt : jf;
    else if (code === 0x25) at += accumulator > k ? jt : jf;
    else if (code === 0x35) at += accumulator >= k ? jt : jf;
    else throw new Error(`instruction ${at}: ${code.toString(16)} is none that a filter uses`);
  }
}
