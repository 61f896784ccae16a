/**
 * What a network namespace holds. Links, addresses and routes come by rtnetlink, asked by the keeper inside; /proc/PID/net
 * shows the namespace of PID to any reader, and /sys/class/net that of whoever mounted it.
 */
import {readdirSync} from 'node:fs';
import type {FactContext} from '../facts-context.ts';
import {AT_FDCWD, O} from '../flags.ts';
import {addressesOf, devicesOf, dumpPlan, dumpsOf, routesOf} from '../network/index.ts';
import type {Op, Plan} from '../plan/types.ts';
import type {Facts} from '../types.ts';
import {perProcess} from './plans.ts';
import {namespaceInode, slurp} from './proc.ts';

/** The entry is complete: the neighbour has answered (ATF_COM of arp(7)). */
const COMPLETE = 0x2;

/** "10.1.2.3 dev eth0" for each neighbour with a known hardware address in the text of /proc/net/arp, proc_net(5). */
export function neighboursOf(arp: string): string[] {
  return arp
    .split('\n')
    .slice(1)
    .flatMap(line => {
      const [address, , flags, , , device] = line.split(/\s+/);
      return device && Number(flags) & COMPLETE ? [`${address} dev ${device}`] : [];
    })
    .sort();
}

/** Counters of one protocol in the text of /proc/net/snmp: a line of names, then a line of numbers (proc_net(5)). */
export function countersOf(snmp: string, protocol: string): Map<string, bigint> {
  const [names = [], numbers = []] = snmp
    .split('\n')
    .filter(line => line.startsWith(`${protocol}:`))
    .map(line => line.split(' ').slice(1));
  return new Map(names.flatMap((name, i) => (/^-?\d+$/.test(numbers[i] ?? '') ? [[name, BigInt(numbers[i]!)]] : [])));
}

/** Names in /sys/class/net as that process finds it, sorted; undefined where there is no such folder. */
function sysfsNames(pid: number): string[] | undefined {
  try {
    return readdirSync(`/proc/${pid}/root/sys/class/net`).sort();
  } catch {
    return undefined;
  }
}

function fromProc(pid: number): Facts {
  const facts: Facts = {};
  const arp = slurp(`/proc/${pid}/net/arp`);
  if (arp !== undefined) facts.neighbours = neighboursOf(arp);
  const icmp = countersOf(slurp(`/proc/${pid}/net/snmp`) ?? '', 'Icmp');
  for (const [fact, counter] of Object.entries({echo_requests: 'InEchos', echo_replies: 'InEchoReps'})) {
    const count = icmp.get(counter);
    if (count !== undefined) facts[fact] = count;
  }
  const sysfs = sysfsNames(pid);
  if (sysfs) facts.sysfs = sysfs;
  return facts;
}

/** The plan with one more question: /proc/sys/net shows the namespace of whoever opens a file there. */
function withForwarding(plan: Plan): Plan {
  const path = '/proc/sys/net/ipv4/ip_forward';
  const ops: Op[] = [
    {
      call: 'openat',
      args: [AT_FDCWD, path, O.O_CLOEXEC, 0],
      purpose: 'facts.read',
      as: 'forwards.file',
      fd: true,
      tolerate: 'any',
    },
    {
      call: 'read',
      args: [{slot: 'forwards.file'}, {buffer: 'forwards'}, 2],
      purpose: 'facts.read',
      as: 'forwards',
      tolerate: 'any',
    },
  ];
  const buffers = {...plan.buffers, forwards: {size: 2}};
  return {...plan, buffers, out: [...(plan.out ?? []), 'forwards'], main: [...plan.main, ...ops]};
}

const plan = perProcess(pid => withForwarding(dumpPlan(pid)));

/** The facts below `net` of the namespace of `pid`, whose inode is `inode`. Rejects as ctx.probe does. */
export async function readNetwork(ctx: FactContext, pid: number, inode: bigint | undefined): Promise<Facts> {
  const keeperIsThere = inode !== undefined && inode === namespaceInode(ctx.stage.keeperPid, 'net');
  const {out, results} = await ctx.probe(plan(keeperIsThere ? undefined : pid));
  const {links, addresses, routes} = dumpsOf(out, results);
  const facts = fromProc(pid);
  const forwards = out.forwards?.toString('latin1')[0];
  if (forwards !== undefined && Number(results.forwards) > 0) facts.forwards = forwards === '1';
  if (!links) return facts;
  const devices = devicesOf(links);
  const nameOf = (index: number): string | undefined => devices.find(one => one.index === index)?.name;
  facts.devices = devices.map(({name}) => name);
  facts.up = devices.flatMap(({name, up}) => (up ? [name] : []));
  facts.kinds = devices.flatMap(({name, kind}) => (kind === undefined ? [] : [`${name} ${kind}`]));
  facts.index = Object.fromEntries(devices.map(({name, index}) => [name, BigInt(index)]));
  facts.peer = Object.fromEntries(
    devices.flatMap(({name, peer}) => (peer === undefined ? [] : [[name, BigInt(peer)]])),
  );
  facts.ports = devices.flatMap(({name, master}) =>
    master === undefined ? [] : [`${name} on ${nameOf(master) ?? '?'}`],
  );
  if (addresses) facts.addresses = addressesOf(addresses, nameOf);
  if (routes) facts.routes = routesOf(routes, nameOf);
  return facts;
}
