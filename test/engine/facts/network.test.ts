import {execFileSync} from 'node:child_process';
import {readdirSync, readlinkSync} from 'node:fs';
import {setTimeout as delay} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {countersOf, neighboursOf} from '../../../src/engine/facts/network.ts';
import type {Container, ContainerSpec, Facts, Stage} from '../../../src/engine/index.ts';
import {maps, openStage} from '../support.ts';

const net = async (stage: Stage, who: string) => (await stage.facts(who))!.net as Facts;
/** A command in the network namespace of a process, and in its user namespace no less than root. */
const inside = (pid: number, ...command: string[]) =>
  execFileSync('nsenter', ['-t', `${pid}`, '-n', ...command], {encoding: 'utf8'});
const alone: ContainerSpec = {process: {args: ['sleep', '100']}, linux: {namespaces: [{type: 'network'}]}};
const machineDevices = () => readdirSync('/sys/class/net').sort();

/** A container on a bridge of the stage, with the addresses .1 and .2. */
async function wired(spec: ContainerSpec = alone): Promise<{stage: Stage; box: Container}> {
  const stage = await openStage();
  const box = await stage.run('box', spec);
  const host = (line: string) => inside(stage.keeperPid, 'ip', ...line.split(' '));
  const own = (line: string) => inside(box.pid, 'ip', ...line.split(' '));
  host('link add brtest type bridge');
  host('link add vtest type veth peer name ptest');
  host(`link set ptest netns ${box.pid}`);
  host('link set vtest master brtest up');
  host('link set brtest up');
  host('addr add 10.9.8.1/24 dev brtest');
  own('link set ptest name eth0');
  own('addr add 10.9.8.2/24 dev eth0');
  own('link set eth0 up');
  own('route add default via 10.9.8.1');
  return {stage, box};
}

test('a new namespace has a lo that is down, no address, no route, no neighbour', async () => {
  const stage = await openStage();
  const {pid} = await stage.run('box', alone);
  const box = await net(stage, 'box');
  expect(box.devices).toContain('lo');
  expect(box).toMatchObject({up: [], ports: [], addresses: [], routes: [], neighbours: []});
  expect(box).toMatchObject({echo_requests: 0n, echo_replies: 0n});
  inside(pid, 'ip', 'link', 'set', 'lo', 'up');
  const later = await net(stage, 'box');
  expect(later.up).toEqual(['lo']);
  expect(later.addresses).toContain('lo 127.0.0.1/8');
});

test.each([
  ['with the stage’s users', alone],
  [
    'with users of its own',
    {...alone, linux: {namespaces: [{type: 'network' as const}, {type: 'user' as const}], ...maps}},
  ],
])('cable, bridge, addresses, routes and pings, from both sides, in a container %s', async (_, spec) => {
  const {stage, box} = await wired(spec);
  inside(stage.keeperPid, 'ping', '-c', '1', '-W', '5', '10.9.8.2');
  const [host, own] = [await net(stage, 'host'), await net(stage, 'box')];
  const number = (who: Facts, which: string, device: string) => (who[which] as Facts)[device];
  expect(own.devices).toContain('eth0');
  expect(own.kinds).toContain('eth0 veth');
  expect(own.up).toEqual(['eth0']);
  expect(own.addresses).toEqual(['eth0 10.9.8.2/24']);
  expect(own.routes).toEqual(['default via 10.9.8.1 dev eth0', '10.9.8.0/24 dev eth0']);
  expect(own.neighbours).toEqual(['10.9.8.1 dev eth0']);
  expect(own).toMatchObject({echo_requests: 1n, echo_replies: 0n});
  expect(host.devices).toEqual(expect.arrayContaining(['lo', 'brtest', 'vtest']));
  expect(host.kinds).toEqual(expect.arrayContaining(['brtest bridge', 'vtest veth']));
  expect(host.ports).toEqual(['vtest on brtest']);
  expect(host.addresses).toContain('brtest 10.9.8.1/24');
  expect(host.neighbours).toEqual(['10.9.8.2 dev brtest']);
  expect(host).toMatchObject({echo_requests: 0n, echo_replies: 1n});
  expect(number(own, 'peer', 'eth0')).toBe(number(host, 'index', 'vtest'));
  expect(number(host, 'peer', 'vtest')).toBe(number(own, 'index', 'eth0'));
  // The keeper, who looked inside, is back; and nothing of all this is on the machine.
  expect(readlinkSync(`/proc/${stage.keeperPid}/ns/net`)).not.toBe(readlinkSync(`/proc/${box.pid}/ns/net`));
  expect(machineDevices()).not.toContain('vtest');
});

