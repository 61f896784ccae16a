/** A session on what it takes for the machine itself, with two containers on a bridge. "close" on its input: it ends. */
import {createInterface} from 'node:readline';
import {openEngine} from '../../../src/engine/index.ts';
import type {NetworkSpec} from '../../../src/engine/types.ts';

const engine = await openEngine();
const stage = await engine.stage({kind: 'real-host'});
const run = (id: string, network: NetworkSpec) => stage.run(id, {process: {args: ['sleep', '1000']}, network});
const code = await run('natted', {mode: 'bridge', nat: true}).then(
  () => 'ran',
  error => (error as {code: string}).code,
);
if (code !== 'ran') await run('plain', {mode: 'bridge'});
await run('other', {mode: 'bridge', subnet: '10.77.0.0/24'});
const guard = (stage as unknown as {keeper: {guardPid: number}}).keeper.guardPid;
console.log(JSON.stringify({app: process.pid, keeper: stage.keeperPid, guard, id: stage.id, code}));
createInterface({input: process.stdin}).on('line', () => {
  void engine.close().then(() => process.exit(0));
});
