/** The plan that lists a network namespace: a netlink(7) socket belongs to the namespace in which it was made. */
import {AT_FDCWD, CLONE, O} from '../flags.ts';
import type {Op, Plan} from '../plan/types.ts';
import {dumpRequest, type Message, RTM, readDump} from './rtnetlink.ts';

const AF_NETLINK = 16;
const SOCK_RAW = 3;
const MSG_DONTWAIT = 0x40;

/** The kernel's first part of an answer is below a page or 8 KiB; later ones are as long as there is room. */
const room = 16 * 1024;

/**
 * What is asked, and the parts in which the answer is taken: some 50 links, 200 addresses, 200 routes. Older kernels (6.1)
 * send the addresses of each family in parts of their own, and the end in one more.
 */
const dumps = [
  {name: 'links', type: RTM.GETLINK, parts: [room, room, room, room]},
  {name: 'addresses', type: RTM.GETADDR, parts: [room, room, room / 4]},
  {name: 'routes', type: RTM.GETROUTE, parts: [room, room]},
] as const;

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
const startOf = (parts: readonly number[], i: number): number => sum(parts.slice(0, i));

type DumpName = (typeof dumps)[number]['name'];

/** A socket each, since one that is not read to its end takes no further request (EBUSY). */
function ask({name, type, parts}: (typeof dumps)[number]): Op[] {
  const purpose = 'facts.network';
  const request = dumpRequest(type);
  const socket = {slot: `${name}.socket`};
  const receive = (size: number, i: number): Op => ({
    call: 'recvfrom',
    // The first part lies ready when sendto returns, and so does each further one, or EAGAIN says that there is none.
    args: [socket, {buffer: name, offset: startOf(parts, i)}, size, MSG_DONTWAIT, null, null],
    purpose,
    as: `${name}.${i}`,
    tolerate: 'EAGAIN',
  });
  return [
    {call: 'socket', args: [AF_NETLINK, SOCK_RAW | O.O_CLOEXEC, 0], purpose, as: `${name}.socket`, fd: true},
    {call: 'sendto', args: [socket, request, request.length, 0, null, 0], purpose},
    ...parts.map(receive),
  ];
}

/**
 * The plan that asks for links, addresses and routes: where the keeper is, or, with a PID, inside the network namespace of
 * that process. The keeper goes back in `final`, so also after a failure. setns(2) needs CAP_SYS_ADMIN in the user
 * namespace that owns it, which the keeper has for all that its children make.
 */
export function dumpPlan(pid?: number): Plan {
  const open = (path: string, as: string): Op => ({
    call: 'openat',
    args: [AT_FDCWD, path, O.O_CLOEXEC, 0],
    purpose: 'facts.open-namespace',
    as,
    fd: true,
  });
  const enter = (slot: string, purpose: string): Op => ({
    call: 'setns',
    args: [{slot}, CLONE.CLONE_NEWNET],
    purpose,
  });
  const questions = dumps.flatMap(ask);
  const frame = {
    buffers: Object.fromEntries(dumps.map(({name, parts}) => [name, {size: sum(parts)}])),
    out: dumps.map(({name}) => name),
  };
  if (pid === undefined) return {...frame, main: questions};
  return {
    ...frame,
    main: [
      open('/proc/self/ns/net', 'own'),
      open(`/proc/${pid}/ns/net`, 'theirs'),
      enter('theirs', 'facts.enter'),
      ...questions,
    ],
    final: [enter('own', 'facts.return')],
  };
}

/** What a dumpPlan brought back. A list that did not come whole (too long, or changed meanwhile) is undefined. */
export function dumpsOf(
  out: Readonly<Record<string, Buffer>>,
  results: Readonly<Record<string, bigint>>,
): Record<DumpName, Message[] | undefined> {
  const read = ({name, parts}: (typeof dumps)[number]): Message[] | undefined => {
    const taken = parts.map((_, i) => {
      const length = Math.max(0, Number(results[`${name}.${i}`] ?? 0n));
      const start = startOf(parts, i);
      return out[name]!.subarray(start, start + length);
    });
    return readDump(taken);
  };
  return Object.fromEntries(dumps.map(dump => [dump.name, read(dump)])) as Record<DumpName, Message[] | undefined>;
}
