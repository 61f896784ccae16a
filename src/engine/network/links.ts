/** The requests of rtnetlink(7) that make networks. Where a number is known only later, `at…` says where it belongs. */
import {attribute, ip, message, NLM_F, nested, text, u32} from './message.ts';
import {RTM} from './rtnetlink.ts';

const IFLA = {MTU: 4, IFNAME: 3, MASTER: 10, LINKINFO: 18, NET_NS_FD: 28} as const;
const IFLA_INFO = {KIND: 1, DATA: 2} as const;
const VETH_INFO_PEER = 1;
const IFA = {ADDRESS: 1, LOCAL: 2} as const;
const RTA_GATEWAY = 5;
const RTM_DELLINK = 17;
const IFF_UP = 1;
const AF_INET = 2;

const {NLM_F_REQUEST, NLM_F_ACK, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE} = NLM_F;
const asked = NLM_F_REQUEST | NLM_F_ACK;

/** struct ifinfomsg */
function linkStruct(up: boolean): Buffer {
  const struct = Buffer.alloc(16);
  if (up) {
    struct.writeUInt32LE(IFF_UP, 8);
    struct.writeUInt32LE(IFF_UP, 12);
  }
  return struct;
}

/** A device that is there: up. */
export const linkUp = (name: string): Buffer =>
  message(RTM.NEWLINK, asked, linkStruct(true), attribute(IFLA.IFNAME, text(name)));

/** A bridge that is up. One of this name that is there already stays as it is. */
export const bridge = (name: string): Buffer =>
  message(
    RTM.NEWLINK,
    asked | NLM_F_CREATE,
    linkStruct(true),
    attribute(IFLA.IFNAME, text(name)),
    nested(IFLA.LINKINFO, attribute(IFLA_INFO.KIND, text('bridge'))),
  );

/** Offset of the bridge's index in veth(); a descriptor of the peer's namespace is what its last four bytes are. */
export const atMaster = 16 + 16 + 4;

/** A pair: `name` here, up, in the bridge; its peer in another network namespace, with the name it is to have there. */
export function veth(name: string, peer: string, mtu?: number): Buffer {
  const size = mtu === undefined ? [] : [attribute(IFLA.MTU, u32(mtu))];
  const other = [linkStruct(false), attribute(IFLA.IFNAME, text(peer)), ...size, attribute(IFLA.NET_NS_FD, u32(0))];
  return message(
    RTM.NEWLINK,
    asked | NLM_F_CREATE | NLM_F_EXCL,
    linkStruct(true),
    attribute(IFLA.MASTER, u32(0)),
    attribute(IFLA.IFNAME, text(name)),
    ...size,
    nested(
      IFLA.LINKINFO,
      attribute(IFLA_INFO.KIND, text('veth')),
      nested(IFLA_INFO.DATA, nested(VETH_INFO_PEER, ...other)),
    ),
  );
}

/** A device goes, and with one end of a pair the other. */
export const linkGone = (name: string, flags: number = asked): Buffer =>
  message(RTM_DELLINK, flags, linkStruct(false), attribute(IFLA.IFNAME, text(name)));

/** Offset of the device's index in address(). */
export const atDevice = 16 + 4;

/** An address of a device; the same one once more is no error. The kernel adds the route to its subnet. */
export function address(own: string, prefix: number): Buffer {
  // struct ifaddrmsg
  const struct = Buffer.from([AF_INET, prefix, 0, 0, 0, 0, 0, 0]);
  const attributes = [attribute(IFA.LOCAL, ip(own)), attribute(IFA.ADDRESS, ip(own))];
  return message(RTM.NEWADDR, asked | NLM_F_CREATE | NLM_F_REPLACE, struct, ...attributes);
}

/** Whatever has no route of its own goes to `gateway`. */
export function defaultRoute(gateway: string): Buffer {
  // struct rtmsg: table main, protocol static (as those of `ip route add`: boot), scope universe, type unicast
  const struct = Buffer.from([AF_INET, 0, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0]);
  return message(RTM.NEWROUTE, asked | NLM_F_CREATE | NLM_F_EXCL, struct, attribute(RTA_GATEWAY, ip(gateway)));
}
