/** A session to be killed: containers without a PID namespace, each with daemons that slipped away. Says when all run. */
import {openEngine} from '../../../src/engine/index.ts';
import type {ContainerSpec} from '../../../src/engine/types.ts';

const {VICTIM_WORD: word = ''} = process.env;
const [root = '', kind = 'private', announce = 'yes'] = process.argv.slice(2);
const engine = await openEngine();
if (announce === 'early') console.log(JSON.stringify({app: process.pid}));
const stage = await engine.stage({kind: kind as 'private', hostname: 'victim'});
stage.onLost(why => console.log(JSON.stringify({lost: why.code})));

const daemons = `(setsid sh -c "setsid sleep ${word} & sleep ${word}" &) ; (setsid setsid sleep ${word} <&- >&- 2>&- &); exec sleep ${word}`;
const args = ['/bin/sh', '-c', daemons];
// A shell starts a background process with /dev/null as its input.
const shown = ['/bin', '/dev', '/lib', '/lib64', '/usr'].map(source => ({
  destination: source,
  type: 'bind',
  source,
  options: ['rbind'],
}));
const specs: ContainerSpec[] = [
  {hostname: 'one', process: {args}, linux: {namespaces: [{type: 'uts'}, {type: 'ipc'}]}},
  {process: {args}, root: {path: root}, mounts: shown, linux: {namespaces: [{type: 'mount'}, {type: 'network'}]}},
  {process: {args, terminal: true}, linux: {namespaces: [{type: 'pid'}, {type: 'uts'}]}},
];
for (const [i, spec] of specs.entries()) await stage.run(`box${i}`, spec);
await stage.create('held', {process: {args}, linux: {namespaces: [{type: 'uts'}]}});
await stage.spawn('host', {args});
if (kind === 'private')
  await stage.spawn('ipc', {args: ['sh', '-c', 'ipcmk -Q; ipcmk -M 100; mount -t tmpfs x /mnt; hostname renamed']});
const guard = (stage as unknown as {keeper: {guardPid: number}}).keeper.guardPid;
console.log(JSON.stringify({app: process.pid, keeper: stage.keeperPid, guard, id: stage.id}));
// Goes on making and removing, so that a kill may come at any moment of that.
try {
  for (let i = 0; ; i++) {
    const spec: ContainerSpec = {hostname: 'short', process: {args: ['true']}, linux: {namespaces: [{type: 'uts'}]}};
    const container = await stage.run(`short${i}`, spec);
    await container.wait();
    await container.remove();
  }
} catch (error) {
  if ((error as {code?: string}).code !== 'keeper.lost') throw error;
  setInterval(() => {}, 1000); // lives on, as the app would
}
