/** Mode container:NAME, as the namespace that it means at the moment when the container is made. */
import {EngineError} from '../errors.ts';
import type {Container, ContainerSpec} from '../types.ts';

const prefix = 'container:';

/** Throws 'network.no-container' {name, state} where there is no such container, or none with a living process. */
export function inNetwork(
  spec: ContainerSpec,
  find: (name: string) => Pick<Container, 'pid' | 'state'> | undefined,
): ContainerSpec {
  const {mode} = spec.network ?? {};
  if (!mode?.startsWith(prefix)) return spec;
  const name = mode.slice(prefix.length);
  const other = find(name);
  if (other?.state !== 'running' && other?.state !== 'created') {
    throw new EngineError({code: 'network.no-container', params: {name, state: other?.state ?? '-'}});
  }
  const own = {type: 'network', path: `/proc/${other.pid}/ns/net`} as const;
  return {...spec, linux: {...spec.linux, namespaces: [...(spec.linux?.namespaces ?? []), own]}};
}
