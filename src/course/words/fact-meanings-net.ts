/** What the facts of a network namespace mean: a part of factMeanings. */
import type {WordTable} from './say.ts';

export const networkMeanings: WordTable = {
  'net.devices': {
    en: 'The network interfaces of its network namespace.',
    zh: '它所在的 network 命名空间里的网络接口。',
  },
  'net.up': {en: 'Those of them that are switched on.', zh: '其中已经启用的接口。'},
  'net.kinds': {
    en: 'What sort of virtual device each is: veth, bridge, vxlan.',
    zh: '每个虚拟设备的种类：veth、bridge、vxlan 等。',
  },
  'net.index': {
    en: 'The number of each interface in its namespace, as `ip link` prints it.',
    zh: '每个接口在本命名空间里的编号，也就是 `ip link` 打印的那个数。',
  },
  'net.peer': {
    en: 'The number of the other end of a veth, in the namespace where that end is.',
    zh: 'veth 另一端的编号，按那一端所在的命名空间来数。',
  },
  'net.ports': {en: 'Which interfaces are plugged into which bridge.', zh: '哪个接口插在哪个网桥上。'},
  'net.addresses': {
    en: 'Which interface has which address; what IPv6 gives each link by itself (fe80::…) is left out.',
    zh: '各接口的地址；IPv6 给每条链路自动配的 fe80:: 地址不列。',
  },
  'net.routes': {en: 'Where IPv4 packets go: the main routing table.', zh: 'IPv4 包往哪里走：主路由表。'},
  'net.neighbours': {
    en: 'Neighbours on the link whose hardware address is known: they have answered.',
    zh: '同一链路上已知硬件地址的邻居，说明对方应答过。',
  },
  'net.echo_requests': {
    en: 'How many pings have arrived in this namespace.',
    zh: '这个命名空间收到过多少个 ping 请求。',
  },
  'net.echo_replies': {
    en: 'How many pings from this namespace were answered.',
    zh: '从这个命名空间发出的 ping，得到过多少次回复。',
  },
  'net.sysfs': {
    en: 'Which interfaces the /sys that it sees shows: those of the namespace in which /sys was mounted.',
    zh: '它看到的 /sys 列出哪些接口：挂载 /sys 的那个进程所在命名空间里的接口。',
  },
};
