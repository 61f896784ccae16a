// The app on a PTY: from the launcher to a frame that answers a key, and from a key to its frame under floods.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import xterm from '@xterm/headless';
import {openEngine} from '../../src/engine/index.ts';
import {median, percentile} from './numbers.mjs';

const launcher = path.resolve(import.meta.dirname, '../../bin/glassbox');
const delay = ms => new Promise(resolve => setTimeout(resolve, ms));

/** The app on a terminal of its own; `until` resolves as soon as the bytes so far put `wanted` on the screen. */
async function start(stage, id, args, {cols, rows}) {
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

/** Launcher to first frame, and to a frame that has answered a key pressed at once; best and median of nine. */
export async function benchStart() {
  const engine = await openEngine();
  const stage = await engine.stage({kind: 'real-host'});
  const frames = [];
  const answers = [];
  for (let n = 0; n < 9; n++) {
    const run = await start(stage, `start${n}`, [], {cols: 120, rows: 36});
    run.key('?');
    frames.push((await run.until(text => text.includes('glassbox  ') || text.includes('Esc back'))) - run.began);
    answers.push((await run.until(text => text.includes('Esc back'))) - run.began);
    await run.end();
  }
  await engine.close();
  console.log('\nfrom the launcher, 120×36, nine starts      best ms   median ms');
  console.log(
    `  first frame                             ${Math.min(...frames)
      .toFixed(0)
      .padStart(9)} ${median(frames).toFixed(0).padStart(11)}`,
  );
  console.log(
    `  a frame that answers a key              ${Math.min(...answers)
      .toFixed(0)
      .padStart(9)} ${median(answers).toFixed(0).padStart(11)}`,
  );
}

const cpuSeconds = pid => {
  const [, , ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, 'x y ')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};
const residentMb = pid => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

/** A key to its frame while both terminals of lab 01 receive 20 000 lines/s. */
export async function benchKeys({seconds = 12} = {}) {
  const dir = mkdtempSync(path.join(tmpdir(), 'glassbox-flood-'));
  execFileSync('gcc', ['-O2', '-o', path.join(dir, 'flood'), path.join(import.meta.dirname, 'flood.c')]);
  const engine = await openEngine();
  const stage = await engine.stage({kind: 'real-host'});
  const run = await start(stage, 'keys', ['learn', '01'], {cols: 120, rows: 36});
  try {
    await run.until(text => text.includes('⏎ start'));
    run.key('\r');
    await run.until(text => /box \(pid \d+\)/.test(text));
    for (const tab of ['\t', '\x1b[Z']) {
      run.key(tab);
      await run.until(text => text.includes('Ctrl-] or F12'));
      run.key(`${dir}/flood 20000\r`);
      await run.until(text => /\d{8} the quick/.test(text));
      run.key('\x1d');
      await run.until(text => !text.includes('keyboard here'));
    }
    const pid = run.app.pid;
    const [cpu0, t0, rss0] = [cpuSeconds(pid), performance.now(), residentMb(pid)];
    const times = [];
    let chinese = false;
    while (performance.now() - t0 < seconds * 1000) {
      await delay(80 + Math.random() * 60);
      // The language: every row changes. (Not Esc: a terminal cannot tell it from a sequence without waiting a little.)
      chinese = !chinese;
      const seen = run.sees(chinese ? Buffer.from('列表').toString('latin1') : 'labs');
      const pressed = performance.now();
      run.key('L');
      times.push((await seen) - pressed);
    }
    const busy = (cpuSeconds(pid) - cpu0) / ((performance.now() - t0) / 1000);
    console.log(`\nkey to frame at 120×36, both terminals at 20 000 lines/s, ${times.length} keys`);
    console.log(
      `  p50 ${median(times).toFixed(1)} ms   p95 ${percentile(times, 95).toFixed(1)} ms   app's CPU ${(busy * 100).toFixed(0)} %   memory ${rss0.toFixed(0)} -> ${residentMb(pid).toFixed(0)} MB`,
    );
  } finally {
    await run.end().catch(() => {});
    await engine.close();
    rmSync(dir, {recursive: true, force: true});
  }
}
