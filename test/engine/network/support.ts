/** Help for tests of networks. */
import {once} from 'node:events';
import type {EngineStage} from '../../../src/engine/stage.ts';
import type {Container, ContainerSpec, Facts, NetworkSpec, Process} from '../../../src/engine/types.ts';
import {output} from '../support.ts';

type Rest = Omit<ContainerSpec, 'process' | 'network'>;

export const sleeper = (network: NetworkSpec, rest: Rest = {}): ContainerSpec => ({
  process: {args: ['sleep', '1000']},
  network,
  ...rest,
});

export const bridge = (rest: Omit<NetworkSpec, 'mode'> = {}): NetworkSpec => ({mode: 'bridge', ...rest});

/** Facts below net of a side. */
export async function net(stage: EngineStage, side: string): Promise<Facts> {
  const facts = await stage.facts(side);
  return facts!.net as Facts;
}

const pinging = (address: string) => ({args: ['ping', '-c', '1', '-W', '1', address]});

/** What ping says of one packet from a container, or from the stage. */
export async function ping(from: Container | EngineStage, address: string): Promise<'answered' | 'silence' | string> {
  const process = 'exec' in from ? await from.exec(pinging(address)) : await from.spawn('ping', pinging(address));
  const text = await output(process);
  if (text.includes(' 1 received')) return 'answered';
  return text.includes(' 0 received') ? 'silence' : text;
}

const server = `require('net').createServer(s => s.end('hello ' + s.remoteAddress)).listen(+process.argv[1], '0.0.0.0', () => console.log('up'))`;
const client = `require('net').connect(+process.argv[2], process.argv[1]).on('data', d => process.stdout.write(d)).on('error', e => console.log(e.code))`;

/** A program that greets whoever connects; resolves when it listens. */
export async function listen(container: Container, port: number): Promise<Process> {
  const listening = await container.exec({args: [process.execPath, '-e', server, String(port)]});
  await once(listening.stdout!, 'data');
  return listening;
}

/** What a program in the container hears at that port: 'hello ADDRESS', or an errno. */
export const greeting = async (container: Container, address: string, port: number): Promise<string> =>
  output(await container.exec({args: [process.execPath, '-e', client, address, String(port)]}));

/** The error that a container is refused with. */
export const refusal = (stage: EngineStage, id: string, spec: ContainerSpec): Promise<unknown> =>
  stage.run(id, spec).then(
    () => 'it ran',
    error => error,
  );
