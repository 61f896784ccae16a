/** A session with groups, to be killed: a container that runs, one that is frozen, groups made by hand. Says when all are there. */
import {openEngine} from '../../../src/engine/index.ts';

const word = process.env.VICTIM_WORD ?? '';
const stage = await (await openEngine()).stage({controllers: ['cpu']});
const linux = {resources: {cpu: {quota: 20000}}};
await stage.run('box', {process: {args: ['sh', '-c', `(setsid sleep ${word} &); exec sleep ${word}`]}, linux});
const frozen = await stage.run('frozen', {process: {args: ['sleep', word]}, linux});
await frozen.pause();
const {root} = (await stage.facts('host'))!.cgroup as {root: string};
const made = await stage.spawn('hand', {args: ['mkdir', '-p', `${root}/by-hand/below`]});
await made.wait();
const guard = (stage as unknown as {keeper: {guardPid: number}}).keeper.guardPid;
console.log(JSON.stringify({app: process.pid, keeper: stage.keeperPid, guard, id: stage.id}));
setInterval(() => {}, 1000);
