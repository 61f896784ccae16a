/** A ZIP file in memory (PKWARE's APPNOTE 6.3: local headers, central directory), the same bytes for the same files. */
import {crc32, deflateRawSync} from 'node:zlib';

/** 1 January 1980, the first day that the format knows: no two exports differ by the hour. */
const DATE = 0x0021;
const UTF8 = 0x0800;
const DEFLATE = 8;

function header(signature: number, fields: [size: 2 | 4, value: number][]): Buffer {
  const bytes = Buffer.alloc(4 + fields.reduce((sum, [size]) => sum + size, 0));
  let at = bytes.writeUInt32LE(signature, 0);
  for (const [size, value] of fields) at = bytes.writeUIntLE(value, at, size);
  return bytes;
}

/** @param files name -> text, written in this order */
export function zip(files: readonly (readonly [name: string, text: string])[]): Uint8Array {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of files) {
    const raw = Buffer.from(text);
    const packed = deflateRawSync(raw);
    const path = Buffer.from(name);
    const common: [2 | 4, number][] = [
      [2, 20],
      [2, UTF8],
      [2, DEFLATE],
      [2, 0],
      [2, DATE],
      [4, crc32(raw)],
      [4, packed.length],
      [4, raw.length],
      [2, path.length],
      [2, 0],
    ];
    const local = Buffer.concat([header(0x04034b50, common), path, packed]);
    directory.push(header(0x02014b50, [[2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), path);
    bodies.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const count = files.length;
  const end = header(0x06054b50, [
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, central.length],
    [4, offset],
    [2, 0],
  ]);
  return Buffer.concat([...bodies, central, end]);
}
