// The app on a PTY of its own, for benchmarks: keys in, the moment at which something is on its screen out.
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import xterm from '@xterm/headless';

const launcher = path.resolve(import.meta.dirname, '../../bin/glassbox');

export const delay = ms => new Promise(resolve => setTimeout(resolve, ms));

/** The app on a terminal of its own; `until` resolves as soon as the bytes so far put `wanted` on the screen. */
export async function start(stage, id, args, {cols, rows}) {
  const state = mkdtempSync(path.join(tmpdir(), 'glassbox-bench-'));
  const screen = new xterm.Terminal({cols, rows, allowProposedApi: true});
  const waiting = new Set();
  const text = () =>
    Array.from(
      {length: rows},
      (_, y) => screen.buffer.active.getLine(screen.buffer.active.viewportY + y)?.translateToString(true) ?? '',
    ).join('\n');
  const began = performance.now();
  const app = await stage.spawn(id, {
    args: [launcher, ...args],
    env: [
      `PATH=${process.env.PATH}`,
      'TERM=xterm-256color',
      'LANG=C.UTF-8',
      `HOME=${state}`,
      `XDG_STATE_HOME=${state}`,
      `XDG_CONFIG_HOME=${state}`,
    ],
    cwd: '/',
    terminal: true,
    consoleSize: {height: rows, width: cols},
  });
  let light;
  app.terminal.onData(data => {
    const at = performance.now();
    if (light) {
      light.tail = (light.tail + data.toString('latin1')).slice(-(data.length + 64));
      if (light.tail.includes(light.mark)) light.done(at);
      return;
    }
    screen.write(data, () => {
      const now = text();
      for (const one of waiting) if (one.wanted(now)) one.done(at);
    });
  });
  screen.onData(reply => app.terminal.write(reply));
  return {
    app,
    home: state,
    began,
    text,
    key: data => app.terminal.write(data),
    /** Time of the first byte block that holds `mark`. Emulating the terminal would compete with the app for two cores. */
    sees: mark =>
      new Promise(resolve => {
        const done = at => {
          light.mark = '\0';
          resolve(at);
        };
        light = {mark, tail: '', done};
      }),
    until: (wanted, withinMs = 20_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`never on the screen:\n${text()}`)), withinMs);
        const settle = at => {
          clearTimeout(timer);
          waiting.delete(one);
          resolve(at);
        };
        const one = {wanted, done: at => settle(at)};
        if (wanted(text())) one.done(performance.now());
        else waiting.add(one);
      }),
    async end() {
      app.terminal.write('\x03');
      await app.wait();
      rmSync(state, {recursive: true, force: true});
    },
  };
}

/** CPU time of a process since its start. */
export const cpuSeconds = pid => {
  const [, , ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, 'x y ')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};
export const residentMb = pid => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
