/**
 * With --real-host a bridge is the machine's, and outlives whoever is killed. The machine of these tests is a network
 * namespace of its own, with its own /run, so that no session of another one sweeps what they look at.
 */
import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {expect, it, onTestFinished} from 'vitest';
import {patience} from '../../../src/course/patience.ts';
import {until} from '../support.ts';

const sources = new URL('.', import.meta.url).pathname;
const node = [process.execPath, '--no-warnings'];

class Machine {
  private readonly holder: ChildProcess;

  private constructor(holder: ChildProcess) {
    this.holder = holder;
  }

  static async make(forward: '0' | '1'): Promise<Machine> {
    const setUp = `mount -t tmpfs tmpfs /run && ip link set lo up && echo ${forward} > /proc/sys/net/ipv4/ip_forward && echo ready && exec sleep 1000`;
    const holder = spawn('unshare', ['-nm', 'sh', '-c', setUp], {stdio: ['ignore', 'pipe', 'inherit']});
    onTestFinished(() => void holder.kill('SIGKILL'));
    await once(holder.stdout!, 'data');
    return new Machine(holder);
  }

  private enter(command: readonly string[]): string[] {
    return ['-t', String(this.holder.pid), '-n', '-m', '--', ...command];
  }

  run(...command: string[]): string {
    return execFileSync('nsenter', this.enter(command), {encoding: 'utf8'});
  }

  /** Names of its devices, without the part that is the session's. */
  devices(id: string): string[] {
    const lines = this.run('ip', '-o', 'link').trim().split('\n');
    return lines.map(line => line.split(/: |@/)[1]!.replace(id, 'ID')).sort();
  }

  /** Whether the session's table of nf_tables was there; it is not any more. */
  table(id: string): boolean {
    const script = `
      import {runPlan} from '${sources}../../../src/engine/library.ts';
      import {tableGone} from '${sources}../../../src/engine/network/nat.ts';
      const request = tableGone('gb-${id}');
      const netlink = {slot: 'netlink'};
      const {records} = runPlan({buffers: {answer: {size: 36}}, main: [
        {call: 'socket', args: [16, 3, 12], purpose: '', as: 'netlink', fd: true},
        {call: 'sendto', args: [netlink, request, request.length, 0, null, 0], purpose: ''},
        {call: 'recvfrom', args: [netlink, {buffer: 'answer'}, 36, 0, null, null], purpose: ''},
        {call: 'CHECK', args: [{buffer: 'answer', offset: 16}, 4], purpose: '', tolerate: 'ENOENT'}]});
      console.log(records.readBigInt64LE(3 * 24 + 16) === 0n);`;
    return this.run(...node, '--input-type=module', '-e', script).trim() === 'true';
  }

  async victim(): Promise<Victim> {
    const child = spawn('nsenter', this.enter([...node, `${sources}victim.ts`]), {stdio: ['pipe', 'pipe', 'inherit']});
    onTestFinished(() => void child.kill('SIGKILL'));
    const {value} = await createInterface({input: child.stdout!})[Symbol.asyncIterator]().next();
    return {...(JSON.parse(String(value)) as Omit<Victim, 'child'>), child};
  }

  sweep(): unknown {
    const script = `import {sweepAll} from '${sources}../../../src/engine/sweep.ts'; console.log(JSON.stringify(await sweepAll()));`;
    return JSON.parse(this.run(...node, '--input-type=module', '-e', script));
  }
}

interface Victim {
  app: number;
  keeper: number;
  guard: number;
  id: string;
  /** What came of NAT. */
  code: string;
  child: ChildProcess;
}

const wired = ['gbIDb0', 'gbIDb1', 'gbIDv0', 'gbIDv1', 'lo'];

it(
  'is there while the session lives, and goes with it',
  async () => {
    const machine = await Machine.make('1');
    const {child, id, code} = await machine.victim();
    if (code === 'ran') expect(machine.devices(id)).toEqual(wired);
    const chosen = machine.run('ip', '-o', '-4', 'addr').match(/inet (\S+)/g);
    expect(chosen).toContain('inet 10.77.0.1/24');
    expect(chosen).toHaveLength(3);
    if (code === 'ran') expect(machine.table(id)).toBe(true);
    child.stdin!.write('close\n');
    await once(child, 'exit');
    expect(machine.devices(id)).toEqual(['lo']);
    expect(machine.run('cat', '/proc/sys/net/ipv4/ip_forward')).toBe('1\n');
  },
  60_000 * patience(),
);

it(
  'is undone by the keeper when the app is killed',
  async () => {
    const machine = await Machine.make('1');
    const {app, id} = await machine.victim();
    expect(machine.devices(id)).toEqual(wired);
    process.kill(app, 'SIGKILL');
    await until('all devices are gone', () => machine.devices(id).length === 1, 20_000 * patience());
  },
  60_000 * patience(),
);

it(
  'is swept by the next start when everything was killed at once, and nothing of others',
  async () => {
    const machine = await Machine.make('1');
    const {app, keeper, guard, id, code} = await machine.victim();
    machine.run('ip', 'link', 'add', 'gb-other', 'type', 'bridge');
    for (const pid of [app, guard, keeper]) process.kill(pid, 'SIGSTOP');
    for (const pid of [app, guard, keeper]) process.kill(pid, 'SIGKILL');
    await until('they are dead', () => [app, guard, keeper].every(pid => !alive(pid)), 20_000 * patience());
    expect(machine.devices(id)).toEqual(expect.arrayContaining(['gbIDb0', 'gbIDb1']));
    expect(machine.sweep()).toEqual({swept: [id], left: []});
    await until('all devices but the other one are gone', () => machine.devices(id).length === 2, 20_000 * patience());
    expect(machine.devices(id)).toEqual(['gb-other', 'lo']);
    if (code === 'ran') expect(machine.table(id)).toBe(false);
    expect(machine.run('sh', '-c', 'ls /run')).toBe('');
  },
  60_000 * patience(),
);

it(
  'never changes what the machine does with packets of others',
  async () => {
    const machine = await Machine.make('0');
    const {code, child} = await machine.victim();
    expect(code).toBe('network.no-forward');
    expect(machine.run('cat', '/proc/sys/net/ipv4/ip_forward')).toBe('0\n');
    child.stdin!.write('close\n');
    await once(child, 'exit');
  },
  60_000 * patience(),
);

function alive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(execFileSync('cat', [`/proc/${pid}/status`], {encoding: 'utf8', stdio: 'pipe'}));
  } catch {
    return false;
  }
}
