/** Types as a person does: an even pace with natural swings, longer before a hard key, with a breath between words. */

/** Types a text: gives it to `write` in parts, and resolves when the last one was given. */
export type Typist = (text: string, write: (part: string) => void) => Promise<void>;

export interface Pace {
  /** Mean time between two keys, in milliseconds. 0: everything at once. */
  keyMs: number;
}

/** Milliseconds between two keys: 100 words a minute, and what a class can follow at both ends. */
export const PACE = {usual: 120, least: 15, most: 400} as const;

/** Keys of a word as typing speeds count them, its blank included. */
const WORD_KEYS = 5;
const STEP = 1.25;

/** Words a minute at a pace in milliseconds a key, and the other way round: the formula is its own inverse. */
export function wordsPerMinute(keyMs: number): number {
  return Math.round(60_000 / (WORD_KEYS * keyMs));
}

/** The next pace that the keys for faster and slower give; faster than the fastest is 0, at once. */
export function nextPace(keyMs: number, to: 'faster' | 'slower'): number {
  if (to === 'slower') return keyMs <= 0 ? PACE.least : Math.min(PACE.most, Math.round(keyMs * STEP));
  return keyMs <= PACE.least ? 0 : Math.max(PACE.least, Math.round(keyMs / STEP));
}

/** How much the keys of one text differ: standard deviation of a key's time over its mean. */
const SPREAD = 0.35;
/** A new word takes thought, a sign off the letter rows takes reach: factors on the mean time. */
const WORD = 1.6;
const SIGN = 1.3;
/** After the last key, a look at the line before Enter. */
const LOOK = 4;

/** A number with mean 1 and the given spread, never below 0.3 (log-normal by Box and Muller). */
export function swing(random: () => number, spread = SPREAD): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const sigma = Math.sqrt(Math.log(1 + spread * spread));
  return Math.max(0.3, Math.exp(sigma * normal - (sigma * sigma) / 2));
}

/** Milliseconds before each character of `text`, whose mean is the pace whatever the text holds. */
export function rhythm(text: string, {keyMs}: Pace, random: () => number): number[] {
  const characters = [...text];
  const weights = characters.map((char, i) => {
    const word = characters[i - 1] === ' ' ? WORD : 1;
    return word * (/[a-z0-9 ]/.test(char) ? 1 : SIGN);
  });
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, weights.length);
  return weights.map(weight => (weight / mean) * keyMs * swing(random));
}

/** Mean milliseconds that HumanTypist takes for a text, with the look before Enter. */
export function typingMs(text: string, keyMs: number): number {
  return ([...text].length + LOOK) * keyMs;
}

/** A typist whose pace may change while it types, and who can be told to be done with this line. */
export class HumanTypist {
  keyMs: number;
  readonly #random: () => number;
  #wake = () => {};
  #hurried = false;
  #typing = 0;

  constructor(keyMs: number = PACE.usual, random: () => number = Math.random) {
    this.keyMs = keyMs;
    this.#random = random;
  }

  get typing(): boolean {
    return this.#typing > 0;
  }

  /** The rest of the line that is being typed comes at once. @returns whether one was */
  hurry(): boolean {
    this.#hurried = this.typing;
    this.#wake();
    return this.typing;
  }

  readonly type: Typist = async (text, write) => {
    this.#typing++;
    this.#hurried = false;
    try {
      const characters = [...text];
      const beats = rhythm(text, {keyMs: 1}, this.#random);
      for (const [i, char] of characters.entries()) {
        if (!this.#hurried && this.keyMs > 0) await this.#wait(beats[i]! * this.keyMs);
        if (this.#hurried || this.keyMs <= 0) {
          write(characters.slice(i).join(''));
          return;
        }
        write(char);
      }
      await this.#wait(LOOK * this.keyMs);
    } finally {
      this.#typing--;
    }
  };

  #wait(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
