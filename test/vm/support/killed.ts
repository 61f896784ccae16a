/**
 * Inside a guest: a session with groups is killed altogether, app, keeper and guard, as the machine's memory killer may do.
 * Says which groups there were, and "gone" when there is none any more: systemd removes a scope by itself.
 */
import {spawn} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {setTimeout as delay} from 'node:timers/promises';
import {sweepAll} from '../../../src/engine/sweep.ts';

const victim = new URL('../../engine/cgroup/victim.ts', import.meta.url).pathname;
const seconds = '1234567890';

function groups(folder = '/sys/fs/cgroup'): string[] {
  try {
    const below = readdirSync(folder, {withFileTypes: true}).filter(entry => entry.isDirectory());
    const own = below.map(entry => `${folder}/${entry.name}`).filter(path => /glassbox-[0-9a-f]{8}/.test(path));
    return [...own, ...below.flatMap(entry => groups(`${folder}/${entry.name}`))];
  } catch {
    return []; // removed meanwhile
  }
}

const child = spawn(process.execPath, ['--no-warnings', victim], {
  env: {...process.env, VICTIM_WORD: seconds},
  stdio: ['ignore', 'pipe', 'inherit'],
});
const {value} = await createInterface({input: child.stdout!})[Symbol.asyncIterator]().next();
if (value === undefined) throw new Error(`${victim} said nothing; its words are above`);
const pids = JSON.parse(value) as {app: number; keeper: number; guard: number};
console.log(`there: ${groups().join(' ')}`);
const all = [pids.app, pids.keeper, pids.guard];
for (const pid of all) process.kill(pid, 'SIGSTOP');
for (const pid of all) process.kill(pid, 'SIGKILL');
const end = Date.now() + 60_000;
// As the next start does, for what systemd does not manage.
for (; groups().length > 0 && Date.now() < end; await delay(100)) await sweepAll();
console.log(groups().length === 0 ? 'gone' : `left: ${groups().join(' ')}`);
