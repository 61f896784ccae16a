/** Networks on the stage of an ordinary user, who is root in a user namespace of the own. */
import {expect, it} from 'vitest';
import {patience} from '../../../src/course/patience.ts';
import {asNobody, readableCopy} from '../support.ts';

it(
  'all modes, NAT where the kernel has it, and nothing is left',
  async () => {
    const dir = readableCopy();
    const script = `
    import {openEngine} from '${dir}/src/engine/index.ts';
    const engine = await openEngine();
    const stage = await engine.stage();
    const run = (id, network, more) => stage.run(id, {process: {args: ['sleep', '100']}, network, ...more});
    const net = async id => (await stage.facts(id)).net;
    const maps = {uidMappings: [{containerID: 0, hostID: 0, size: 1}], gidMappings: [{containerID: 0, hostID: 0, size: 1}]};
    const client = (a, p) => \`require('net').connect(\${p}, '\${a}').on('data', d => process.stdout.write(d)).on('error', e => console.log(e.code))\`;
    const server = \`require('net').createServer(s => s.end('hello ' + s.remoteAddress)).listen(7000, '0.0.0.0', () => console.log('up'))\`;
    const text = async p => { let s = ''; for await (const c of p.stdout) s += c; for await (const c of p.stderr) s += c; return s; };
    const node = (where, code) => where.exec({args: ['${dir}/node', '-e', code]});
    const a = await run('a', {mode: 'bridge'});
    const b = await run('b', {mode: 'bridge'}, {linux: {namespaces: [{type: 'user'}], ...maps}});
    const c = await run('c', {mode: 'container:a'});
    await run('d', {mode: 'none'});
    const seen = {b: await net('b'), d: await net('d')};
    const listening = await node(a, server);
    await new Promise(resolve => listening.stdout.once('data', resolve));
    seen.between = await text(await node(b, client('172.30.0.2', 7000)));
    seen.shared = await text(await node(c, client('127.0.0.1', 7000)));
    seen.alone = await text(await node(stage.container('d'), client('172.30.0.2', 7000)));
    const far = await run('far', {mode: 'bridge', subnet: '10.9.0.0/29'});
    await (await far.exec({args: ['ip', 'route', 'del', 'default']})).wait();
    await new Promise(async resolve => (await node(far, server)).stdout.once('data', resolve));
    const nat = await run('nat', {mode: 'bridge', nat: true}).catch(e => e.code);
    seen.nat = typeof nat === 'string' ? nat : await text(await node(nat, client('10.9.0.2', 7000)));
    for (const id of ['a', 'b', 'c', 'd', 'far', 'nat']) await stage.container(id)?.remove();
    seen.left = (await net('host')).devices;
    await engine.close();
    console.log(JSON.stringify(seen, (k, v) => typeof v === 'bigint' ? Number(v) : v));`;
    const seen = JSON.parse(await asNobody(dir, script));
    expect(seen.b).toMatchObject({
      devices: ['lo', 'eth0'],
      up: ['lo', 'eth0'],
      routes: expect.arrayContaining(['default via 172.30.0.1 dev eth0']),
    });
    expect(seen.d).toMatchObject({devices: ['lo'], up: ['lo']});
    expect(seen.between).toBe('hello 172.30.0.3');
    expect(seen.shared).toBe('hello 127.0.0.1');
    expect(seen.alone).toBe('ENETUNREACH\n');
    expect(['hello 10.9.0.1', 'network.no-nat']).toContain(seen.nat);
    expect(seen.left).toEqual(['lo']);
  },
  60_000 * patience(),
);
