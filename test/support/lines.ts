/** `glassbox` with lines on its standard input, as from a pipe: all at once, or as a program that reads before it writes. */
import {type ChildProcessWithoutNullStreams, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {onTestFinished} from 'vitest';
import {cleanEnv, launcher, type Ran, root} from './glassbox.ts';

/** Runs `glassbox` until its end, with all lines there from the beginning. */
export function piped(args: string[], lines: readonly string[], env: Record<string, string> = {}): Ran {
  const {status, stdout, stderr} = spawnSync(launcher, args, {
    env: cleanEnv(env),
    cwd: root,
    encoding: 'utf8',
    input: lines.map(line => `${line}\n`).join(''),
    timeout: 120_000,
  });
  return {status, stdout, stderr};
}

/** A conversation through pipes. */
export class Lines {
  text = '';
  readonly #child: ChildProcessWithoutNullStreams;
  #closed = false;
  #from = 0;
  #wake = () => {};

  constructor(args: string[], env: Record<string, string> = {}) {
    this.#child = spawn(launcher, args, {env: cleanEnv(env), cwd: root});
    this.#child.stdout.on('data', data => {
      this.text += data;
      this.#wake();
    });
    // 'exit' may come before the last output has.
    this.#child.on('close', () => {
      this.#closed = true;
      this.#wake();
    });
    this.#child.stdin.on('error', () => {}); // it has left before the line came
    onTestFinished(() => void this.#child.kill());
  }

  /** Sends a line and waits until what comes after it fits. @returns the match */
  async say(line: string, wanted: RegExp): Promise<RegExpExecArray> {
    this.#from = this.text.length;
    this.#child.stdin.write(`${line}\n`);
    return this.until(wanted);
  }

  /** The test's own time limit ends the waiting; so does the app's end. */
  async until(wanted: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = wanted.exec(this.text.slice(this.#from));
      if (found) return found;
      if (this.#closed) throw new Error(`never said: ${wanted}\n${this.text}`);
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }

  /** No more lines. @returns the exit status */
  async end(): Promise<number | null> {
    this.#child.stdin.end();
    if (!this.#closed) await once(this.#child, 'close');
    return this.#child.exitCode;
  }
}
