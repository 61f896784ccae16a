/** What the screens load besides labs: a host and a list, as small as they can be. */
import type {Checkup} from '../../../src/course/index.ts';
import type {HomeLab} from '../../../src/ui/index.tsx';
import {smallLab} from './lab.ts';

export const report: Checkup = {
  kernel: '6.1.0-18-amd64',
  arch: 'x64',
  root: true,
  mapped: false,
  namespaces: {pid: true, network: true, mount: true, ipc: true, uts: true, user: true, cgroup: true, time: true},
  cgroup: 'v2',
  controllers: [],
  filesystems: [],
  findings: [
    {id: 'kernel', ok: 'yes', found: '6.1.0', meaning: 'host.kernel.ok', params: {need: '5.9'}, labs: 'all'},
    {
      id: 'tool.pstree',
      ok: 'no',
      found: '',
      meaning: 'host.tool.pstree',
      params: {command: 'apt-get install psmisc'},
      cure: 'host.cure.install',
      labs: ['01', '03'],
    },
  ],
  labs: [
    {number: '01', id: 'uts', title: {en: 'UTS namespace', zh: 'UTS 命名空间'}, runs: 'mapped', unmet: []},
    {
      number: '03',
      id: 'pid',
      title: {en: 'PID namespace', zh: 'PID 命名空间'},
      runs: 'no',
      unmet: [
        {
          code: 'host.unmet.tool',
          params: {tool: 'pstree', command: 'apt-get install psmisc'},
          cure: 'host.cure.install',
        },
      ],
    },
  ],
};

export function homeLabs(): HomeLab[] {
  const {number, id, title, question, minutes} = smallLab();
  return [
    {number, id, title, question, minutes, progress: {step: 'end', index: 2, of: 2, done: false}, unmet: []},
    {
      number: '02',
      id: 'ipc',
      title: {en: 'IPC namespace', zh: 'IPC 命名空间'},
      question: {en: 'Who can see my queue?', zh: '谁看得到我的消息队列？'},
      minutes: 8,
      unmet: [{en: 'the program `ipcs` is missing', zh: '缺少程序 `ipcs`'}],
    },
  ];
}
