/**
 * Prompt marks: OSC 133 sequences ("semantic prompts", FinalTerm) that our shells print around prompts and commands, with
 * our nonce so that a program that prints such a sequence by chance or on purpose is not believed.
 *
 *     ESC ] 133 ; KIND ; n=NONCE ; p=PID [; s=STATUS [; x]] [; h=NUMBER ; c=TEXT] BEL      (or ESC \ at the end)
 *
 * Nothing is taken out of the stream: terminal emulators ignore these sequences themselves.
 */

const ESC = 0x1b;
const BEL = 0x07;
const BACKSLASH = 0x5c;
const prefix = Buffer.from(']133;');
/** Longer sequences are none of ours: the shells cut the text of a command well below. */
const maxPayload = 8 * 1024;

/**
 * done: the command before this prompt ended with `status`; prompt: a prompt begins; input: it ended, what is typed now is
 * read; more: the same for a continuation line; command: a command was read and begins.
 */
export type MarkKind = 'done' | 'prompt' | 'input' | 'more' | 'command';

const kinds: Record<string, MarkKind> = {A: 'prompt', B: 'input', C: 'command', D: 'done', P: 'more'};

export interface Mark {
  kind: MarkKind;
  /** `$$` of the shell that printed it: its PID in its own PID namespace. */
  pid: number;
  /** Exit status, of `done`. */
  status?: number;
  /** This shell says when a command begins (bash, by PS0); of `done`. */
  announces?: boolean;
  /** Number of the command in the shell's history, of `command`. */
  number?: number;
  /** Text of the command as typed, of `command`. */
  text?: string;
  /** Bytes of the stream before the mark, and before what follows it. */
  start: number;
  end: number;
}

const none: readonly Mark[] = [];

/** Finds the marks in a stream of bytes, however it is cut into chunks. Holds at most 8 KiB of an unfinished mark. */
export class MarkParser {
  #nonce: string;
  /** Bytes of the stream before the chunk at hand. */
  #base = 0;
  /** An unfinished sequence from earlier chunks, from its ESC on. */
  #held: Buffer | undefined;

  /** `nonce`: letters and digits only. */
  constructor(nonce: string) {
    this.#nonce = nonce;
  }

  /** Bytes seen so far. */
  get offset(): number {
    return this.#base;
  }

  /** The beginning of what may be a mark, at the end of the bytes seen so far. */
  get held(): Buffer | undefined {
    return this.#held;
  }

  /** Takes the next bytes; gives the marks that end in them, in order. Costs one search for ESC where there is none. */
  push(chunk: Buffer): readonly Mark[] {
    const start = this.#base;
    this.#base += chunk.length;
    let bytes = chunk;
    let origin = start;
    if (this.#held) {
      bytes = Buffer.concat([this.#held, chunk]);
      origin = start - this.#held.length;
      this.#held = undefined;
    }
    let at = bytes.indexOf(ESC);
    if (at < 0) return none;
    const marks: Mark[] = [];
    while (at >= 0) {
      const end = sequenceEnd(bytes, at);
      if (end === 'unfinished') {
        if (bytes.length - at <= maxPayload) this.#held = Buffer.from(bytes.subarray(at));
        break;
      }
      const mark = end > 0 ? this.#read(bytes, at, end, origin) : undefined;
      if (mark) marks.push(mark);
      at = bytes.indexOf(ESC, mark ? end : at + 1);
    }
    return marks;
  }

  #read(bytes: Buffer, at: number, end: number, origin: number): Mark | undefined {
    const terminator = bytes[end - 1] === BEL ? 1 : 2;
    const payload = bytes.toString('utf8', at + 1 + prefix.length, end - terminator);
    const mark = parsePayload(payload, this.#nonce);
    return mark && {...mark, start: origin + at, end: origin + end};
  }
}

/** Index after the OSC 133 sequence at `at`; 0 when there is none; 'unfinished' when the bytes end inside it. */
function sequenceEnd(bytes: Buffer, at: number): number | 'unfinished' {
  for (let i = 0; i < prefix.length; i++) {
    const byte = bytes[at + 1 + i];
    if (byte === undefined) return 'unfinished';
    if (byte !== prefix[i]) return 0;
  }
  for (let i = at + 1 + prefix.length; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte === BEL) return i + 1;
    if (byte === ESC) {
      if (i + 1 === bytes.length) return 'unfinished';
      return bytes[i + 1] === BACKSLASH ? i + 2 : 0;
    }
    // Our marks hold no control characters: this one was cut off by something else.
    if (byte < 0x20 || i - at > maxPayload) return 0;
  }
  return 'unfinished';
}

/**
 * Reads "D;n=…;p=12;s=0". Undefined unless the nonce is ours and every number is one: `printenv PS1` shows a prompt whose
 * `$?` and `$$` no shell has expanded.
 */
function parsePayload(payload: string, nonce: string): Omit<Mark, 'start' | 'end'> | undefined {
  const found = /^([A-DP]);n=(\w+);p=(\d{1,10})(?:;s=(\d{1,3})(;x)?)?(?:;h=(\d{1,9});c=(.*))?$/s.exec(payload);
  if (!found || found[2] !== nonce) return undefined;
  const [, letter, , pid, status, announces, number, text] = found;
  const kind = kinds[letter!]!;
  if ((kind === 'done') !== (status !== undefined) || (kind === 'command') !== (text !== undefined)) return undefined;
  return {
    kind,
    pid: Number(pid),
    ...(status !== undefined && {status: Number(status), announces: announces !== undefined}),
    ...(number !== undefined && {number: Number(number), text: unquote(text!)}),
  };
}

/** Undoes bash's `${text@Q}`: 'it'\''s' or $'a\nb'. Anything else is taken as it stands. */
function unquote(text: string): string {
  if (text.startsWith("$'") && text.endsWith("'")) {
    return text.slice(2, -1).replace(/((?:\\[0-7]{3})+)|\\(.)/gs, (_, octal: string | undefined, letter: string) => {
      if (octal === undefined) return escapes[letter] ?? letter;
      // In the C locale bash writes UTF-8 byte by byte.
      return Buffer.from(
        octal
          .slice(1)
          .split('\\')
          .map(code => Number.parseInt(code, 8)),
      ).toString('utf8');
    });
  }
  if (text.startsWith("'") && text.endsWith("'")) return text.slice(1, -1).replaceAll("'\\''", "'");
  return text;
}

const escapes: Record<string, string> = {n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', E: '\x1b', f: '\f', v: '\v'};

/** A mark with the characters that tell readline that it takes no room, where it has them (shell-process.ts). */
export function framed(bytes: Uint8Array, start: number, end: number): {start: number; end: number} {
  return {start: bytes[start - 1] === 1 ? start - 1 : start, end: bytes[end] === 2 ? end + 1 : end};
}
