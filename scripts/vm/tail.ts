/** The last lines of a guest's console, cleaned of what a firmware says to a screen. */
import {stripVTControlCharacters} from 'node:util';

const KEPT = 64 * 1024;

export class Tail {
  #kept = '';

  add(chunk: Buffer): void {
    this.#kept = (this.#kept + chunk.toString('latin1')).slice(-KEPT);
  }

  /** @param lines at most */
  text(lines = 30): string {
    const all = stripVTControlCharacters(this.#kept)
      .split(/\r?\n/)
      .filter(line => line.trim() !== '');
    return all.slice(-lines).join('\n');
  }
}
