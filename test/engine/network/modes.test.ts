/** The modes that are no bridge: none, host, container:NAME. */
import {describe, expect, it} from 'vitest';
import type {ContainerSpec, NetworkSpec} from '../../../src/engine/types.ts';
import {problemsOf} from '../spec/support.ts';
import {namespace, openStage, output} from '../support.ts';
import {bridge, greeting, listen, net, ping, refusal, sleeper} from './support.ts';

describe('mode none', () => {
  it('has loopback, up, and nothing else; without the key a new namespace has it down', async () => {
    const stage = await openStage();
    const box = await stage.run('box', sleeper({mode: 'none'}));
    expect(namespace(box.pid, 'network')).not.toBe(namespace(stage.keeperPid, 'network'));
    expect(await net(stage, 'box')).toMatchObject({devices: ['lo'], up: ['lo'], routes: []});
    await listen(box, 7000);
    expect(await greeting(box, '127.0.0.1', 7000)).toBe('hello 127.0.0.1');
    expect(await ping(box, '172.30.0.1')).toMatch(/unreachable/);
    await stage.run('down', {process: {args: ['sleep', '100']}, linux: {namespaces: [{type: 'network'}]}});
    expect(await net(stage, 'down')).toMatchObject({devices: ['lo'], up: []});
  });

  it('may name the namespace too', async () => {
    const stage = await openStage();
    const linux = {namespaces: [{type: 'network' as const}]};
    await stage.run('box', sleeper({mode: 'none'}, {linux}));
    expect(await net(stage, 'box')).toMatchObject({up: ['lo']});
  });
});

describe('mode host', () => {
  it("is in the stage's namespace: what listens there is the stage's, and a port is taken for both", async () => {
    const stage = await openStage();
    const box = await stage.run('box', sleeper({mode: 'host'}));
    expect(namespace(box.pid, 'network')).toBe(namespace(stage.keeperPid, 'network'));
    await listen(box, 7000);
    const other = await stage.run('other', sleeper({mode: 'host'}));
    expect(await greeting(other, '127.0.0.1', 7000)).toBe('hello 127.0.0.1');
    const alone = await stage.run('alone', sleeper({mode: 'none'}));
    expect(await greeting(alone, '127.0.0.1', 7000)).toBe('ECONNREFUSED\n');
  });
});

describe('mode container:NAME', () => {
  it('shares devices, addresses and ports with that one, and with no other', async () => {
    const stage = await openStage();
    const a = await stage.run('a', sleeper(bridge()));
    const b = await stage.run('b', sleeper({mode: 'container:a'}));
    expect(namespace(b.pid, 'network')).toBe(namespace(a.pid, 'network'));
    expect(await net(stage, 'b')).toEqual(await net(stage, 'a'));
    await listen(a, 7000);
    expect(await greeting(b, '127.0.0.1', 7000)).toBe('hello 127.0.0.1');
    // The port is taken, since it is the same table.
    const second = `require('net').createServer().on('error', e => console.log(e.code)).listen(7000, '0.0.0.0')`;
    expect(await output(await b.exec({args: [process.execPath, '-e', second]}))).toBe('EADDRINUSE\n');
    const c = await stage.run('c', sleeper(bridge()));
    expect(await greeting(c, '127.0.0.1', 7000)).toBe('ECONNREFUSED\n');
    expect(await greeting(c, '172.30.0.2', 7000)).toBe('hello 172.30.0.3');
  });

  it.each([
    {path: 'copied', programs: ['true']},
    {path: 'merged', layers: ['lower'], programs: ['true']},
  ])('goes together with a root that has to be made: %j', async root => {
    const stage = await openStage();
    await stage.run('a', sleeper({mode: 'none'}));
    const linux = {namespaces: [{type: 'mount' as const}]};
    const b = await stage.run('b', {process: {args: ['true']}, root, network: {mode: 'container:a'}, linux});
    expect(await b.wait()).toMatchObject({code: 0});
  });

  it('of one that is not there, or has ended, is refused', async () => {
    const stage = await openStage();
    const spec = sleeper({mode: 'container:ghost'});
    expect(await refusal(stage, 'b', spec)).toMatchObject({
      code: 'network.no-container',
      params: {name: 'ghost', state: '-'},
    });
    const ghost = await stage.run('ghost', {process: {args: ['true']}});
    await ghost.wait();
    expect(await refusal(stage, 'b', spec)).toMatchObject({
      code: 'network.no-container',
      params: {state: 'stopped'},
    });
  });

  it('goes on when that one is removed: the namespace lives as long as somebody is in it', async () => {
    const stage = await openStage();
    const a = await stage.run('a', sleeper({mode: 'none'}));
    const b = await stage.run('b', sleeper({mode: 'container:a'}));
    await a.remove();
    expect(await ping(b, '127.0.0.1')).toBe('answered');
  });
});

describe('a specification', () => {
  const of = (network: unknown, rest: Partial<ContainerSpec> = {}): string[] => problemsOf({}, {...rest, network});

  it('names what is wrong', () => {
    for (const mode of ['', 'nat', 'container:', 'container:../x', 'Bridge', 7, undefined]) {
      expect([mode, of({mode})]).toEqual([mode, ['spec.value network.mode']]);
    }
    expect(of('bridge')).toEqual(['spec.type network']);
    expect(of({mode: 'bridge', dns: []})).toEqual(['spec.unknown-key network.dns']);
    for (const subnet of [
      '10.0.0.0',
      '10.0.0.1/24',
      '8.8.8.0/24',
      '10.0.0.0/31',
      '10.0.0.0/33',
      '010.0.0.0/8',
      '172.0.0.0/8',
      'fd00::/64',
      '',
    ]) {
      expect([subnet, of({mode: 'bridge', subnet})]).toEqual([subnet, ['spec.subnet network.subnet']]);
    }
    for (const address of ['10.0.0.256', '10.0.0', '1.2.3.4', 'a.b.c.d', '10.0.0.2/24', '']) {
      expect([address, of({mode: 'bridge', address})]).toEqual([address, ['spec.address network.address']]);
    }
    for (const mtu of [67, 65536, 1.5]) expect(of({mode: 'bridge', mtu})).toHaveLength(1);
    for (const address of ['10.0.0.0', '10.0.0.1', '10.0.0.255', '10.0.1.2']) {
      expect(of({mode: 'bridge', subnet: '10.0.0.0/24', address})).toEqual(['spec.address-within network.address']);
    }
    expect(of({mode: 'bridge', subnet: '10.0.0.0/24', address: '10.0.0.2', mtu: 68, nat: true})).toEqual([]);
    expect(of({mode: 'none', nat: true, mtu: 1400})).toEqual([
      'spec.only-with network.mtu',
      'spec.only-with network.nat',
    ]);
  });

  it('says once which namespace it is', () => {
    const joined = {linux: {namespaces: [{type: 'network' as const, path: '/proc/1/ns/net'}]}};
    const fresh = {linux: {namespaces: [{type: 'network' as const}]}};
    const modes: NetworkSpec['mode'][] = ['none', 'bridge', 'host', 'container:a'];
    for (const mode of modes) {
      expect(of({mode}, joined)).toEqual(['spec.network-namespace linux.namespaces[0].path']);
      const twice = mode === 'host' || mode === 'container:a';
      expect(of({mode}, fresh)).toEqual(twice ? ['spec.network-namespace linux.namespaces[0]'] : []);
    }
    expect(of({mode: 'none'}, {linux: {sysctl: {'net.ipv4.ip_forward': '1'}}})).toEqual([]);
  });
});
