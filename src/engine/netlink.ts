/** rtnetlink(7) by plans in our own process: what Node's os.networkInterfaces() leaves out, such as interfaces that are down. */
import {O} from './flags.ts';
import {runPlan} from './library.ts';
import {readOut} from './plan/answer.ts';
import type {Op, Plan} from './plan/types.ts';

export interface Link {
  index: number;
  name: string;
  up: boolean;
}

const AF_NETLINK = 16;
const SOCK_RAW = 3;
const MSG_DONTWAIT = 0x40;
const RTM_NEWLINK = 16;
const RTM_GETLINK = 18;
const NLM_F_REQUEST_DUMP = 0x1 | 0x300;
const IFLA_IFNAME = 3;
const HEADER = 16;
const INFO = 16;
/** The kernel fills up to 32 KiB of answer at a time. */
const room = 32 * 1024;
const parts = 4;

/** A request for all links, in `count` answers at most: what is not there to be received is no failure. */
function dumpPlan(count: number): Plan {
  const request = Buffer.alloc(HEADER + INFO);
  request.writeUInt32LE(request.length, 0);
  request.writeUInt16LE(RTM_GETLINK, 4);
  request.writeUInt16LE(NLM_F_REQUEST_DUMP, 6);
  const netlink = {slot: 'netlink'};
  const names = Array.from({length: count}, (_, i) => `part${i}`);
  const main: Op[] = [
    {call: 'socket', args: [AF_NETLINK, SOCK_RAW | O.O_CLOEXEC, 0], purpose: 'netlink.links', as: 'netlink', fd: true},
    {call: 'sendto', args: [netlink, request, request.length, 0, null, 0], purpose: 'netlink.links'},
    ...names.map(
      (name, i): Op => ({
        call: 'recvfrom',
        args: [netlink, {buffer: name}, room, i === 0 ? 0 : MSG_DONTWAIT, null, null],
        purpose: 'netlink.links',
        as: name,
        tolerate: i === 0 ? undefined : 'EAGAIN',
      }),
    ),
  ];
  return {buffers: Object.fromEntries(names.map(name => [name, {size: room}])), main, out: names};
}

function nameOf(attributes: Buffer): string {
  for (let at = 0; at + 4 <= attributes.length; ) {
    const length = attributes.readUInt16LE(at);
    if (length < 4) break;
    if (attributes.readUInt16LE(at + 2) === IFLA_IFNAME) {
      return attributes.toString('latin1', at + 4, at + length - 1);
    }
    at += (length + 3) & ~3;
  }
  return '';
}

function parse(answer: Buffer): Link[] {
  const links: Link[] = [];
  for (let at = 0; at + HEADER <= answer.length; ) {
    const length = answer.readUInt32LE(at);
    if (length < HEADER || at + length > answer.length) break;
    if (answer.readUInt16LE(at + 4) === RTM_NEWLINK) {
      const info = at + HEADER;
      const up = (answer.readUInt32LE(info + 8) & 1) === 1;
      links.push({index: answer.readInt32LE(info + 4), name: nameOf(answer.subarray(info + INFO, at + length)), up});
    }
    at += (length + 3) & ~3;
  }
  return links;
}

/** The network interfaces of this process's network namespace. Throws 'call.failed'. */
export function listLinks(): Link[] {
  const {out, results} = readOut(runPlan(dumpPlan(parts)));
  return Object.entries(out).flatMap(([name, bytes]) =>
    parse(bytes.subarray(0, Math.max(0, Number(results[name] ?? 0n)))),
  );
}
