// Facts of both sides, and what this host can do: how long one look takes.
import {hostReport, openEngine} from '../../src/engine/index.ts';
import {median, percentile} from './numbers.mjs';

async function times(count, work) {
  const list = [];
  for (let i = 0; i < count; i++) {
    const began = performance.now();
    await work();
    list.push(performance.now() - began);
  }
  return list;
}

/** Prints the medians: a sample of host and container with namespaces of their own (budget 5 ms), and the host report. */
export async function benchFacts() {
  const engine = await openEngine();
  try {
    const stage = await engine.stage();
    const namespaces = ['uts', 'ipc', 'pid', 'network', 'mount'].map(type => ({type}));
    await stage.run('box', {process: {args: ['sleep', '1000'], env: ['PATH=/usr/bin:/bin']}, linux: {namespaces}});
    const facts = await times(60, async () => {
      await stage.facts('host');
      await stage.facts('box');
    });
    const report = await times(9, () => hostReport());
    console.log('\none look                              median ms   p95 ms');
    console.log(
      `  facts of both sides                 ${median(facts).toFixed(2).padStart(9)} ${percentile(facts, 95).toFixed(2).padStart(8)}`,
    );
    console.log(
      `  what this host can do               ${median(report).toFixed(2).padStart(9)} ${percentile(report, 95).toFixed(2).padStart(8)}`,
    );
  } finally {
    await engine.close();
  }
}
