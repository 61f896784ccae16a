/** Demos and followers over real sockets, in folders of the test's own. */
import {mkdtempSync, rmSync} from 'node:fs';
import {connect, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';
import type {Event, EventBody} from '../../../src/course/index.ts';
import {type Hub, type HubOptions, openHub} from '../../../src/course/share/hub.ts';
import {parseShareLine, type ShareLine} from '../../../src/course/share/lines.ts';
import type {Places} from '../../../src/course/share/places.ts';
import {Splitter} from '../../../src/course/share/splitter.ts';

export const uid = process.getuid?.() ?? 0;

export function temporary(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'glassbox-hub-'));
  onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
  return dir;
}

export function placesIn(dir: string): Places {
  const share = path.join(dir, 'share');
  return {uid, notes: [path.join(dir, 'notes')], share, shared: () => [share]};
}

export async function demo(options: HubOptions = {}): Promise<Hub> {
  const hub = await openHub({share: true, ...options, places: options.places ?? placesIn(temporary())});
  onTestFinished(() => hub.close());
  return hub;
}

/** Numbers events as a session does. */
export function numbered(): (...bodies: EventBody[]) => Event[] {
  let seq = 0;
  return (...bodies) => bodies.map(body => ({...body, seq, ms: seq++}) as Event);
}

export class Reader {
  readonly socket: Socket;
  readonly lines: ShareLine[] = [];
  text = '';
  closed = false;
  #waiting: (() => void)[] = [];

  constructor(file: string) {
    this.socket = connect(file);
    const splitter = new Splitter(text => {
      const line = parseShareLine(text);
      if (line) this.lines.push(line);
    });
    this.socket.on('data', data => {
      this.text += data.toString('latin1');
      splitter.push(data);
      this.#wake();
    });
    this.socket.on('error', () => {});
    this.socket.on('close', () => {
      this.closed = true;
      this.#wake();
    });
    onTestFinished(() => void this.socket.destroy());
  }

  get events(): Event[] {
    return this.lines.flatMap(line => (line.kind === 'event' ? [line.event] : []));
  }

  /** What was printed on a side, as far as this reader got it. */
  printed(side: string): string {
    return this.events
      .flatMap(event => (event.type === 'bytes' && event.side === side ? [Buffer.from(event.data).toString()] : []))
      .join('');
  }

  /** Resolves once `condition` holds; the test's own time limit ends the waiting. */
  async until(condition: (reader: this) => boolean): Promise<void> {
    while (!condition(this)) await new Promise<void>(resolve => this.#waiting.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
