/** A container's spec with something left out: for ablation, mutants, and questions about what is missing. */
import type {ContainerSpec} from '../../engine/index.ts';
import type {ContainerBlock} from '../lab.ts';
import {fillText, type Values} from './substitute.ts';

/** Keys of linux that mean nothing without a namespace: with it left out, they are too. */
const belongsTo: Readonly<Record<string, readonly string[]>> = {
  user: ['uidMappings', 'gidMappings'],
  mount: ['rootfsPropagation'],
};

/**
 * The spec with one kind of namespace left out, and what is said about it; or with its limits left out ('resources'; its
 * cgroup stays).
 */
export function withoutNamespace(spec: ContainerSpec, type: string): ContainerSpec {
  if (type === 'resources') return {...spec, linux: {...spec.linux, resources: {}}};
  const namespaces = spec.linux?.namespaces?.filter(one => one.type !== type);
  const rest = Object.entries(spec.linux ?? {}).filter(([key]) => !belongsTo[type]?.includes(key));
  return {...spec, linux: {...Object.fromEntries(rest), namespaces}};
}

/** Names of what a block's `lacks` comes to with these values; 'none' is nothing. */
export function lackedBy(lacks: readonly string[], values: Values): string[] {
  const names = lacks.flatMap(text => fillText(text, values).split(/[\s,]+/));
  return names.filter(name => name !== '' && name !== 'none');
}

/** The spec of a block without what its `lacks` names. */
export function lacking(block: ContainerBlock, spec: ContainerSpec, values: Values): ContainerSpec {
  return lackedBy(block.lacks ?? [], values).reduce(withoutNamespace, spec);
}
