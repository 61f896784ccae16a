/**
 * What the lab does to set a question up is not for the eyes of the person who is asked: behind the veil no command, no
 * bytes and no system calls are told; when it is lifted, the host has a fresh terminal and the others an empty screen.
 */
import type {EventBody} from '../events.ts';
import type {Side} from '../lab.ts';
import {patience} from '../patience.ts';
import type {Scene} from './scene.ts';

/** Typed last behind the veil: forgets what bash has kept (plain sh keeps nothing), and empties the screen. */
const WIPE = String.raw`history -c 2>/dev/null; printf '\033[H\033[2J\033[3J'`;
/** What WIPE prints; the line that was typed holds no escape character. */
const WIPED = '\x1b[H\x1b[2J\x1b[3J';
/** A shell that does not answer has something in front of it: then its side is shown as it is. */
const WIPE_MS = 5000 * patience();

const TOLD_BY_LAB: readonly EventBody['type'][] = [
  'journal',
  'command-typed',
  'command-finished',
  'command-unexpected',
  'left-out',
];

export class Veil {
  #down = true;
  /** Sides whose bytes may be seen already, and the end of what came before from the others. */
  #shown = new Set<Side>();
  #tail = new Map<Side, string>();

  /** The event as it may be told; undefined: it stays behind the veil. */
  pass(body: EventBody): EventBody | undefined {
    if (!this.#down) return body;
    if (body.type === 'bytes') return this.#bytes(body);
    if (body.type === 'error') {
      const {command: _, ...params} = body.error.params;
      return {...body, error: {...body.error, params}};
    }
    return TOLD_BY_LAB.includes(body.type) ? undefined : body;
  }

  /** Shows the stage as it is now, without how it came to be so. */
  async lift(scene: Scene): Promise<void> {
    for (const name of scene.shells()) {
      if (name === 'host') continue;
      await scene.run(name, WIPE, {timeoutMs: WIPE_MS});
      this.#shown.add(name);
    }
    await scene.renewHost(() => this.#shown.add('host'));
    this.#down = false;
  }

  #bytes(body: Extract<EventBody, {type: 'bytes'}>): EventBody | undefined {
    const {side, data} = body;
    if (this.#shown.has(side)) return body;
    const before = this.#tail.get(side) ?? '';
    const text = before + Buffer.from(data).toString('latin1');
    const at = text.lastIndexOf(WIPED);
    this.#tail.set(side, text.slice(-WIPED.length + 1));
    if (at < 0) return undefined;
    this.#shown.add(side);
    return {...body, data: Buffer.from(text.slice(at), 'latin1')};
  }
}
