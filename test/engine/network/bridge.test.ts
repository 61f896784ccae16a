/** Containers wired to a bridge: who reaches whom, with which address, and that nothing of it is left. */
import {describe, expect, it} from 'vitest';
import type {EngineStage} from '../../../src/engine/stage.ts';
import {maps, openStage, output} from '../support.ts';
import {bridge, greeting, listen, net, ping, refusal, sleeper} from './support.ts';

const bare = async (stage: EngineStage): Promise<void> => {
  const {devices, addresses, routes} = await net(stage, 'host');
  expect({devices, addresses, routes}).toEqual({
    devices: ['lo'],
    addresses: ['lo 127.0.0.1/8', 'lo ::1/128'],
    routes: [],
  });
};

describe('a bridge', () => {
  it('gives eth0 an address, a default route and its MTU, and loopback is up; the facts of both sides show it', async () => {
    const stage = await openStage();
    const a = await stage.run('a', sleeper(bridge({mtu: 1400})));
    expect(await net(stage, 'a')).toMatchObject({
      devices: ['lo', 'eth0'],
      up: ['lo', 'eth0'],
      kinds: ['eth0 veth'],
      addresses: ['lo 127.0.0.1/8', 'eth0 172.30.0.2/24', 'lo ::1/128'],
      routes: ['default via 172.30.0.1 dev eth0', '172.30.0.0/24 dev eth0'],
    });
    const host = await net(stage, 'host');
    const name = `gb${stage.id}`;
    expect(host.kinds).toEqual([`${name}b0 bridge`, `${name}v0 veth`]);
    expect(host.ports).toEqual([`${name}v0 on ${name}b0`]);
    expect(host.addresses).toContain(`${name}b0 172.30.0.1/24`);
    expect(await output(await a.exec({args: ['ip', '-o', 'link', 'show', 'eth0']}))).toContain('mtu 1400');
  });

  it('lets containers and the stage reach each other by ICMP and TCP, and nobody whom it does not hold', async () => {
    const stage = await openStage();
    const a = await stage.run('a', sleeper(bridge()));
    const b = await stage.run('b', sleeper(bridge()));
    const alone = await stage.run('alone', sleeper({mode: 'none'}));
    expect(await ping(a, '172.30.0.3')).toBe('answered');
    expect(await ping(b, '172.30.0.1')).toBe('answered');
    expect(await ping(stage, '172.30.0.2')).toBe('answered');
    expect(await ping(alone, '172.30.0.2')).toMatch(/unreachable/);
    await listen(b, 7000);
    expect(await greeting(a, '172.30.0.3', 7000)).toBe('hello 172.30.0.2');
    expect(await greeting(a, '172.30.0.3', 7001)).toBe('ECONNREFUSED\n');
    expect(await greeting(alone, '172.30.0.3', 7000)).toBe('ENETUNREACH\n');
  });

  it('is another one for another subnet, with the wished addresses', async () => {
    const stage = await openStage();
    await stage.run('a', sleeper(bridge({subnet: '10.20.0.0/24', address: '10.20.0.9'})));
    await stage.run('b', sleeper(bridge({subnet: '10.20.0.0/24'})));
    await stage.run('c', sleeper(bridge()));
    await stage.run('d', sleeper(bridge({address: '172.30.0.77'})));
    const addressOf = async (id: string) => ((await net(stage, id)).addresses as string[])[1];
    expect(await addressOf('a')).toBe('eth0 10.20.0.9/24');
    expect(await addressOf('b')).toBe('eth0 10.20.0.2/24');
    expect(await addressOf('c')).toBe('eth0 172.30.0.2/24');
    expect(await addressOf('d')).toBe('eth0 172.30.0.77/24');
    expect((await net(stage, 'host')).ports).toHaveLength(4);
    expect(await ping(stage.container('a') as never, '10.20.0.2')).toBe('answered');
  });

  it('works in a user namespace, in a root of its own PIDs, and with create and start', async () => {
    const stage = await openStage();
    const namespaces = (['user', 'pid', 'mount', 'uts'] as const).map(type => ({type}));
    const box = await stage.create('box', sleeper(bridge(), {linux: {namespaces, ...maps}}));
    await box.start();
    await stage.run('other', sleeper(bridge(), {linux: {namespaces: [{type: 'user'}]}}));
    expect((await net(stage, 'box')).addresses).toContain('eth0 172.30.0.2/24');
    expect(await ping(stage, '172.30.0.2')).toBe('answered');
    expect(await ping(stage, '172.30.0.3')).toBe('answered');
  });

  it('of many containers at once: no address twice', async () => {
    const stage = await openStage();
    const ids = Array.from({length: 8}, (_, i) => `c${i}`);
    await Promise.all(ids.map(id => stage.run(id, sleeper(bridge()))));
    const found = await Promise.all(ids.map(async id => ((await net(stage, id)).addresses as string[])[1]));
    expect(new Set(found).size).toBe(8);
    await Promise.all(ids.map(id => stage.container(id)!.remove()));
    await bare(stage);
  });
});

