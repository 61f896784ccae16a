/** A process that has as many files open as it may, and starts one more: says what came of it, and whether it goes on afterwards. */
import {closeSync, openSync} from 'node:fs';
import {Keeper} from '../../../src/engine/keeper.ts';
import {planContainer} from '../../../src/engine/plan/container.ts';
import {encode} from '../../../src/engine/plan/encode.ts';
import {childrenOf} from '../../../src/engine/strays.ts';

const keeper = await Keeper.start();
const plan = encode(planContainer({process: {args: ['sleep', '1000']}}, {program: '/bin/sleep'}));
const {promise: ended, resolve: end} = Promise.withResolvers<void>();
const files: number[] = [];
try {
  for (;;) files.push(openSync('/dev/null', 'r'));
} catch {
  // as many as it may
}
// Asked behind each other: the answers to the others must not be left lying behind the one that is cut off.
const short = encode({main: [{call: 'getpid', args: [], purpose: 'test'}]});
const asked = [keeper.run(plan), keeper.run(short), keeper.run(short)];
const codes = (await Promise.allSettled(asked)).map(s => (s.status === 'fulfilled' ? 'ran' : s.reason.code));
for (const fd of files) closeSync(fd);
while (childrenOf(keeper.pid).length > 0) await new Promise(setImmediate);
const {fds} = await keeper.run(plan, [], {exited: () => end()});
process.kill(childrenOf(keeper.pid)[0]!, 'SIGKILL');
await ended;
for (const fd of Object.values(fds)) closeSync(fd);
await keeper.quit();
console.log(JSON.stringify({codes, fds: Object.keys(fds)}));
