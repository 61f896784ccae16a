/** Who the process is, what it is given, how it ends. */
import {type Case, pts, spec, tighter} from './spec.ts';

export const processes: Case[] = [
  {
    name: 'the usual container',
    spec: spec(),
    shows: {'ns.pid': 'new', pid: '1', ppid: '0', 'status.CapEff': '00000000880425fb'},
  },
  {
    name: 'arguments and environment',
    spec: spec({process: {args: ['/bin/probe', 'a b', '', '*'], env: ['A=1 2', 'HOME=/', 'PATH=/bin', 'B=']}}),
    shows: {'arg.1': 'a b', 'env.0': 'A=1 2'},
  },
  {
    name: 'a program looked for in PATH',
    spec: spec({process: {args: ['probe'], env: ['PATH=/sbin:/bin', 'HOME=/']}}),
    shows: {'arg.0': 'probe'},
  },
  {name: 'a working directory', spec: spec({process: {cwd: '/data/sub'}}), shows: {cwd: '/data/sub'}},
  {
    name: 'a user and a group',
    spec: spec({process: {user: {uid: 1000, gid: 100}}}),
    shows: {uid: '1000 1000 1000', gid: '100 100 100', groups: ''},
  },
  {
    name: 'further groups',
    spec: spec({process: {user: {uid: 7, gid: 8, additionalGids: [30, 10, 20]}}}),
    shows: {groups: '10 20 30 '},
  },
  {name: 'umask', spec: spec({process: {user: {uid: 0, gid: 0, umask: 0o027}}}), shows: {umask: '0027'}},
  {name: 'host name', spec: spec({rest: {hostname: 'comparison'}}), shows: {hostname: 'comparison'}},
  {name: 'domain name', spec: spec({rest: {domainname: 'lab.example'}}), shows: {domainname: 'lab.example'}},
  {
    name: 'limits',
    spec: spec({
      process: {
        rlimits: [
          {type: 'RLIMIT_NOFILE', soft: 64, hard: 128},
          {type: 'RLIMIT_CORE', soft: 0, hard: 0},
          {type: 'RLIMIT_CPU', soft: 100, hard: 200},
        ],
      },
    }),
    shows: {'limit.NOFILE': '64 128', 'limit.CPU': '100 200'},
  },
  {name: 'score for the OOM killer', spec: spec({process: {oomScoreAdj: 321}}), shows: {'oom_score_adj.0': '321'}},
  {name: 'no new privileges', spec: spec({process: {noNewPrivileges: true}}), shows: {'status.NoNewPrivs': '1'}},
  {name: 'exit status', spec: spec({process: {args: ['/bin/probe', 'exit', '37']}}), shows: {}, code: 37},
  {
    name: 'killed by a signal',
    spec: spec({without: ['pid'], process: {args: ['/bin/probe', 'signal', '10']}}),
    shows: {'ns.pid': 'outer'},
    code: 138,
  },
  {
    name: 'a terminal and its size',
    spec: spec({mounts: [pts], process: {terminal: true, consoleSize: {height: 33, width: 101}}}),
    shows: {'fd.0': '020000 terminal 101x33 0620 0:0 /dev/pts/0 foreground 1'},
    differs: {'mount /dev/console': tighter},
  },
  {
    name: 'a terminal of another user',
    spec: spec({
      mounts: [pts],
      process: {terminal: true, consoleSize: {height: 24, width: 80}, user: {uid: 1000, gid: 1000}},
    }),
    shows: {'fd.0': '020000 terminal 80x24 0620 1000:0 /dev/pts/0 foreground 1'},
    differs: {'mount /dev/console': tighter},
  },
  {
    name: 'personality',
    spec: spec({linux: {personality: {domain: 'LINUX32'}}}),
    shows: {personality: '8', machine: 'i686'},
  },
  {
    name: 'scheduler',
    spec: spec({process: {scheduler: {policy: 'SCHED_BATCH', nice: 5}}}),
    shows: {scheduler: '3 0', nice: '5'},
    since: [1, 9],
  },
  {
    name: 'priority of input and output',
    spec: spec({process: {ioPriority: {class: 'IOPRIO_CLASS_BE', priority: 6}}}),
    shows: {ioprio: String((2 << 13) | 6)},
    since: [1, 9],
  },
];