test('/sys shows the devices of whoever mounted it', async () => {
  const stage = await openStage();
  const {pid} = await stage.run('box', {...alone, linux: {namespaces: [{type: 'network'}, {type: 'mount'}]}});
  expect((await net(stage, 'box')).sysfs).toEqual(machineDevices());
  inside(pid, 'nsenter', '-t', `${pid}`, '-m', 'mount', '-t', 'sysfs', 'sysfs', '/sys');
  const {sysfs, devices} = await net(stage, 'box');
  expect(sysfs).toEqual([...(devices as string[])].sort());
  expect((await net(stage, 'host')).sysfs).toEqual(machineDevices());
});

test('the path of a container’s namespace may be joined, and then both see the same', async () => {
  const {stage, box} = await wired();
  const path = `/proc/${box.pid}/ns/net`;
  await stage.run('joined', {process: {args: ['sleep', '100']}, linux: {namespaces: [{type: 'network', path}]}});
  expect(await net(stage, 'joined')).toEqual(await net(stage, 'box'));
});

test('when the last process leaves a namespace, its devices go, and the cable’s other end with them', async () => {
  const {stage, box} = await wired();
  expect((await net(stage, 'host')).devices).toContain('vtest');
  await box.remove();
  for (let left = 100; ((await net(stage, 'host')).devices as string[]).includes('vtest'); left--) {
    expect(left, 'the kernel removes a namespace in the background, in less than ten seconds').toBeGreaterThan(0);
    await delay(100);
  }
});

test('when the stage is closed no device is left anywhere, and the machine has those that it had', async () => {
  const before = machineDevices();
  const {stage} = await wired();
  const namespaces = () => execFileSync('lsns', ['-t', 'net', '-n', '-o', 'NS'], {encoding: 'utf8'}).split(/\s+/);
  const own = /\d+/.exec(readlinkSync(`/proc/${stage.keeperPid}/ns/net`))![0];
  expect(namespaces()).toContain(own);
  await stage.close();
  expect(namespaces()).not.toContain(own);
  expect(machineDevices()).toEqual(before);
});

test('more devices than an answer has room for: the lists are absent, not cut', async () => {
  const stage = await openStage();
  const {pid} = await stage.run('box', alone);
  const many = Array.from({length: 90}, (_, i) => `link add v${i} type veth peer name w${i}`).join('\n');
  execFileSync('nsenter', ['-t', `${pid}`, '-n', 'ip', '-batch', '-'], {input: many});
  const facts = await net(stage, 'box');
  expect(facts).not.toHaveProperty('devices');
  expect(facts).not.toHaveProperty('addresses');
  expect(facts).toHaveProperty('neighbours');
});

test('only neighbours that have answered count', () => {
  const arp = `IP address       HW type     Flags       HW address            Mask     Device
10.1.2.9         0x1         0x0         00:00:00:00:00:00     *        br0
10.1.2.3         0x1         0x2         76:1c:c5:3b:b3:f4     *        br0
`;
  expect(neighboursOf(arp)).toEqual(['10.1.2.3 dev br0']);
});

test('counters are found by name, whatever their order', () => {
  const snmp =
    'Ip: Forwarding TTL\nIp: 1 64\nIcmp: InMsgs InEchoReps InEchos\nIcmp: 5 2 3\nIcmpMsg: InType8\nIcmpMsg: 3\n';
  expect(Object.fromEntries(countersOf(snmp, 'Icmp'))).toEqual({InMsgs: 5n, InEchoReps: 2n, InEchos: 3n});
  expect(countersOf(snmp, 'Udp').size).toBe(0);
});

test('many looks at all sides at once: none is told of another', async () => {
  const {stage, box} = await wired();
  inside(stage.keeperPid, 'ping', '-c', '1', '-W', '5', '10.9.8.2');
  const host = readlinkSync(`/proc/${stage.keeperPid}/ns/net`);
  const others = ['a', 'b', 'c', 'd'];
  for (const id of others) await stage.run(id, alone);
  for (let i = 0; i < 60; i++) {
    const [one, other] = await Promise.all(['host', 'box', ...others].map(who => stage.facts(who)));
    expect(`net:[${(one!.ns as Facts).net}]`).toBe(host);
    expect((one!.net as Facts).neighbours).toEqual(['10.9.8.2 dev brtest']);
    expect((other!.net as Facts).neighbours).toEqual(['10.9.8.1 dev eth0']);
  }
  expect(box.state).toBe('running');
});
