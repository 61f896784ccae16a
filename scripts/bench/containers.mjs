// Create a container, run `true` in it, remove all: the engine in a warm process against a raw loop on clone and the
// runtimes that are installed, interleaved in one run. Figures are ratios: other jobs may share this machine.
import {openEngine} from '../../src/engine/index.ts';
import {goal, median, table} from './numbers.mjs';
import {
  bundle,
  controllers,
  groupFolders,
  installed,
  layer,
  prepare,
  removeGroups,
  run,
  spec,
  unified,
  yardstick,
} from './tools.mjs';

/** The command lines of others. Those that bring no overlay and no groups get them from the yardstick. */
function peers(box, prefix) {
  const {dir} = box;
  const merged = `${dir}/merged`;
  const layers = `${dir}/root ${dir}/u ${dir}/w ${merged}`;
  const groups = groupFolders(`${prefix}-peer`).join(' ');
  let n = 0;
  const oci = name => {
    const at = bundle(box, {name, prefix, root: merged, args: ['/bin/true']});
    return () => `O ${layers} -- ${name} --root ${dir}/${name}-state run --bundle ${at} ${prefix}-${n++}`;
  };
  const bwrap = '--unshare-all --unshare-user --uid 0 --gid 0 --hostname box --die-with-parent';
  const all = '-r -m -u -i -n -p -C -f';
  return {
    'unshare(1)':
      installed('unshare') && (() => `O ${layers} ${groups} -- unshare ${all} --root=${merged} --mount-proc /bin/true`),
    bwrap:
      installed('bwrap') && (() => `O ${layers} ${groups} -- bwrap ${bwrap} --bind ${merged} / --proc /proc /bin/true`),
    crun: installed('crun') && oci('crun'),
    runc: installed('runc') && oci('runc'),
  };
}

function shuffled(list) {
  const mixed = [...list];
  for (let i = mixed.length - 1; i > 0; i--) {
    const k = Math.floor(Math.random() * (i + 1));
    [mixed[i], mixed[k]] = [mixed[k], mixed[i]];
  }
  return mixed;
}

/** How often each way comes when it is its turn: the first ones find the caches full of the others, and the kernel clearing up behind them. */
const inARow = 10;
const ours = 'glassbox';
const whole = 'glassbox, all OCI mounts and masks';
const raw = 'raw C';
/** The very groups that our engine makes, where that is one more. */
const same = 'raw C, in a group of v2 too';

/** Prints the tables; resolves to {ratio, ahead}: our median over the raw loop's, and whether every peer was slower. */
export async function benchContainers({rounds = 40, warm = 4} = {}) {
  const prefix = `glassbox-bench-${process.pid}`;
  const box = prepare();
  const {dir} = box;
  const clock = yardstick(box);
  const tree = unified();
  const other = tree && yardstick(box, true);
  const engine = await openEngine();
  const others = peers(box, prefix);
  const times = {[raw]: [], ...(tree && {[same]: []}), [ours]: [], [whole]: []};
  const first = {[raw]: [], [ours]: []};
  for (const [name, ask] of Object.entries(others)) times[name] = ask ? [] : undefined;
  const eight = {'1 at a time, each': [], '8 at once, each': []};
  try {
    const stage = await engine.stage({controllers});
    const own = layer(box, 'own');
    const specs = {[ours]: spec(box, own), [whole]: spec(box, {...own, all: true})};
    const groups = groupFolders(`${prefix}-raw`).join(' ');
    const container = `R ${dir}/root ${dir}/u ${dir}/w ${dir}/merged ${groups}`;
    const ways = {
      [raw]: () => clock.ask(container),
      ...(other && {[same]: () => other.ask(`${container} ${tree}/${prefix}-raw`)}),
      ...Object.fromEntries(
        Object.entries(specs).map(([name, given]) => [
          name,
          async () => {
            own.make();
            const began = performance.now();
            await run(stage, 'box', given);
            const took = performance.now() - began;
            own.remove();
            return took;
          },
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(others)
          .filter(([, ask]) => ask)
          .map(([name, ask]) => [name, () => clock.ask(ask())]),
      ),
    };
    for (let n = 0; n < rounds + warm; n++) {
      // In another order each round: on cgroup v1 whoever moves into a group after a quiet moment waits for the kernel (RCU).
      for (const name of shuffled(Object.keys(ways))) {
        for (let k = 0; k < inARow; k++) {
          const took = await ways[name]();
          if (n < warm) continue;
          times[name].push(took);
          if (k === 0) first[name]?.push(took);
        }
      }
    }
    await benchEight(box, stage, eight, Math.max(3, Math.round(rounds / 8)));
  } finally {
    clock.close();
    other?.close();
    await engine.close();
    box.remove();
    removeGroups(prefix);
  }
  table(
    `create, run true, remove; ${rounds} rounds of ${inARow} in a row, interleaved, upper layer on tmpfs`,
    times,
    raw,
  );
  table('of these the first in each row, after other programs have had the caches', first, raw);
  const ratio = median(times[ours]) / median(times[raw]);
  console.log(goal('glassbox / raw C', ratio, 1.3));
  if (tree) console.log(goal(`glassbox / ${same}`, median(times[ours]) / median(times[same]), 1.3));
  for (const [name, limit] of [
    ['crun', 0.4],
    ['runc', 0.15],
  ]) {
    if (times[name]) console.log(goal(`glassbox / ${name}`, median(times[ours]) / median(times[name]), limit));
  }
  table('the same in glassbox, 8 at once', eight, '1 at a time, each');
  const ahead = Object.keys(others).every(name => !times[name] || median(times[name]) > median(times[ours]));
  return {ratio, ahead};
}

/** Eight containers with layers and groups of their own, started together: the time of the batch, divided by eight. */
async function benchEight(box, stage, times, rounds) {
  const layers = Array.from({length: 8}, (_, i) => layer(box, `eight-${i}`));
  const specs = layers.map((own, i) => {
    const given = spec(box, own);
    return {...given, linux: {...given.linux, cgroupsPath: `eight-${i}`}};
  });
  const batch = async at => {
    for (const i of at) layers[i].make();
    const began = performance.now();
    await Promise.all(at.map(i => run(stage, `eight-${i}`, specs[i])));
    const took = performance.now() - began;
    for (const i of at) layers[i].remove();
    return took / at.length;
  };
  const [one, eight] = Object.keys(times);
  for (let n = -2; n < rounds; n++) {
    const alone = [];
    for (let i = 0; i < 8; i++) alone.push(await batch([i]));
    const together = await batch([0, 1, 2, 3, 4, 5, 6, 7]);
    if (n < 0) continue;
    times[one].push(...alone);
    times[eight].push(together);
  }
}
