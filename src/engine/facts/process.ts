/** The facts of one process that /proc/PID shows to any reader. */
import {signalName} from '../signals.ts';
import type {Facts} from '../types.ts';
import {capabilityNames} from './capabilities.ts';
import {readChildren} from './family.ts';
import {integers, link, normalizeTable, parseStatus, readNamespaces, type Stat, slurp} from './proc.ts';
import {rlimitFacts, schedulingFacts, terminalName} from './rights.ts';

const signalSets = {blocked: 'SigBlk', ignored: 'SigIgn', caught: 'SigCgt'} as const;

const capabilitySets = {
  inheritable: 'CapInh',
  permitted: 'CapPrm',
  effective: 'CapEff',
  bounding: 'CapBnd',
  ambient: 'CapAmb',
} as const;

/**
 * Facts out of /proc/PID of a living process whose stat was just read (rows of factTable, without uname's).
 * Undefined when the process went away meanwhile.
 */
export function processFacts(stat: Stat): Facts | undefined {
  const dir = `/proc/${stat.pid}`;
  const statusText = slurp(`${dir}/status`);
  if (!statusText) return undefined;
  const facts: Facts = {
    ns: readNamespaces(stat.pid),
    pid: BigInt(stat.pid),
    ppid: BigInt(stat.ppid),
    pgid: BigInt(stat.pgrp),
    sid: BigInt(stat.session),
    comm: stat.comm,
    state: stat.state,
    tty: terminalName(stat.tty),
    ...schedulingFacts(stat),
    ...statusFacts(statusText),
  };
  set(facts, 'children', readChildren(stat.pid));
  for (const name of ['exe', 'cwd', 'root']) set(facts, name, link(`${dir}/${name}`));
  for (const name of ['uid_map', 'gid_map']) set(facts, name, mapped(slurp(`${dir}/${name}`), normalizeTable));
  set(facts, 'setgroups', slurp(`${dir}/setgroups`)?.trim());
  set(facts, 'rlimits', mapped(slurp(`${dir}/limits`), rlimitFacts));
  set(facts, 'oom_score_adj', integers(slurp(`${dir}/oom_score_adj`))[0]);
  set(facts, 'timens', mapped(slurp(`${dir}/timens_offsets`), timeOffsets));
  return facts;
}

/** The facts in the text of /proc/PID/status. */
export function statusFacts(text: string): Facts {
  const status = parseStatus(text);
  const facts: Facts = {};
  const nspids = integers(status.get('NSpid'));
  if (nspids.length > 0) {
    facts.nspids = nspids;
    facts.nspid = nspids[nspids.length - 1]!;
  }
  set(facts, 'uid', integers(status.get('Uid'))[1]);
  set(facts, 'gid', integers(status.get('Gid'))[1]);
  facts.uids = integers(status.get('Uid'));
  facts.gids = integers(status.get('Gid'));
  set(facts, 'threads', integers(status.get('Threads'))[0]);
  set(facts, 'umask', status.get('Umask'));
  set(facts, 'cpus', status.get('Cpus_allowed_list'));
  set(facts, 'mems', status.get('Mems_allowed_list'));
  facts.groups = integers(status.get('Groups'));
  const caps: Facts = {};
  for (const [name, field] of Object.entries(capabilitySets)) {
    const mask = status.get(field);
    if (mask && /^[0-9a-f]+$/.test(mask)) caps[name] = capabilityNames(BigInt(`0x${mask}`));
  }
  facts.caps = caps;
  const signals: Facts = {};
  for (const [name, field] of Object.entries(signalSets)) {
    const mask = status.get(field);
    if (mask && /^[0-9a-f]+$/.test(mask)) signals[name] = signalNames(BigInt(`0x${mask}`));
  }
  facts.signals = signals;
  set(
    facts,
    'no_new_privs',
    mapped(status.get('NoNewPrivs'), value => value === '1'),
  );
  set(facts, 'seccomp', integers(status.get('Seccomp'))[0]);
  set(facts, 'seccomp_filters', integers(status.get('Seccomp_filters'))[0]);
  return facts;
}

/** Names of the signals in a mask, lowest number first: bit 0 is signal 1 (proc_pid_status(5)). */
function signalNames(mask: bigint): string[] {
  const found: string[] = [];
  for (let bit = 0; bit < 64; bit++) if ((mask >> BigInt(bit)) & 1n) found.push(signalName(bit + 1));
  return found;
}

/** Whole seconds of /proc/PID/timens_offsets: {monotonic, boottime} (time_namespaces(7)). */
export function timeOffsets(text: string): Facts {
  const offsets: Facts = {};
  for (const [, clock, seconds] of text.matchAll(/^(\w+)\s+(-?\d+)/gm)) offsets[clock!] = BigInt(seconds!);
  return offsets;
}

function mapped<T, R>(value: T | undefined, change: (value: T) => R): R | undefined {
  return value === undefined ? undefined : change(value);
}

function set(facts: Facts, name: string, value: Facts[string] | undefined): void {
  if (value !== undefined) facts[name] = value;
}