describe('what is chosen and refused', () => {
  it('a subnet that the stage uses is passed over, and refused with what uses it where it is wished for', async () => {
    const stage = await openStage();
    const added = await stage.spawn('add', {
      args: ['sh', '-c', 'ip addr add 172.30.0.5/23 dev lo; ip route add 10.0.0.0/9 dev lo'],
    });
    await added.wait();
    await stage.run('a', sleeper(bridge()));
    expect((await net(stage, 'a')).addresses).toContain('eth0 172.30.2.2/24');
    expect(await refusal(stage, 'b', sleeper(bridge({subnet: '10.20.0.0/24'})))).toMatchObject({
      code: 'network.taken',
      params: {subnet: '10.20.0.0/24', with: '10.0.0.0/9 dev lo'},
    });
    expect(await refusal(stage, 'b', sleeper(bridge({subnet: '172.30.2.0/25'})))).toMatchObject({
      code: 'network.taken',
      params: {with: expect.stringContaining('172.30.2.') as string},
    });
    expect(stage.container('b')).toBeUndefined();
  });

  it('an address that somebody has, that nobody can have, or that is elsewhere; a network that is full', async () => {
    const stage = await openStage();
    const small = {subnet: '10.20.0.0/30'};
    await stage.run('a', sleeper(bridge(small)));
    expect(await refusal(stage, 'b', sleeper(bridge({...small, address: '10.20.0.2'})))).toMatchObject({
      code: 'network.address-taken',
      params: {address: '10.20.0.2', by: 'a'},
    });
    expect(await refusal(stage, 'b', sleeper(bridge(small)))).toMatchObject({code: 'network.full', params: small});
    await stage.run('c', sleeper(bridge()));
    for (const address of ['172.30.0.1', '172.30.0.255', '192.168.7.7']) {
      expect(await refusal(stage, 'b', sleeper(bridge({address})))).toMatchObject({
        code: 'network.address',
        params: {address, subnet: '172.30.0.0/24'},
      });
    }
    await stage.container('a')!.remove();
    await stage.run('b', sleeper(bridge(small)));
    expect((await net(stage, 'b')).addresses).toContain('eth0 10.20.0.2/30');
  });
});

describe('nothing is left', () => {
  it('of a container that is removed: its device at once, the bridge with the last one', async () => {
    const stage = await openStage();
    const a = await stage.run('a', sleeper(bridge()));
    const b = await stage.run('b', sleeper(bridge()));
    await a.remove();
    expect((await net(stage, 'host')).devices).toEqual(['lo', `gb${stage.id}b0`, `gb${stage.id}v1`]);
    await b.remove();
    await bare(stage);
    await stage.run('again', sleeper(bridge()));
    expect((await net(stage, 'again')).addresses).toContain('eth0 172.30.0.2/24');
  });

  it('where the program cannot be run, and where a call fails half-way', async () => {
    const stage = await openStage();
    const spec = {process: {args: ['/etc/passwd']}, network: bridge()};
    expect(await refusal(stage, 'a', spec)).toMatchObject({code: 'call.failed', params: {errno: 'EACCES'}});
    await bare(stage);
    const missing = {process: {args: ['nosuchprogram']}, network: bridge()};
    expect(await refusal(stage, 'a', missing)).toMatchObject({code: 'program.missing'});
    await bare(stage);
  });

  it('and what the kernel answers to a request is the failure that is told, with the request', async () => {
    const stage = await openStage();
    const name = `gb${stage.id}v0`;
    await (await stage.spawn('add', {args: ['ip', 'link', 'add', name, 'type', 'dummy']})).wait();
    await (await stage.spawn('add2', {args: ['ip', 'link', 'add', name, 'type', 'veth']})).wait();
    const error = (await refusal(stage, 'a', sleeper(bridge()))) as {journal: {purpose: string; args: string[]}[]};
    expect(error).toMatchObject({
      code: 'call.failed',
      params: {call: 'recvfrom', errno: 'EEXIST', purpose: 'network.pair'},
      call: {args: expect.arrayContaining(['{NLMSG_ERROR, error=-EEXIST}']) as string[]},
    });
    const request = error.journal.find(e => e.purpose === 'network.pair')!;
    expect(request.args[1]).toContain(`IFLA_IFNAME="${name}"`);
    expect(request.args[1]).toContain('IFLA_INFO_KIND="veth"');
  });
});
