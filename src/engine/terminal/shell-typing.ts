/** A line in somebody's hands: typed key by key, until it is whole or nobody wants it any more. */

/** Types a line: gives it to `write` in parts, and resolves when the last one was given. */
export type LineTypist = (line: string, write: (part: string) => void) => Promise<void>;

/** readline: to the end of the line (this also leaves a search), then erase back. Else the terminal driver's VKILL. */
export const killLine = {readline: '\x05\x15', driver: '\x15'};

/** Stops a typist whose line nobody wants any more. */
class Dropped extends Error {}

export class LineTyping {
  #drop: (() => void) | undefined;

  get going(): boolean {
    return this.#drop !== undefined;
  }

  /** The line goes no further. */
  drop(): void {
    this.#drop?.();
  }

  /**
   * @param write gives a part to the terminal; false: there is none any more
   * @returns whether the whole line was given
   * @throws what the typist throws
   */
  async type(line: string, typist: LineTypist, write: (part: string) => boolean): Promise<boolean> {
    let wanted = true;
    const {promise: dropped, resolve} = Promise.withResolvers<void>();
    this.#drop = () => {
      wanted = false;
      resolve();
    };
    const typing = typist(line, part => {
      wanted &&= write(part);
      if (!wanted) throw new Dropped();
    }).catch(error => {
      if (!(error instanceof Dropped)) throw error;
    });
    try {
      await Promise.race([typing, dropped]);
    } finally {
      this.#drop = undefined;
    }
    return wanted;
  }
}
