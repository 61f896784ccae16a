/** Reads a lab file: regular, bounded, UTF-8, with \n as its line end. */
import {isUtf8} from 'node:buffer';
import {constants} from 'node:fs';
import {open} from 'node:fs/promises';
import type {Findings, Place} from './findings.ts';

/** A lab of an hour is about 40 kB; what is larger than this is another kind of file. */
export const MAX_BYTES = 1024 * 1024;

export interface Source {
  file: string;
  /** Without byte order mark, every line end as \n (columns stay what they were). */
  text: string;
  lines: string[];
}

/** Line and column of a byte offset, from the bytes alone: the text could not be decoded. */
function placeOfByte(bytes: Buffer, offset: number): Place {
  const before = bytes.subarray(0, offset).toString('latin1');
  const line = before.split('\n').length;
  return {line, col: offset - (before.lastIndexOf('\n') + 1) + 1};
}

/** Where the character that holds the last of `bytes` begins, if it lacks bytes; else the end. */
function cutCharacter(bytes: Buffer): number {
  let start = bytes.length - 1;
  while (start > 0 && start > bytes.length - 4 && (bytes[start]! & 0xc0) === 0x80) start--;
  const lead = bytes[start] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return start + length > bytes.length ? start : bytes.length;
}

/** Offset of the first byte that is not UTF-8; undefined when all is well. */
function firstBadByte(bytes: Buffer): number | undefined {
  if (isUtf8(bytes)) return undefined;
  // stream: a character cut by the end is no error.
  const decodes = (end: number): boolean => {
    try {
      new TextDecoder('utf-8', {fatal: true}).decode(bytes.subarray(0, end), {stream: true});
      return true;
    } catch {
      return false;
    }
  };
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(middle)) good = middle;
    else bad = middle;
  }
  // The byte that doesn't go on from a character begun before: it is that character's fault.
  return good === 0 ? 0 : cutCharacter(bytes.subarray(0, good));
}

async function readBounded(file: string): Promise<Buffer | {code: string; params: Record<string, string | number>}> {
  let handle: Awaited<ReturnType<typeof open>> | undefined;
  try {
    // O_NONBLOCK: opening a fifo must not wait for its writer.
    handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = await handle.stat();
    if (!stat.isFile()) return {code: 'file.not-regular', params: {}};
    if (stat.size > MAX_BYTES) return {code: 'file.too-big', params: {bytes: stat.size, limit: MAX_BYTES}};
    return await handle.readFile();
  } catch (error) {
    const errno = (error as NodeJS.ErrnoException).code ?? String(error);
    return errno === 'ENOENT' ? {code: 'file.missing', params: {}} : {code: 'file.unreadable', params: {errno}};
  } finally {
    await handle?.close();
  }
}

/**
 * Reads `file` (bytes → text). Undefined, with one error in `findings`, when it is missing, not a regular file, larger
 * than MAX_BYTES, unreadable, or not UTF-8; NUL bytes and tabs that would break YAML are left to later stages.
 */
export async function readSource(file: string, findings: Findings): Promise<Source | undefined> {
  const bytes = await readBounded(file);
  if (!Buffer.isBuffer(bytes)) {
    findings.error(bytes.code, {line: 1, col: 1}, bytes.params);
    return undefined;
  }
  const bad = firstBadByte(bytes);
  if (bad !== undefined) {
    findings.error('file.not-utf8', placeOfByte(bytes, bad), {byte: `0x${bytes[bad]!.toString(16).padStart(2, '0')}`});
    return undefined;
  }
  return sourceOf(file, bytes.toString('utf8'));
}

/** A source from text in memory (an editor's buffer, a test). */
export function sourceOf(file: string, raw: string): Source {
  const text = raw.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  return {file, text, lines: text.split('\n')};
}
