/** Networks: what the engine refuses, and what the calls are for that wire a container. */
import type {WordTable} from './say.ts';

export const networkErrors: WordTable = {
  'network.address': {
    en: 'A container in the network {subnet} cannot have the address {address}: the first one is the bridge’s, and the ends are not for anybody. Choose another one of that network, or another subnet.',
    zh: '网络 {subnet} 里的容器不能用地址 {address}：第一个地址属于网桥，首尾两个不能分给任何人。请在这个网络里另选一个，或换一个 subnet。',
  },
  'network.address-taken': {
    en: 'The address {address} is already that of "{by}". Choose another one, or leave network.address out.',
    zh: '地址 {address} 已经被“{by}”占用。请另选一个，或去掉 network.address。',
  },
  'network.full': {
    en: 'Every address of the network {subnet} is taken. Remove a container, or choose a larger network.subnet.',
    zh: '网络 {subnet} 的地址已经用完。请移除一个容器，或换一个更大的 network.subnet。',
  },
  'network.no-container': {
    en: 'There is no container "{name}" whose network could be shared (its state: {state}). It has to be there before, and to run.',
    zh: '没有可以共享网络的容器“{name}”（状态：{state}）。它必须已经存在，并且在运行。',
  },
  'network.no-forward': {
    en: 'On this machine packets are not passed on, so network.nat would have no effect, and this setting is the machine’s: as root, `sysctl net.ipv4.ip_forward=1`, or use the private stage.',
    zh: '这台机器不转发数据包，network.nat 不会起作用，而这个设置属于整台机器：请以 root 执行 `sysctl net.ipv4.ip_forward=1`，或改用私有舞台。',
  },
  'network.no-nat': {
    en: 'This kernel cannot do network.nat: it answers {errno} to nf_tables. As root: `modprobe -a nf_tables nft_chain_nat nft_masq`; or leave network.nat out.',
    zh: '这个内核做不了 network.nat：对 nf_tables 的请求回答 {errno}。请以 root 执行 `modprobe -a nf_tables nft_chain_nat nft_masq`，或去掉 network.nat。',
  },
  'network.no-subnet': {
    en: 'All subnets that a bridge could be given are in use here. Name one that is free in network.subnet.',
    zh: '可以分给网桥的子网在这里都已被占用。请在 network.subnet 里写一个空闲的。',
  },
  'network.taken': {
    en: 'The subnet {subnet} is in use here: {with}. Choose another network.subnet, or leave it out.',
    zh: '子网 {subnet} 在这里已被占用：{with}。请换一个 network.subnet，或去掉它。',
  },
  'network.unseen': {
    en: 'There are too many devices, addresses or routes here to see which subnet is free. Use the private stage.',
    zh: '这里的设备、地址或路由太多，看不出哪个子网空闲。请改用私有舞台。',
  },
};

export const networkSpecErrors: WordTable = {
  'spec.address': {
    en: '{path} must be a private IPv4 address such as 10.20.0.7; it is {got}.',
    zh: '{path} 必须是私有的 IPv4 地址，例如 10.20.0.7，而这里是 {got}。',
  },
  'spec.address-within': {
    en: '{path} is {got}, which no container in {expected} can have: the first address is the bridge’s, and the ends are not for anybody.',
    zh: '{path} 是 {got}，而 {expected} 里的容器不能用它：第一个地址属于网桥，首尾两个不能分给任何人。',
  },
  'spec.network-namespace': {
    en: '{path} names a network namespace, but network.mode "{mode}" says which one it is. Remove one of the two.',
    zh: '{path} 指定了网络命名空间，而 network.mode“{mode}”已经说明用哪一个。请去掉其中之一。',
  },
  'spec.subnet': {
    en: '{path} must be a private IPv4 subnet such as 10.20.0.0/24 (RFC 1918 or 100.64.0.0/10, at most /30, nothing beyond the prefix); it is {got}.',
    zh: '{path} 必须是私有的 IPv4 子网，例如 10.20.0.0/24（RFC 1918 或 100.64.0.0/10，前缀不超过 /30，前缀之后全为 0），而这里是 {got}。',
  },
};

/** Keys: purposes of the journal. */
export const networkPurposes: WordTable = {
  'network.address': {
    en: 'gives eth0 its address; the route to its subnet comes with it: rtnetlink(7), RTM_NEWADDR',
    zh: '给 eth0 地址，到本子网的路由随之而来：rtnetlink(7)，RTM_NEWADDR',
  },
  'network.bridge': {
    en: 'a switch made of software, unless it is there already: rtnetlink(7), RTM_NEWLINK',
    zh: '软件交换机（网桥），已经有了就保留：rtnetlink(7)，RTM_NEWLINK',
  },
  'network.forward': {
    en: 'the stage passes packets on between its devices, a setting of its network namespace: ip_forward, proc_sys_net(5)',
    zh: '让舞台在自己的设备之间转发数据包，这是它的网络命名空间自己的设置：ip_forward，proc_sys_net(5)',
  },
  'network.gateway': {
    en: 'gives the bridge the first address of the subnet: rtnetlink(7), RTM_NEWADDR',
    zh: '给网桥子网的第一个地址：rtnetlink(7)，RTM_NEWADDR',
  },
  'network.index': {
    en: 'asks for the number by which the kernel knows the device: netdevice(7)',
    zh: '询问内核给这个设备的编号：netdevice(7)',
  },
  'network.loopback': {
    en: 'switches on the loopback device, which is down in a new network namespace: rtnetlink(7), RTM_NEWLINK',
    zh: '启用回环设备，它在新的网络命名空间里是关闭的：rtnetlink(7)，RTM_NEWLINK',
  },
  'network.namespace': {
    en: 'opens the new network namespace, so that a device can be put there: network_namespaces(7)',
    zh: '打开新的网络命名空间，以便把设备放进去：network_namespaces(7)',
  },
  'network.nat': {
    en: 'what leaves the network gets the stage’s address: netlink(7) to nf_tables, as nft(8) does',
    zh: '离开这个网络的数据包换成舞台的地址：用 netlink(7) 告诉 nf_tables，与 nft(8) 相同',
  },
  'network.pair': {
    en: 'a cable: one end in the bridge, the other one is eth0 inside: veth(4), RTM_NEWLINK',
    zh: '一根网线：一端接在网桥上，另一端就是容器里的 eth0：veth(4)，RTM_NEWLINK',
  },
  'network.route': {
    en: 'all that is not in the subnet goes to the bridge: rtnetlink(7), RTM_NEWROUTE',
    zh: '不在本子网的都交给网桥：rtnetlink(7)，RTM_NEWROUTE',
  },
  'network.undo': {
    en: 'removes the cable, and what nobody uses any more: rtnetlink(7), RTM_DELLINK',
    zh: '拆掉网线，以及没有人再用的东西：rtnetlink(7)，RTM_DELLINK',
  },
  'network.undo-forward': {
    en: 'puts ip_forward back to what it was: proc_sys_net(5)',
    zh: '把 ip_forward 恢复原样：proc_sys_net(5)',
  },
  'network.up': {en: 'switches on eth0: rtnetlink(7), RTM_NEWLINK', zh: '启用 eth0：rtnetlink(7)，RTM_NEWLINK'},
  'undo.network': {
    en: 'removes the session’s bridges and its table: rtnetlink(7)',
    zh: '移除本次会话的网桥和表：rtnetlink(7)',
  },
};
