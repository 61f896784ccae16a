/** Encoded plans of specifications that were planned before. */
import type {ContainerSpec} from '../types.ts';
import {planContainer} from './container.ts';
import {type EncodedPlan, encode} from './encode.ts';
import type {PlanOptions} from './parts.ts';

const cache = new WeakMap<ContainerSpec, Map<string, EncodedPlan>>();

/** encode(planContainer()), kept as long as the specification, which must be frozen. */
export function encodeContainer(spec: ContainerSpec, options: PlanOptions): EncodedPlan {
  const {program, hold = false, mayGroups = true, marker = [], group, files = [], dir = ''} = options;
  const key = [
    program,
    hold,
    mayGroups,
    dir,
    group?.path ?? '',
    group?.trees.map(tree => `${tree.at} ${tree.controllers}`).join(' ') ?? '',
    ...marker,
    '',
    ...files,
  ].join('\0');
  let plans = cache.get(spec);
  if (!plans) {
    plans = new Map();
    cache.set(spec, plans);
  }
  let encoded = plans.get(key);
  if (!encoded) {
    encoded = encode(planContainer(spec, options));
    plans.set(key, encoded);
  }
  return encoded;
}
