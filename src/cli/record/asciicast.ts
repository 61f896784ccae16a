/**
 * The screen as asciinema plays it: asciicast version 2, a line of JSON for each piece of output
 * (https://docs.asciinema.org/manual/asciicast/v2/). Good up to its last whole line, as event recordings are.
 */
import {closeSync, openSync} from 'node:fs';
import {append, RECORDING_LIMIT, type RecorderTold} from '../../course/index.ts';

export interface CastOptions {
  /** Of the terminal, asked again with each output: a change of it is recorded. */
  size(): {columns: number; rows: number};
  title: string;
  /** Only TERM and SHELL are taken of it. */
  env: NodeJS.ProcessEnv;
  told: RecorderTold;
  limitBytes?: number;
}

export interface Cast {
  output(data: string): void;
  /** A place to jump to (] in asciinema play). */
  marker(label: string): void;
  /** Safe to call twice. */
  close(): void;
}

/** In seconds: asciinema waits no longer than this where nobody did anything. */
const IDLE_LIMIT = 3;

/**
 * Opens a file for the screen, readable by its owner only; one that exists is not overwritten.
 * @throws the errno error of open(2)
 */
export function openCast(file: string, {size, title, env, told, limitBytes = RECORDING_LIMIT}: CastOptions): Cast {
  const fd = openSync(file, 'wx', 0o600);
  const began = performance.now();
  let open = true;
  let written = 0;
  let {columns, rows} = size();

  const close = () => {
    if (open) closeSync(fd);
    open = false;
  };
  const write = (line: unknown) => {
    if (!open) return;
    try {
      written = append(fd, `${JSON.stringify(line)}\n`, written);
    } catch (error) {
      close();
      told.failed(error as NodeJS.ErrnoException);
      return;
    }
    if (written <= limitBytes) return;
    close();
    told.full(limitBytes, true);
  };
  const event = (code: 'o' | 'm' | 'r', data: string) =>
    write([Math.round((performance.now() - began) * 1000) / 1e6, code, data]);

  const known = Object.fromEntries(['TERM', 'SHELL'].flatMap(name => (env[name] ? [[name, env[name]]] : [])));
  const timestamp = Math.floor(Date.now() / 1000);
  write({version: 2, width: columns, height: rows, timestamp, idle_time_limit: IDLE_LIMIT, title, env: known});
  return {
    output(data) {
      const now = size();
      if (now.columns !== columns || now.rows !== rows) {
        ({columns, rows} = now);
        event('r', `${columns}x${rows}`);
      }
      event('o', data);
    },
    marker: label => event('m', label),
    close,
  };
}
