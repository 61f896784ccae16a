/** What is being typed at a prompt, followed by its keys: plain sh tells nobody which command it was given. */
import {StringDecoder} from 'node:string_decoder';

/** Follows the line editing of the terminal driver (termios(3)) and the common part of readline's. */
export class LineTracker {
  #decoder = new StringDecoder('utf8');
  #text: string[] = [];
  #literal = false;
  #escape: 'no' | 'started' | 'csi' = 'no';
  #unsure = false;

  /** Something stands on the line, or may stand there. */
  get dirty(): boolean {
    return this.#text.length > 0 || this.#unsure;
  }

  /** Takes keys; `entered` is called with each line that Enter ended, `broken` where Ctrl-C or Ctrl-D ended one. */
  push(keys: Uint8Array | string, entered: (line: string) => void, broken: () => void): void {
    const text = typeof keys === 'string' ? keys : this.#decoder.write(Buffer.from(keys));
    for (const char of text) {
      const breaks = !this.#literal && (char === '\x03' || char === '\x1c' || (char === '\x04' && !this.dirty));
      this.#key(char, entered);
      if (breaks) broken();
    }
  }

  clear(): void {
    this.#text = [];
    this.#unsure = false;
    this.#escape = 'no';
    this.#literal = false;
  }

  #key(char: string, entered: (line: string) => void): void {
    if (this.#literal) {
      this.#literal = false;
      this.#text.push(char);
    } else if (this.#escape !== 'no') this.#inEscape(char);
    else if (char === '\r' || char === '\n') {
      const line = this.#text.join('');
      this.clear();
      entered(line);
    } else if (char === '\x7f' || char === '\b') this.#text.pop();
    else if (char === '\x15' || char === '\x03' || char === '\x1c' || char === '\x1a') this.clear();
    else if (char === '\x17') this.#eraseWord();
    else if (char === '\x16') this.#literal = true;
    else if (char === '\x1b') {
      this.#escape = 'started';
      this.#unsure = true;
    } else if (char >= ' ') this.#text.push(char);
    // Tab may complete, ^R and ^P may fetch: the line is then more than the keys say.
    else if (char !== '\x04' && char !== '\x0c') this.#unsure = true;
  }

  #inEscape(char: string): void {
    if (this.#escape === 'started' && (char === '[' || char === 'O')) this.#escape = 'csi';
    else if (this.#escape === 'started' || (char >= '@' && char <= '~')) this.#escape = 'no';
  }

  #eraseWord(): void {
    while (this.#text.at(-1) === ' ') this.#text.pop();
    while (this.#text.length > 0 && this.#text.at(-1) !== ' ') this.#text.pop();
  }
}
