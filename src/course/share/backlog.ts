/** What someone who comes late needs: the lab, all its events but bytes, and of those the tail of each open terminal. */
import type {Event} from '../events.ts';
import type {Side} from '../lab.ts';
import {type ShareLine, shareLine} from './lines.ts';

/** A line that is written out once, when the first follower needs it. */
export interface Entry {
  line: ShareLine;
  text?: Buffer;
  /** Of no use to anyone who comes later. */
  dead?: boolean;
}

/** Bytes of each terminal that are kept. */
const TAIL = 256 << 10;
/** Each of these says everything that the one before it said. */
const SUPERSEDES = new Set<Event['type']>(['processes', 'xray', 'show']);

interface Tail {
  entries: Entry[];
  size: number;
}

export class Backlog {
  #head: Entry[] = [];
  #entries: Entry[] = [];
  #dead = 0;
  readonly #tails = new Map<Side, Tail>();
  readonly #last = new Map<string, Entry>();

  /** The first line, which every follower gets. */
  head(entry: Entry): void {
    this.#head = [entry];
  }

  add(entry: Entry): void {
    const {line} = entry;
    if (line.kind === 'lab') this.#clear();
    this.#entries.push(entry);
    if (line.kind === 'event') this.#sort(line.event, entry);
    if (this.#dead > 512 && this.#dead * 2 > this.#entries.length) this.#compact();
  }

  /** Everything of use, in order. The buffers are shared: they must not be changed. */
  lines(): Buffer[] {
    this.#compact();
    return [...this.#head, ...this.#entries].map(textOf);
  }

  #sort(event: Event, entry: Entry): void {
    if (event.type === 'bytes') this.#keep(event.side, entry, event.data.length);
    else if (event.type === 'terminal-opened') this.#drop(event.side);
    else if (event.type === 'rebuilding') for (const side of [...this.#tails.keys()]) this.#drop(side);
    else if (SUPERSEDES.has(event.type)) {
      this.#kill(this.#last.get(event.type));
      this.#last.set(event.type, entry);
    }
  }

  #keep(side: Side, entry: Entry, length: number): void {
    const tail = this.#tails.get(side) ?? {entries: [], size: 0};
    this.#tails.set(side, tail);
    tail.entries.push(entry);
    tail.size += length;
    if (tail.size <= TAIL) return;
    while (tail.size > TAIL && tail.entries.length > 1) {
      const oldest = tail.entries.shift()!;
      tail.size -= sizeOf(oldest);
      this.#kill(oldest);
    }
    tail.size -= cutToLine(tail.entries[0]!);
  }

  #drop(side: Side): void {
    for (const entry of this.#tails.get(side)?.entries ?? []) this.#kill(entry);
    this.#tails.delete(side);
  }

  #kill(entry: Entry | undefined): void {
    if (!entry || entry.dead) return;
    entry.dead = true;
    this.#dead++;
  }

  #compact(): void {
    if (this.#dead === 0) return;
    this.#entries = this.#entries.filter(entry => !entry.dead);
    this.#dead = 0;
  }

  #clear(): void {
    this.#entries = [];
    this.#dead = 0;
    this.#tails.clear();
    this.#last.clear();
  }
}

export function textOf(entry: Entry): Buffer {
  entry.text ??= shareLine(entry.line);
  return entry.text;
}

function sizeOf({line}: Entry): number {
  return line.kind === 'event' && line.event.type === 'bytes' ? line.event.data.length : 0;
}

/** A tail that began within a line, or within an escape sequence, would be drawn as garbage. @returns bytes cut away */
function cutToLine(entry: Entry): number {
  const {line} = entry;
  if (line.kind !== 'event' || line.event.type !== 'bytes') return 0;
  const {data} = line.event;
  const at = data.indexOf(0x0a) + 1;
  entry.line = {kind: 'event', event: {...line.event, data: data.subarray(at)}};
  entry.text = undefined;
  return at;
}
