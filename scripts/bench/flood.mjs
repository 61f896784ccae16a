// `yes` in both terminals for minutes: how fast a key is answered meanwhile, and what the app uses of CPU and memory.
import {openEngine} from '../../src/engine/index.ts';
import {cpuSeconds, delay, residentMb, start} from './app.mjs';
import {median, percentile} from './numbers.mjs';

const SAMPLE_MS = 10_000;
const row = (...cells) => console.log(cells.map((cell, i) => String(cell).padStart(i === 0 ? 10 : 9)).join(''));

/** Lab 01 with its container, and `yes` in both terminals; the keyboard is with the screen. */
async function opened(run) {
  await run.until(text => text.includes('⏎ start'));
  run.key('\r');
  await run.until(text => /box \(pid \d+\)/.test(text));
  for (const tab of ['\t', '\x1b[Z']) {
    run.key(tab);
    await run.until(text => text.includes('Ctrl-] or F12'));
    run.key('yes\r');
    await run.until(text => (text.match(/\by\b/g) ?? []).length >= 8);
    run.key('\x1d');
    await run.until(text => !text.includes('keyboard here'));
  }
}

/** @param minutes that both floods last, after the first key */
export async function benchFlood({minutes = 10} = {}) {
  const engine = await openEngine();
  const stage = await engine.stage({kind: 'real-host'});
  const run = await start(stage, 'flood', ['learn', '01'], {cols: 120, rows: 36});
  const samples = [];
  try {
    await opened(run);
    const {pid} = run.app;
    const began = performance.now();
    console.log(`\n\`yes\` in both terminals for ${minutes} min at 120×36; a key about every 300 ms`);
    row('seconds', 'keys', 'p50 ms', 'p95 ms', 'CPU %', 'RSS MB');
    let chinese = false;
    while (performance.now() - began < minutes * 60_000) {
      const [since, cpu] = [performance.now(), cpuSeconds(pid)];
      const times = [];
      while (performance.now() - since < SAMPLE_MS) {
        await delay(200 + Math.random() * 200);
        // The language: every row changes.
        chinese = !chinese;
        const seen = run.sees(chinese ? Buffer.from('列表').toString('latin1') : 'labs');
        const pressed = performance.now();
        run.key('L');
        times.push((await seen) - pressed);
      }
      const share = (cpuSeconds(pid) - cpu) / ((performance.now() - since) / 1000);
      samples.push({times, share, rss: residentMb(pid), at: performance.now() - began});
      const [p50, p95] = [median(times), percentile(times, 95)].map(ms => ms.toFixed(1));
      const {rss, at} = samples.at(-1);
      row((at / 1000).toFixed(0), times.length, p50, p95, (share * 100).toFixed(0), rss.toFixed(0));
    }
    const times = samples.flatMap(one => one.times);
    const rss = list => (list.reduce((sum, one) => sum + one.rss, 0) / list.length).toFixed(0);
    const end = samples.at(-1).at;
    const first = samples.filter(one => one.at <= 61_000);
    const last = samples.filter(one => one.at > end - 60_000);
    const cpu = samples.reduce((sum, one) => sum + one.share, 0) / samples.length;
    console.log(
      `  ${times.length} keys: p50 ${median(times).toFixed(1)} ms, p95 ${percentile(times, 95).toFixed(1)} ms; CPU ${(cpu * 100).toFixed(0)} %; memory in the first minute ${rss(first)} MB, in the last ${rss(last)} MB`,
    );
  } finally {
    await run.end().catch(() => {});
    await engine.close();
  }
}
