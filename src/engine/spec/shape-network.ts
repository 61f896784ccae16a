/** `network`: our one extension of the runtime-spec, its shape and what its parts ask of each other. */
import {z} from 'zod';
import {addressNumber, isPrivate, isUsable, readSubnet} from '../network/ipv4.ts';
import type {ContainerSpec, EngineErrorInfo, NetworkSpec} from '../types.ts';
import {text} from './basics.ts';
import {shown} from './problems.ts';

const modes = /^(none|host|bridge|container:[A-Za-z0-9][A-Za-z0-9_.-]{0,63})$/;

const subnet = text.refine(
  value => {
    const found = readSubnet(value);
    return found !== undefined && isPrivate(found) && found.prefix <= 30;
  },
  {params: {code: 'spec.subnet'}},
);

export const networkShape = z.strictObject({
  mode: z.custom<NetworkSpec['mode']>(value => typeof value === 'string' && modes.test(value), {
    params: {code: 'spec.value', expected: 'none | host | bridge | container:NAME'},
  }),
  subnet: subnet.optional(),
  address: text.refine(value => addressNumber(value) !== undefined, {params: {code: 'spec.address'}}).optional(),
  // The least that IPv4 asks of every device, and the most that its packets have room for.
  mtu: z.int().min(68).max(65535).optional(),
  nat: z.boolean().optional(),
});

/** Whether the mode makes a network namespace. */
export const hasOwn = (network: NetworkSpec | undefined): boolean =>
  network?.mode === 'none' || network?.mode === 'bridge';

/** Problems of `network` as a whole; its keys are right. */
export function ofNetwork({network, linux}: ContainerSpec): EngineErrorInfo[] {
  if (!network) return [];
  const found: EngineErrorInfo[] = [];
  const {mode, ...rest} = network;
  for (const [key, value] of Object.entries(rest)) {
    if (value === undefined || mode === 'bridge') continue;
    found.push({code: 'spec.only-with', params: {path: `network.${key}`, got: shown(value), expected: 'mode: bridge'}});
  }
  (linux?.namespaces ?? []).forEach(({type, path}, i) => {
    if (type !== 'network' || (hasOwn(network) && path === undefined)) return;
    const at = path === undefined ? `linux.namespaces[${i}]` : `linux.namespaces[${i}].path`;
    found.push({code: 'spec.network-namespace', params: {path: at, mode}});
  });
  const {subnet: within, address} = network;
  const whole = within === undefined ? undefined : readSubnet(within);
  const number = address === undefined ? undefined : addressNumber(address);
  if (whole && number !== undefined && !isUsable(whole, number)) {
    found.push({code: 'spec.address-within', params: {path: 'network.address', got: address!, expected: within!}});
  }
  if (number !== undefined && !isPrivate({base: number, prefix: 32})) {
    found.push({code: 'spec.address', params: {path: 'network.address', got: shown(address)}});
  }
  return found;
}

/** The modes with a namespace of their own need it in linux.namespaces, where everything else looks. */
export function withNamespace(spec: ContainerSpec): ContainerSpec {
  const namespaces = spec.linux?.namespaces ?? [];
  if (!hasOwn(spec.network) || namespaces.some(({type}) => type === 'network')) return spec;
  return {...spec, linux: {...spec.linux, namespaces: [...namespaces, {type: 'network'}]}};
}
