/** Limits by cgroups. */
import type {ContainerSpec} from '../../../../src/engine/types.ts';
import {type Case, spec} from './spec.ts';

const held = {args: ['/bin/probe', 'wait']};
const limited = (
  name: string,
  resources: NonNullable<ContainerSpec['linux']>['resources'],
  limits: Case['limits'],
): Case => ({
  name,
  spec: spec({process: held, linux: {resources}}),
  shows: {},
  code: 137,
  limits,
});

export const groups: Case[] = [
  limited(
    'memory',
    {memory: {limit: 64 << 20}},
    {v1: {'memory.limit_in_bytes': '67108864'}, v2: {'memory.max': '67108864'}},
  ),
  limited('processes', {pids: {limit: 33}}, {v1: {'pids.max': '33'}, v2: {'pids.max': '33'}}),
  limited(
    'CPU time',
    {cpu: {quota: 20000, period: 50000}},
    {v1: {'cpu.cfs_quota_us': '20000', 'cpu.cfs_period_us': '50000'}, v2: {'cpu.max': '20000 50000'}},
  ),
  limited('weight of CPU', {cpu: {shares: 512}}, {v1: {'cpu.shares': '512'}, v2: {'cpu.weight': '20'}}),
  limited(
    'memory that reclaim spares',
    {memory: {limit: 64 << 20, reservation: 16 << 20}},
    {v1: {'memory.soft_limit_in_bytes': '16777216'}, v2: {'memory.low': '16777216'}},
  ),
  limited(
    'processors and memory nodes',
    {cpu: {cpus: '0', mems: '0'}},
    {v1: {'cpuset.cpus': '0', 'cpuset.mems': '0'}, v2: {'cpuset.cpus': '0', 'cpuset.mems': '0'}},
  ),
  limited(
    'all of them',
    {cpu: {shares: 2048, quota: 150000, period: 100000}, memory: {limit: 32 << 20}, pids: {limit: 8}},
    {v1: {'cpu.shares': '2048', 'pids.max': '8'}, v2: {'pids.max': '8'}},
  ),
];
