// One more process in a container that runs: `true`, from the request to its end, against `crun exec` and nsenter(1).
import {openEngine} from '../../src/engine/index.ts';
import {goal, median, table} from './numbers.mjs';
import {bundle, controllers, installed, layer, prepare, removeGroups, spec, yardstick} from './tools.mjs';

const ours = 'glassbox exec';

export async function benchExec({rounds = 60, warm = 8} = {}) {
  const prefix = `glassbox-bench-${process.pid}`;
  const box = prepare();
  const clock = yardstick(box);
  const engine = await openEngine();
  const own = layer(box, 'own');
  own.make();
  const crun = `crun --root ${box.dir}/crun-state`;
  const times = {[ours]: [], 'crun exec': undefined, nsenter: undefined};
  try {
    const stage = await engine.stage({controllers});
    const container = await stage.run('box', spec(box, {...own, args: ['/bin/pause']}));
    const ways = {
      async [ours]() {
        const began = performance.now();
        const {code} = await (await container.exec({args: ['/bin/true']})).wait();
        if (code !== 0) throw new Error(`true by exec: status ${code}`);
        return performance.now() - began;
      },
    };
    if (installed('crun')) {
      const at = bundle(box, {name: 'exec', prefix, root: `${box.dir}/root`, args: ['/bin/pause']});
      await clock.ask(`X ${crun} run --detach --bundle ${at} ${prefix}`);
      ways['crun exec'] = () => clock.ask(`X ${crun} exec ${prefix} /bin/true`);
    }
    if (installed('nsenter')) ways.nsenter = () => clock.ask(`X nsenter -t ${container.pid} -a /bin/true`);
    for (const name of Object.keys(ways)) times[name] = [];
    for (let n = 0; n < rounds + warm; n++) {
      for (const [name, way] of Object.entries(ways)) {
        const took = await way();
        if (n >= warm) times[name].push(took);
      }
    }
  } finally {
    if (times['crun exec']) await clock.ask(`X ${crun} delete --force ${prefix}`).catch(() => {});
    clock.close();
    await engine.close();
    box.remove();
    removeGroups(prefix);
  }
  table(`true in a container that runs; ${rounds} rounds, interleaved`, times, ours);
  const ratio = times['crun exec'] && median(times[ours]) / median(times['crun exec']);
  if (ratio) console.log(goal('glassbox exec / crun exec', ratio, 0.6));
}
