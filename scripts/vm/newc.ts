/** Writes the archive that a kernel unpacks as its first root: cpio in the "newc" form (Documentation/driver-api/early-userspace/buffer-format.rst). */
export interface Entry {
  /** Relative, without a leading slash; its folders must come before it. */
  name: string;
  /** Undefined: a folder. */
  data?: Uint8Array;
  /** Permission bits; default 0755. */
  mode?: number;
}

const FOLDER = 0o040000;
const FILE = 0o100000;

/** The archive, with its trailer. Each part is padded to four bytes, as the kernel demands. */
export function newc(entries: readonly Entry[]): Buffer {
  const parts = entries.map((entry, index) => member(entry, index + 1));
  return Buffer.concat([...parts, member({name: 'TRAILER!!!', data: new Uint8Array(), mode: 0}, 0)]);
}

function member({name, data, mode = 0o755}: Entry, inode: number): Buffer {
  const kind = inode === 0 ? 0 : data ? FILE : FOLDER;
  const path = Buffer.from(`${name}\0`);
  const body = data ?? new Uint8Array();
  // inode, mode, uid, gid, links, mtime, size, device (4), length of the name, checksum (none in this form)
  const fields = [inode, kind | mode, 0, 0, 1, 0, body.length, 0, 0, 0, 0, path.length, 0];
  const head = Buffer.from(`070701${fields.map(field => field.toString(16).padStart(8, '0')).join('')}`);
  return Buffer.concat([padded(Buffer.concat([head, path])), padded(Buffer.from(body))]);
}

function padded(part: Buffer): Buffer {
  return Buffer.concat([part, Buffer.alloc((4 - (part.length % 4)) % 4)]);
}
