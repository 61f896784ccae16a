// A class on one machine: learners at once, each in a terminal of its own without a person; memory, CPU time and files of each.
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {openEngine} from '../../src/engine/index.ts';
import {delay, start} from './app.mjs';
import {cpuOf, family, memory} from './family.mjs';

const SIZE = {cols: 120, rows: 36};
const PATIENCE_MS = 600_000;
const row = (...cells) => console.log(cells.map((cell, i) => String(cell).padStart(i === 0 ? 34 : 11)).join(''));
const mean = list => list.reduce((a, b) => a + b, 0) / list.length;
const availableMb = () => Number(/MemAvailable:\s+(\d+)/.exec(readFileSync('/proc/meminfo', 'utf8'))[1]) / 1024;

/** What all learners use of the CPU while `doing` lasts: CPU seconds per learner and second. */
async function cpuWhile(runs, seconds, doing = async () => {}) {
  const used = () => runs.reduce((sum, run) => sum + cpuOf(family(run.app.pid)), 0);
  const [before, began] = [used(), performance.now()];
  let over = false;
  const done = Promise.all(runs.map((run, i) => doing(run, i, () => over)));
  await delay(seconds * 1000);
  over = true;
  await done;
  return (used() - before) / ((performance.now() - began) / 1000) / runs.length;
}

/** Letters, corrections and a command now and then: about five keys a second. */
async function type(run, n, over) {
  while (!over()) {
    for (const key of `hostname; ps | wc -l; echo ${n}\r`) {
      if (over()) break;
      run.key(key);
      await delay(150 + Math.random() * 100);
    }
  }
}

const outOfTerminal = async run => {
  run.key('\x1d');
  await run.until(text => !text.includes('keyboard here'), PATIENCE_MS);
};

const intoTerminal = async (run, tab) => {
  run.key(tab);
  await run.until(text => text.includes('Ctrl-] or F12'), PATIENCE_MS);
};

async function open(stage, count) {
  const runs = await Promise.all(
    Array.from({length: count}, (_, i) => start(stage, `learner${i}`, ['learn', '01'], SIZE)),
  );
  await Promise.all(
    runs.map(async run => {
      await run.until(text => text.includes('⏎ start'), PATIENCE_MS);
      run.key('\r');
      await run.until(text => /box \(pid \d+\)/.test(text), PATIENCE_MS);
    }),
  );
  return runs;
}

async function size(count, seconds) {
  const engine = await openEngine();
  const stage = await engine.stage({kind: 'real-host'});
  const available = availableMb();
  const runs = [];
  try {
    runs.push(...(await open(stage, count)));
    const opening = mean(runs.map(run => cpuOf(family(run.app.pid))));
    await delay(3000);
    const each = runs.map(run => memory(family(run.app.pid)));
    const total = key => each.reduce((sum, one) => sum + one[key], 0);
    const machine = available - availableMb();
    const reading = await cpuWhile(runs, seconds);
    await Promise.all(runs.map(run => intoTerminal(run, '\t')));
    const typing = await cpuWhile(runs, seconds, type);
    await Promise.all(runs.map(outOfTerminal));
    const later = memory(runs.flatMap(run => family(run.app.pid)));
    const processes = mean(runs.map(run => family(run.app.pid).length));
    const disk = mean(
      runs.map(run => Number(/^\d+/.exec(execFileSync('du', ['-sk', run.home], {encoding: 'utf8'}))[0])),
    );
    return {
      count,
      processes,
      opening,
      reading,
      typing,
      machine,
      disk,
      later: later.pss,
      ...Object.fromEntries(['rss', 'pss', 'own'].map(key => [key, total(key)])),
    };
  } finally {
    await Promise.all(runs.map(run => run.end().catch(() => {})));
    await engine.close();
  }
}

/** CPU cores that one learner takes with `yes` in both terminals. */
async function flood(seconds) {
  const engine = await openEngine();
  const stage = await engine.stage({kind: 'real-host'});
  const runs = await open(stage, 1);
  try {
    const [run] = runs;
    for (const tab of ['\t', '\x1b[Z']) {
      await intoTerminal(run, tab);
      run.key('yes\r');
      await run.until(text => (text.match(/\by\b/g) ?? []).length >= 8, PATIENCE_MS);
      await outOfTerminal(run);
    }
    const cores = await cpuWhile(runs, seconds);
    return {cores, ...memory(family(run.app.pid))};
  } finally {
    await Promise.all(runs.map(run => run.end().catch(() => {})));
    await engine.close();
  }
}

/** CPU seconds of a lab that goes through by itself, with every command and check of it; elapsed seconds beside. */
function whole(lab) {
  const began = performance.now();
  const script = 'times; "$0" run "$1" >/dev/null 2>&1; echo $?; times';
  const launcher = new URL('../../bin/glassbox', import.meta.url).pathname;
  const text = execFileSync('sh', ['-c', script, launcher, lab], {encoding: 'utf8'});
  const seconds = line =>
    line.split(' ').reduce((sum, part) => {
      const [, m, s] = /(\d+)m([\d.]+)s/.exec(part);
      return sum + Number(m) * 60 + Number(s);
    }, 0);
  const lines = text.trim().split('\n');
  return {status: lines[2], cpu: seconds(lines[4]), elapsed: (performance.now() - began) / 1000};
}

/** @param counts learners at once, one table row each @param seconds each of reading and typing */
export async function benchClassroom({counts = [1, 5, 10, 20], seconds = 20} = {}) {
  console.log(`\nlearners at once in lab 01 at ${SIZE.cols}×${SIZE.rows}, all of one user; MB of all, CPU of each`);
  row('learners', 'processes', 'RSS', 'PSS', 'own', 'PSS later', 'machine', 'open s', 'read %', 'type %', 'disk KB');
  const sizes = [];
  for (const count of counts) {
    const one = await size(count, seconds);
    sizes.push(one);
    const whole = [one.rss, one.pss, one.own, one.later, one.machine].map(mb => mb.toFixed(0));
    row(
      one.count,
      one.processes.toFixed(1),
      ...whole,
      one.opening.toFixed(2),
      (one.reading * 100).toFixed(1),
      (one.typing * 100).toFixed(1),
      one.disk.toFixed(0),
    );
  }
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (last.count > first.count) {
    const further = (last.later - first.later) / (last.count - first.count);
    console.log(`  each further learner: ${further.toFixed(0)} MB (PSS); the first: ${first.later.toFixed(0)} MB`);
  }
  const loud = await flood(seconds);
  console.log(`  \`yes\` in both terminals: ${loud.cores.toFixed(2)} cores, PSS ${loud.pss.toFixed(0)} MB`);
  for (const lab of ['01', '06', '07', '09']) {
    const {status, cpu, elapsed} = whole(lab);
    console.log(`  glassbox run ${lab}: status ${status}, ${cpu.toFixed(1)} CPU seconds in ${elapsed.toFixed(1)} s`);
  }
}
