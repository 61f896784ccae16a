// What a container costs while many others live: time of one that comes and goes, memory and descriptors of those that stay.
import {readdirSync, readFileSync} from 'node:fs';
import {setTimeout as delay} from 'node:timers/promises';
import {openEngine} from '../../src/engine/index.ts';
import {goal, median, table} from './numbers.mjs';
import {controllers, groupFolders, layer, prepare, removeGroups, run, spec, yardstick} from './tools.mjs';

const own = (box, name, args) => {
  const its = layer(box, name);
  const given = spec(box, {...its, args});
  return {...its, spec: {...given, linux: {...given.linux, cgroupsPath: name}}};
};

/** KiB that belong to this process alone or by its share, and its open descriptors. */
function weight(pid) {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return {kib: Number(/^Pss:\s+(\d+)/m.exec(rollup)[1]), fds: readdirSync(`/proc/${pid}/fd`).length};
}

/** The keeper is the container's parent. */
const parentOf = pid => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[1]);

export async function benchAlive({counts = [10, 100, 500], rounds = 20} = {}) {
  const box = prepare();
  const engine = await openEngine();
  const prefix = `glassbox-bench-${process.pid}`;
  const clock = yardstick(box);
  const groups = groupFolders(`${prefix}-raw`).join(' ');
  const {dir} = box;
  const alive = [];
  const raw = Object.fromEntries(counts.map(count => [`number ${count}`, []]));
  const times = Object.fromEntries(counts.map(count => [`number ${count}`, []]));
  const weights = {};
  try {
    const stage = await engine.stage({controllers});
    const next = own(box, 'next', ['/bin/true']);
    const reach = async count => {
      while (alive.length < count) {
        const one = own(box, `alive-${alive.length}`, ['/bin/pause']);
        one.make();
        alive.push({...one, container: await stage.run(`alive-${alive.length}`, one.spec)});
      }
      while (alive.length > count) {
        const one = alive.pop();
        await one.container.remove();
        one.remove();
      }
    };
    const measure = async count => {
      await reach(count - 1);
      // Making hundreds, and removing them, leaves the kernel work of its own for a while.
      await delay(3000);
      for (let n = -2; n < rounds / 2; n++) {
        next.make();
        const began = performance.now();
        await run(stage, 'next', next.spec);
        if (n >= 0) times[`number ${count}`].push(performance.now() - began);
        next.remove();
        // What the kernel itself takes longer for, with so many of everything.
        const kernel = await clock.ask(`R ${dir}/root ${dir}/u ${dir}/w ${dir}/merged ${groups}`);
        if (n >= 0) raw[`number ${count}`].push(kernel);
      }
      globalThis.gc?.();
      const keeper = parentOf(alive[0].container.pid);
      weights[count] = {app: weight('self'), keeper: weight(keeper)};
    };
    // Up and down again, so that what the machine does meanwhile weighs on all.
    for (const count of counts) await measure(count);
    for (const count of [...counts].reverse()) await measure(count);
    await reach(0);
  } finally {
    clock.close();
    await engine.close();
    box.remove();
    removeGroups(prefix);
  }
  table(`create, run true, remove, with so many alive; ${rounds} rounds`, times, `number ${counts[0]}`);
  table('the same by raw C, with so many of ours alive', raw, `number ${counts[0]}`);
  const [first, last] = [counts[0], counts.at(-1)];
  const ratio = median(times[`number ${last}`]) / median(times[`number ${first}`]);
  console.log(goal(`number ${last} / number ${first}`, ratio, 1.3));
  console.log('\nmemory (PSS) and descriptors\n  alive     app MiB   app fds   keeper MiB   keeper fds');
  for (const [count, {app, keeper}] of Object.entries(weights)) {
    const cells = [
      (app.kib / 1024).toFixed(1).padStart(9),
      String(app.fds).padStart(9),
      (keeper.kib / 1024).toFixed(2).padStart(12),
      String(keeper.fds).padStart(12),
    ];
    console.log(`  ${String(count - 1).padStart(5)} ${cells.join(' ')}`);
  }
  const [a, b] = [weights[first], weights[last]];
  const each = (who, what) => (b[who][what] - a[who][what]) / (last - first);
  console.log(
    `  each further one: app ${each('app', 'kib').toFixed(1)} KiB and ${each('app', 'fds').toFixed(1)} descriptors, keeper ${each('keeper', 'kib').toFixed(1)} KiB and ${each('keeper', 'fds').toFixed(1)}`,
  );
}
