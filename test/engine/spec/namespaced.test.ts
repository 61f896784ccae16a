/** Settings of namespaces: sysctl, clocks. */
import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import type {NamespaceType} from '../../../src/engine/types.ts';
import {maps, namespace, openStage, output} from '../support.ts';
import {problemsOf, refused, sh} from './support.ts';

const spaces = (...types: NamespaceType[]) => ({namespaces: types.map(type => ({type}))});

describe('linux.sysctl', () => {
  it('sets what the namespaces have for themselves, and the host’s stay', async () => {
    const before = readFileSync('/proc/sys/kernel/msgmax', 'utf8');
    const sysctl = {
      'net.ipv4.ip_forward': '1',
      'kernel.msgmax': '12345',
      'fs/mqueue/msg_max': '7',
      'kernel.domainname': 'lab',
    };
    const read = Object.keys(sysctl).map(name => `cat /proc/sys/${name.replaceAll('.', '/')}`);
    const text = await sh(read.join('; '), {}, {linux: {...spaces('network', 'ipc', 'uts'), sysctl}});
    expect(text).toBe('1\n12345\n7\nlab\n');
    expect(readFileSync('/proc/sys/kernel/msgmax', 'utf8')).toBe(before);
  });

  it('needs no /proc in the container, and works in a user namespace', async () => {
    const linux = {...spaces('network', 'user'), ...maps, sysctl: {'net.ipv4.ip_forward': '1'}};
    expect(await sh('cat /proc/sys/net/ipv4/ip_forward', {}, {linux})).toBe('1\n');
  });

  it('the machine’s are refused, as are those without their namespace', async () => {
    const of = (name: string, ...types: NamespaceType[]) =>
      problemsOf({}, {linux: {...spaces(...types), sysctl: {[name]: '1'}}});
    for (const name of [
      'kernel.pid_max',
      'vm.swappiness',
      'kernel.hostname',
      'net/../kernel/pid_max',
      'net..ipv4',
      '',
    ]) {
      expect(of(name, 'network', 'ipc', 'uts')).toEqual([`spec.sysctl linux.sysctl.${name}`]);
    }
    expect(of('net.ipv4.ip_forward', 'ipc')).toEqual(['spec.needs-namespace linux.sysctl.net.ipv4.ip_forward']);
    expect(await refused({}, {linux: {...spaces('network'), sysctl: {'net.ipv4.no_such': '1'}}})).toMatchObject({
      code: 'call.failed',
      call: {call: 'openat', errno: 'ENOENT', purpose: 'sysctl.set'},
    });
  });
});

describe('linux.timeOffsets', () => {
  it('set the clocks of the container alone', async () => {
    const stage = await openStage();
    const own = namespace(stage.keeperPid, 'time');
    const linux = {...spaces('time'), timeOffsets: {boottime: {secs: 1_000_000}, monotonic: {secs: 5, nanosecs: 6}}};
    const box = await stage.run('box', {
      process: {args: ['sh', '-c', 'cat /proc/self/timens_offsets /proc/uptime']},
      linux,
    });
    const [monotonic, boottime, uptime] = (await output(box)).split('\n');
    expect(monotonic).toMatch(/monotonic\s+5\s+6/);
    expect(boottime).toMatch(/boottime\s+1000000\s+0/);
    const host = Number.parseFloat(readFileSync('/proc/uptime', 'utf8'));
    expect(Number.parseFloat(uptime!)).toBeGreaterThan(host + 900_000);
    // The keeper and whoever comes next are where they were.
    expect(namespace(stage.keeperPid, 'time')).toBe(own);
    const next = await stage.run('next', {process: {args: ['readlink', '/proc/self/ns/time']}});
    expect((await output(next)).trim()).toBe(own);
  });

  it('a clock before zero fails, and leaves nothing', async () => {
    const stage = await openStage();
    const own = namespace(stage.keeperPid, 'time');
    const linux = {...spaces('time'), timeOffsets: {monotonic: {secs: -(2 ** 40)}}};
    await expect(stage.run('box', {process: {args: ['true']}, linux})).rejects.toMatchObject({
      code: 'call.failed',
      call: {call: 'write', errno: 'ERANGE'},
    });
    const next = await stage.run('next', {process: {args: ['readlink', '/proc/self/ns/time']}});
    expect((await output(next)).trim()).toBe(own);
  });

  it('need a new time namespace, and clocks that there are', () => {
    expect(problemsOf({}, {linux: {timeOffsets: {boottime: {secs: 1}}}})).toEqual([
      'spec.needs-namespace linux.timeOffsets',
    ]);
    expect(problemsOf({}, {linux: {...spaces('time'), timeOffsets: {realtime: {secs: 1}}}})).toEqual([
      'spec.unknown-key linux.timeOffsets.realtime',
    ]);
    const nanosecs = 1_000_000_000;
    expect(problemsOf({}, {linux: {...spaces('time'), timeOffsets: {boottime: {nanosecs}}}})).toHaveLength(1);
  });
});
