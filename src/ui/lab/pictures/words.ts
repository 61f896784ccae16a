/** Words of the pictures in the panel of both sides. */
import type {Lang} from '../../../course/index.ts';

export const pictureWords = {
  'picture.processes': {en: 'processes', zh: '进程'},
  'picture.topology': {en: 'network', zh: '网络'},
  'picture.layers': {en: 'layers', zh: '文件层'},
  'picture.cpu': {en: 'CPU', zh: 'CPU 占用'},
  'picture.facts': {en: 'facts', zh: '事实'},

  'processes.host': {en: 'HOST: the whole stage', zh: '宿主机：整个舞台'},
  'processes.own': {en: '{side}: its own pid ns', zh: '{side}：自己的 pid 命名空间'},
  'processes.shared': {en: "{side}: the host's pid ns", zh: '{side}：宿主机的 pid 命名空间'},
  'processes.none': {en: '{side} is not running', zh: '{side} 没有运行'},
  'processes.zombie': {en: 'ended, not waited for', zh: '已结束，未被回收'},
  'processes.stopped': {en: 'stopped', zh: '已暂停'},
  'processes.more': {en: '… and {count} more', zh: '……还有 {count} 个'},

  'topology.host': {en: 'HOST', zh: '宿主机'},
  'topology.down': {en: 'down', zh: '未启用'},
  'topology.bridge': {en: 'bridge', zh: '网桥'},
  'topology.end': {en: 'other end: {name}', zh: '另一端：{name}'},
  'topology.away': {en: 'other end: elsewhere', zh: '另一端：在别处'},
  'topology.empty': {en: 'no device', zh: '没有设备'},
  'topology.uses': {en: "{sides}: in the host's network", zh: '{sides}：使用宿主机的网络'},
  'topology.more': {en: '… and {count} more lines', zh: '……还有 {count} 行'},
} satisfies Record<string, Record<Lang, string>>;
