/**
 * The calls that wire a container. All are made by the keeper, on the stage, or by the container's first process, in its
 * own network namespace; no program is started. docs/engine.md says why.
 */
import {AT_FDCWD, IOCTL, O} from '../flags.ts';
import type {BufferSpec, Op, Plan} from '../plan/types.ts';
import {address, atDevice, atMaster, bridge, defaultRoute, linkGone, linkUp, veth} from './links.ts';
import {NLM_F} from './message.ts';
import {chainGone, masquerade, tableGone} from './nat.ts';
import type {NetworkSpec, Wiring} from './types.ts';

const AF_NETLINK = 16;
const SOCK_RAW = 3;
const NETLINK_ROUTE = 0;
const NETLINK_NETFILTER = 12;
const MSG_DONTWAIT = 0x40;
/** struct nlmsghdr, then the errno. The request that follows is not needed. */
const ANSWER = 36;
const AT_ERRNO = 16;
const IFREQ = 40;
const AT_INDEX = 16;
/** Name of the device inside. */
const inside = 'eth0';

export interface NetworkOps {
  buffers: Record<string, BufferSpec>;
  /** In the keeper, when the new namespace is there, and before the child does its part. */
  main: Op[];
  /** In the child. */
  child: Op[];
}

/** Speaks netlink by one socket, whose namespace is that of the process that made it. */
class Talk {
  readonly buffers: Record<string, BufferSpec> = {};
  readonly ops: Op[] = [];
  private readonly name: string;
  private count = 0;

  constructor(name: string) {
    this.name = name;
    this.buffers[`${name}.answer`] = {size: ANSWER};
  }

  open(family: typeof NETLINK_ROUTE | typeof NETLINK_NETFILTER, purpose: string): void {
    const args = [AF_NETLINK, SOCK_RAW | O.O_CLOEXEC, family];
    this.ops.push({call: 'socket', args, purpose, as: this.name, fd: true});
  }

  /** `numbers`: results that belong into the message, by their offsets. */
  ask(bytes: Buffer, purpose: string, tolerate?: Op['tolerate'], numbers: Readonly<Record<number, string>> = {}): void {
    const buffer = `${this.name}.${this.count++}`;
    const answer = `${this.name}.answer`;
    const socket = {slot: this.name};
    const known = Object.keys(numbers).length === 0;
    if (!known) this.buffers[buffer] = {bytes};
    for (const [offset, slot] of Object.entries(numbers)) {
      this.ops.push({call: 'STORE', args: [{buffer, offset: Number(offset)}, {slot}, 4], purpose});
    }
    const request = known ? bytes : {buffer};
    this.ops.push(
      {call: 'sendto', args: [socket, request, bytes.length, 0, null, 0], purpose},
      // The answer lies ready when sendto returns. The request may be refused although both calls go well.
      {call: 'recvfrom', args: [socket, {buffer: answer}, ANSWER, MSG_DONTWAIT, null, null], purpose},
      {call: 'CHECK', args: [{buffer: answer, offset: AT_ERRNO}, 4], purpose, ...(tolerate && {tolerate})},
    );
  }

  /** netdevice(7), SIOCGIFINDEX: any socket will do. */
  index(device: string, purpose: string, as: string): void {
    const request = Buffer.alloc(IFREQ);
    request.write(device);
    const buffer = `${this.name}.${this.count++}`;
    this.buffers[buffer] = {bytes: request};
    this.ops.push(
      {call: 'ioctl', args: [{slot: this.name}, IOCTL.SIOCGIFINDEX, {buffer}], purpose},
      {call: 'LOAD', args: [{buffer, offset: AT_INDEX}, 4], purpose, as},
    );
  }
}

function writeFile(path: string, text: string, purpose: string): Op[] {
  return [
    {call: 'openat', args: [AT_FDCWD, path, O.O_WRONLY | O.O_CLOEXEC, 0], purpose, as: purpose, fd: true},
    {call: 'write', args: [{slot: purpose}, text, text.length], purpose},
    {call: 'close', args: [{slot: purpose}], purpose},
  ];
}

const forwarding = '/proc/sys/net/ipv4/ip_forward';

/** Reads it where the keeper is: /proc/sys/net shows the namespace of whoever looks. */
export function planForwarding(): Plan {
  const purpose = 'network.forward';
  return {
    buffers: {forward: {size: 8}},
    main: [
      {call: 'openat', args: [AT_FDCWD, forwarding, O.O_RDONLY | O.O_CLOEXEC, 0], purpose, as: 'file', fd: true},
      {call: 'read', args: [{slot: 'file'}, {buffer: 'forward'}, 8], purpose},
    ],
    out: ['forward'],
  };
}

/** A descriptor of the child's network namespace: the second end of the pair is made there at once. */
function openNamespace(): {buffers: Record<string, BufferSpec>; ops: Op[]} {
  const path = Buffer.alloc(40);
  path.write('/proc/');
  const buffer = 'net.path';
  const purpose = 'network.namespace';
  const folder = O.O_PATH | O.O_DIRECTORY | O.O_CLOEXEC;
  return {
    buffers: {[buffer]: {bytes: path}},
    ops: [
      {call: 'FORMAT', args: [{buffer, offset: 6}, {slot: 'pid'}], purpose},
      {call: 'openat', args: [AT_FDCWD, {buffer}, folder, 0], purpose, as: 'net.proc', fd: true},
      {call: 'openat', args: [{slot: 'net.proc'}, 'ns/net', O.O_CLOEXEC, 0], purpose, as: 'net.namespace', fd: true},
    ],
  };
}

