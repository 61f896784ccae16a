/** Files of JSON that somebody wrote by hand: each fault with file, line and column, and what was expected there. */
import {isUtf8} from 'node:buffer';
import {closeSync, constants, fstatSync, openSync, readSync, type Stats} from 'node:fs';
import {wrong} from '../failure.ts';
import {JsonFault, scanJson} from './scan-json.ts';

/** No specification comes near: a large one has 64 KiB. */
const MAX_BYTES = 4 * 2 ** 20;

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'directory';
  if (stats.isFIFO()) return 'FIFO';
  if (stats.isSocket()) return 'socket';
  return 'device';
}

/** Never waits for a FIFO's writer, and never reads more than it should of a file that grows. */
function bytesOf(file: string): Buffer {
  let fd: number;
  try {
    fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (error) {
    throw wrong('unreadable', {file, why: (error as NodeJS.ErrnoException).code ?? 'EIO'});
  }
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile()) throw wrong('json.kind', {file, got: kindOf(stats)});
    if (stats.size > MAX_BYTES) throw wrong('json.large', {file, got: stats.size, max: MAX_BYTES});
    const bytes = Buffer.alloc(MAX_BYTES + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
      read = readSync(fd, bytes, length, bytes.length - length, null);
    }
    if (length > MAX_BYTES) throw wrong('json.large', {file, got: length, max: MAX_BYTES});
    return bytes.subarray(0, length);
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (typeof code === 'string' && /^E[A-Z0-9]+$/.test(code)) throw wrong('unreadable', {file, why: code});
    throw error;
  } finally {
    closeSync(fd);
  }
}

/** 'FILE:LINE:COLUMN' of an index into the text; columns count UTF-16 units, as editors do. */
function placeOf(file: string, text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `${file}:${before.length}:${before.at(-1)!.length + 1}`;
}

/** The text before the first byte that is no UTF-8. */
function validPart(bytes: Buffer): string {
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(10, start);
    const line = bytes.subarray(start, end < 0 ? undefined : end);
    if (!isUtf8(line)) return bytes.toString('utf8', 0, start) + line.toString('utf8').replace(/\uFFFD.*/s, '');
    start = end + 1;
  }
}

/** The value in a file. Throws 'engine.unreadable', 'engine.json.*' with the place; nobody's keys are taken twice. */
export function readJson(file: string): unknown {
  const bytes = bytesOf(file);
  if (!isUtf8(bytes)) {
    const text = validPart(bytes);
    const byte = bytes[Buffer.byteLength(text)] ?? 0;
    throw wrong('json.utf8', {at: placeOf(file, text, text.length), got: `0x${byte.toString(16).padStart(2, '0')}`});
  }
  const text = bytes.toString('utf8');
  if (text.startsWith('\uFEFF')) throw wrong('json.bom', {at: `${file}:1:1`});
  try {
    scanJson(text);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const {index, expected, key, got} = error;
    const at = placeOf(file, text, index);
    if (key !== undefined) throw wrong('json.twice', {at, got: key});
    throw got === undefined ? wrong('json.ends', {at, expected}) : wrong('json.syntax', {at, expected, got});
  }
  return JSON.parse(text);
}
