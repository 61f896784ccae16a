/** What `glassbox engine events` says. */
import type {WordTable} from '../../course/index.ts';

export const engineEventWords: WordTable = {
  'engine.cmd.events': {
    en: 'tell what happens to containers, from now on, until Ctrl-C',
    zh: '从现在起报告容器发生的事，按 Ctrl-C 结束',
  },
  'engine.event.listening': {
    en: 'Listening to containers; Ctrl-C ends.',
    zh: '正在监听容器的事件；按 Ctrl-C 结束。',
  },
  'engine.event.created': {en: 'created', zh: '已创建'},
  'engine.event.started': {en: 'started', zh: '已启动'},
  'engine.event.exec': {en: 'exec', zh: '执行'},
  'engine.event.paused': {en: 'paused', zh: '已暂停'},
  'engine.event.unpaused': {en: 'unpaused', zh: '已继续'},
  'engine.event.oom': {en: 'oom', zh: '内存不足'},
  'engine.event.died': {en: 'died', zh: '已结束'},
  'engine.event.removed': {en: 'removed', zh: '已删除'},
  'engine.event.pid': {en: 'PID {pid}', zh: 'PID {pid}'},
  'engine.event.kills': {en: 'killed so far: {kills}', zh: '至今杀死 {kills} 个'},
  'engine.event.status': {en: 'status {status}', zh: '状态 {status}'},
  'engine.event.lost': {en: 'killed from outside', zh: '被外部杀死'},
};
