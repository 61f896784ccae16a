// The app on a PTY: from the launcher to a frame that answers a key, from screen to screen, and from a key to its frame
// under floods.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {openEngine} from '../../src/engine/index.ts';
import {cpuSeconds, delay, residentMb, start} from './app.mjs';
import {median, percentile} from './numbers.mjs';

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

/** From one screen to the next: a key on the home screen to the first frame after it, nine times each. */
export async function benchScreens() {
  const engine = await openEngine();
  const stage = await engine.stage({kind: 'real-host'});
  const run = await start(stage, 'screens', [], {cols: 120, rows: 36});
  const screens = [
    ['help', '?', 'suspend'],
    ['doctor', 'x', 'what this machine can do'],
    ['a lab', '\r', 'Building the stage'],
  ];
  try {
    await run.until(text => text.includes('UTS namespace'));
    // The code of the lab screen is loaded once the list has stood for a moment, as it has when a person chooses.
    await delay(1500);
    const back = [];
    const line = (name, times) => {
      const [best, mid, high] = [Math.min(...times), median(times), percentile(times, 95)].map(ms => ms.toFixed(1));
      console.log(`  ${name.padEnd(40)} ${best.padStart(8)} ${mid.padStart(11)} ${high.padStart(8)}`);
    };
    console.log('\nto the next screen, 120×36, nine times      best ms   median ms   p95 ms');
    for (const [name, key, mark] of screens) {
      const times = [];
      for (let n = 0; n < 9; n++) {
        const seen = run.sees(mark);
        const pressed = performance.now();
        run.key(key);
        times.push((await seen) - pressed);
        await delay(1200);
        const home = run.sees('UTS namespace');
        const escaped = performance.now();
        run.key('\x1b');
        back.push((await home) - escaped);
        await delay(1500);
      }
      line(name, times);
    }
    line('back by Esc', back);
  } finally {
    await run.end().catch(() => {});
    await engine.close();
  }
}

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
