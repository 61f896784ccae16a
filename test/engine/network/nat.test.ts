/** NAT by nf_tables: what the stage reaches is reached with its address, by those who asked for it alone. */
import {expect, it} from 'vitest';
import type {EngineStage} from '../../../src/engine/stage.ts';
import type {Container} from '../../../src/engine/types.ts';
import {openStage, output} from '../support.ts';
import {bridge, net, ping, refusal, sleeper} from './support.ts';

/** Another network of the stage, whose only member knows no way back: it answers nobody but the stage. */
async function outside(stage: EngineStage): Promise<string> {
  const box = await stage.run('outside', sleeper(bridge({subnet: '10.9.0.0/29'})));
  await (await box.exec({args: ['ip', 'route', 'del', 'default']})).wait();
  return '10.9.0.2';
}

const forwarding = async (stage: EngineStage): Promise<string> =>
  (await output(await stage.spawn('read', {args: ['cat', '/proc/sys/net/ipv4/ip_forward']}))).trim();

/** Runs a container with NAT; undefined, and the test is skipped, where the kernel has none. */
async function natted(stage: EngineStage, skip: (why: string) => never): Promise<Container> {
  try {
    return await stage.run('natted', sleeper(bridge({nat: true})));
  } catch (error) {
    if ((error as {code?: string}).code === 'network.no-nat') return skip('this kernel has no nf_tables with NAT');
    throw error;
  }
}

it('reaches what the stage reaches; without it no answer comes back', async ({skip}) => {
  const stage = await openStage();
  const there = await outside(stage);
  const before = await forwarding(stage);
  const box = await natted(stage, skip);
  const plain = await stage.run('plain', sleeper(bridge()));
  expect(await forwarding(stage)).toBe('1');
  expect(await ping(box, there)).toBe('answered');
  expect(await ping(plain, there)).toBe('silence');
  // What stays on the bridge keeps its own address.
  expect(await ping(plain, '172.30.0.2')).toBe('answered');
  await box.remove();
  expect(await forwarding(stage)).toBe(before);
  expect((await net(stage, 'host')).ports).toHaveLength(2);
});

it('of two who ask for it, the one that stays keeps it', async ({skip}) => {
  const stage = await openStage();
  const there = await outside(stage);
  const first = await natted(stage, skip);
  const second = await stage.run('second', sleeper(bridge({nat: true})));
  await first.remove();
  expect(await ping(second, there)).toBe('answered');
  await second.remove();
  expect(await forwarding(stage)).toBe('0');
  // The same names once more.
  expect(await ping(await stage.run('third', sleeper(bridge({nat: true}))), there)).toBe('answered');
});

it('a kernel that refuses is told by name, with the call, and nothing is left', async () => {
  const stage = await openStage({
    // A protocol of netlink that no kernel has.
    mutate: plan => ({
      ...plan,
      main: plan.main.map(op =>
        op.purpose === 'network.nat' && op.call === 'socket' ? {...op, args: [16, 3, 31]} : op,
      ),
    }),
  });
  expect(await refusal(stage, 'box', sleeper(bridge({nat: true})))).toMatchObject({
    code: 'network.no-nat',
    params: {errno: 'EPROTONOSUPPORT'},
    call: {call: 'socket'},
  });
  expect((await net(stage, 'host')).devices).toEqual(['lo']);
  expect(await forwarding(stage)).toBe('0');
});