function onStage(wiring: Wiring): Omit<NetworkOps, 'child'> {
  const talk = new Talk('net');
  const namespace = openNamespace();
  talk.ops.push(...namespace.ops);
  talk.open(NETLINK_ROUTE, 'network.bridge');
  talk.ask(bridge(wiring.bridge), 'network.bridge');
  talk.index(wiring.bridge, 'network.index', 'net.bridge');
  talk.ask(address(wiring.gateway, wiring.prefix), 'network.gateway', undefined, {[atDevice]: 'net.bridge'});
  const pair = veth(wiring.veth, inside, wiring.mtu);
  talk.ask(pair, 'network.pair', undefined, {[atMaster]: 'net.bridge', [pair.length - 4]: 'net.namespace'});
  const buffers = {...namespace.buffers, ...talk.buffers};
  if (!wiring.nat) return {buffers, main: talk.ops};
  const {table, chain, forward} = wiring.nat;
  const filter = new Talk('nat');
  if (forward) filter.ops.push(...writeFile(forwarding, '1', 'network.forward'));
  filter.open(NETLINK_NETFILTER, 'network.nat');
  filter.ask(masquerade(table, chain, wiring.address, wiring.bridge), 'network.nat');
  return {buffers: {...buffers, ...filter.buffers}, main: [...talk.ops, ...filter.ops]};
}

/**
 * The calls that give a new network namespace its devices. Nothing for the modes that join another one, and for a
 * container without `network`: its namespace stays as clone3 made it, loopback down.
 */
export function planNetwork(spec: NetworkSpec | undefined, wiring: Wiring | undefined): NetworkOps {
  if (spec?.mode !== 'none' && spec?.mode !== 'bridge') return {buffers: {}, main: [], child: []};
  const talk = new Talk('own');
  talk.open(NETLINK_ROUTE, 'network.loopback');
  talk.ask(linkUp('lo'), 'network.loopback');
  if (!wiring) return {buffers: talk.buffers, main: [], child: talk.ops};
  const stage = onStage(wiring);
  talk.ask(linkUp(inside), 'network.up');
  talk.index(inside, 'network.index', 'own.device');
  talk.ask(address(wiring.address, wiring.prefix), 'network.address', undefined, {[atDevice]: 'own.device'});
  talk.ask(defaultRoute(wiring.gateway), 'network.route');
  return {buffers: {...stage.buffers, ...talk.buffers}, main: stage.main, child: talk.ops};
}

/** What goes with a container. The bridge, the table and the setting go with the last one that used them. */
export interface Unwired {
  veth: string;
  nat?: {table: string; chain: string};
  bridge?: string;
  table?: string;
  /** ip_forward as it was. */
  forward?: string;
}

/** Undoes a wiring, also one that was begun only. */
export function planUnwire({veth: device, nat, bridge: last, table, forward}: Unwired): Plan {
  const talk = new Talk('net');
  talk.open(NETLINK_ROUTE, 'network.undo');
  talk.ask(linkGone(device), 'network.undo', 'ENODEV');
  if (last !== undefined) talk.ask(linkGone(last), 'network.undo', 'ENODEV');
  if (!nat) return {buffers: talk.buffers, main: talk.ops};
  const filter = new Talk('nat');
  const settings = forward === undefined ? [] : writeFile(forwarding, forward, 'network.undo-forward');
  filter.open(NETLINK_NETFILTER, 'network.undo');
  // Where NAT was refused there is no table, and perhaps nothing that knows of tables.
  const tolerate = 'any';
  filter.ask(table === undefined ? chainGone(nat.table, nat.chain) : tableGone(table), 'network.undo', tolerate);
  const ops = filter.ops.map(op => (op.call === 'CHECK' ? op : ({...op, tolerate} as const)));
  return {buffers: {...talk.buffers, ...filter.buffers}, main: [...talk.ops, ...settings, ...ops]};
}

/**
 * What a keeper, or the next start, undoes on the machine itself when nobody was left to do it (on a private stage all of
 * this dies with its namespace): bridges by their names, and the session's table.
 */
export function planNetworkUndo(bridges: readonly string[], table: string): Op[] {
  const send = (protocol: number, as: string, bytes: Buffer): Op[] => [
    {
      call: 'socket',
      args: [AF_NETLINK, SOCK_RAW | O.O_CLOEXEC, protocol],
      purpose: 'undo.network',
      as,
      fd: true,
      tolerate: 'any',
    },
    {
      call: 'sendto',
      args: [{slot: as}, bytes, bytes.length, 0, null, 0],
      purpose: 'undo.network',
      tolerate: 'any',
    },
  ];
  return [
    ...bridges.flatMap((name, i) => send(NETLINK_ROUTE, `undo.link${i}`, linkGone(name, NLM_F.NLM_F_REQUEST))),
    ...send(NETLINK_NETFILTER, 'table', tableGone(table)),
  ];
}
