/**
 * Writes the seeds of the two fuzzers into a folder: `sh scripts/node.sh scripts/fuzz/seeds.ts FOLDER`. For `plan` a blob and
 * a script behind it; for `requests` a script's length, the script, and messages to the keeper (native/fuzz/requests.c).
 */
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {seeds} from './plans.ts';

const [folder = 'native/build/fuzz/seeds'] = process.argv.slice(2);
const request = {HELLO: 1, RUN: 2, UNDO_PUSH: 3, UNDO_RUN: 4, UNDO_DROP: 5, QUIT: 6} as const;

/** Bytes that the imaginary kernel draws from; 0x00 lets every call succeed. */
function script(length: number, factor: number): Buffer {
  return Buffer.from(Array.from({length}, (_, i) => (i * factor) & 0xff));
}

function message(type: number, payload: Buffer = Buffer.alloc(0), a = 0, b = 0): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt8(type, 0);
  // How many descriptors come with it is what the plan's header announces.
  head.writeUInt8(type === request.RUN ? payload.readUInt32LE(28) : 0, 1);
  head.writeUInt8(a, 2);
  head.writeUInt8(b, 3);
  head.writeUInt32LE(payload.length, 4);
  return Buffer.concat([head, payload]);
}

/** The same plan with a longer pool: sizes that are no multiple of 8 are allowed. */
function longer(blob: Buffer, bytes: number): Buffer {
  const copy = Buffer.concat([blob, Buffer.alloc(bytes)]);
  copy.writeUInt32LE(copy.length, 4);
  return copy;
}

const blobs = seeds();
for (const name of ['plan', 'requests']) mkdirSync(path.join(folder, name), {recursive: true});
for (const [name, blob] of Object.entries(blobs)) {
  for (const factor of [0, 1, 37]) {
    writeFileSync(path.join(folder, 'plan', `${name}-${factor}`), Buffer.concat([blob, script(64, factor)]));
  }
  const later = script(48, name.length * 7);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(later.length);
  const {undo} = blobs;
  const messages = [
    message(request.HELLO, undefined, 1),
    message(request.UNDO_PUSH, longer(undo!, name.length), 5, name.length % 2),
    message(request.RUN, blob),
    message(request.UNDO_RUN, undefined, 5),
    message(request.UNDO_DROP, undefined, 5),
    // Both of them, where they fit into what the fuzzers take (-max_len).
    ...(blob.length < 3500 ? [message(request.RUN, blob)] : []),
    ...(name.length % 2 ? [message(request.QUIT)] : []),
  ];
  writeFileSync(path.join(folder, 'requests', name), Buffer.concat([length, later, ...messages]));
}
