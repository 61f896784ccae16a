/** A shared server: learners at once on one machine, root and ordinary users, and one whose session is killed among them. */
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import type {Ledger} from '../../src/engine/ledger.ts';
import {quietMachine, until} from '../engine/support.ts';
import {glassbox, launcher} from '../support/glassbox.ts';
import {untilNoStrays} from '../support/machine.ts';

interface Learner {
  child: ChildProcess;
  lab: string;
  /** Status and the end of what it said. */
  ended: Promise<{status: number | null; lab: string; said: string}>;
}

/** `glassbox run LAB` of a learner with a home of their own; ended with the test, whatever comes of it. */
function learner(lab: string, uid = 0): Learner {
  const home = mkdtempSync(path.join(tmpdir(), 'glassbox-class-'));
  chownSync(home, uid, uid);
  const as = uid === 0 ? [] : ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];
  const [command, ...args] = [...as, launcher, 'run', lab];
  const env = {PATH: process.env.PATH, HOME: home, XDG_STATE_HOME: home, LANG: 'C.UTF-8', TERM: 'dumb'};
  const child = spawn(command!, args, {cwd: home, env, stdio: ['ignore', 'pipe', 'pipe']});
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream!.on('data', data => {
      said = (said + String(data)).slice(-1500);
    });
  }
  onTestFinished(() => {
    child.kill('SIGKILL');
    rmSync(home, {recursive: true, force: true});
  });
  return {child, lab, ended: once(child, 'close').then(([status]) => ({status: status as number | null, lab, said}))};
}

const folderOf = (uid: number): string => (uid === 0 ? '/run/glassbox' : `/tmp/glassbox-${uid}`);

function ledgers(uid: number): Ledger[] {
  const folder = folderOf(uid);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap(name => {
    try {
      return name.endsWith('.json') ? [JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Ledger] : [];
    } catch {
      return []; // its session has ended meanwhile
    }
  });
}

/** The session of a learner, once its keeper and its guard are in its ledger. */
async function sessionOf({child}: Learner, uid = 0): Promise<Ledger> {
  const find = (): Ledger | undefined =>
    ledgers(uid).find(ledger => ledger.owners.length === 3 && ledger.owners.some(owner => owner.pid === child.pid));
  await until('the ledger of a learner', () => find() !== undefined, 60_000);
  return find()!;
}

const passed = (lab: string) => ({status: 0, lab, said: expect.any(String)});

describe('a class on one machine', () => {
  it('works through its labs at once, and a session killed among them is swept without harm to the others', async () => {
    const [before, since] = [quietMachine(), Date.now()];
    const labs = ['01', '03', '06', '06', '09'];
    const others = labs.map(lab => learner(lab));
    const victim = learner('03');
    const session = await sessionOf(victim);
    for (const {pid} of session.owners) process.kill(pid, 'SIGKILL');
    await victim.ended;
    const swept = glassbox(['sweep']);
    expect(swept).toMatchObject({status: 0, stderr: ''});
    expect(ledgers(0).map(ledger => ledger.id)).not.toContain(session.id);
    expect(existsSync(session.dir)).toBe(false);
    expect(await Promise.all(others.map(one => one.ended))).toEqual(labs.map(passed));
    await untilNoStrays(since);
    expect(quietMachine()).toEqual(before);
  }, 240_000);
});
