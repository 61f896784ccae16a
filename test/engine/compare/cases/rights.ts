/** Capabilities and filters. */
import {type Case, errno, set, spec} from './spec.ts';

export const rights: Case[] = [
  {
    name: 'no capabilities',
    spec: spec({process: {capabilities: {}}}),
    shows: {'status.CapEff': '0000000000000000', 'status.CapBnd': '0000000000000000', chown: 'EPERM', chroot: 'EPERM'},
  },
  {
    name: 'five sets, each its own',
    spec: spec({
      process: {
        user: {uid: 1000, gid: 1000},
        capabilities: {
          bounding: ['CAP_CHOWN', 'CAP_KILL', 'CAP_NET_RAW'],
          permitted: ['CAP_CHOWN', 'CAP_KILL'],
          inheritable: ['CAP_CHOWN'],
          effective: ['CAP_CHOWN'],
          ambient: ['CAP_CHOWN'],
        },
      },
    }),
    shows: {
      'status.CapAmb': '0000000000000001',
      'status.CapPrm': '0000000000000001',
      'status.CapBnd': '0000000000002021',
    },
  },
  {
    name: 'capabilities of a user who is not root',
    spec: spec({process: {user: {uid: 1000, gid: 1000}}}),
    shows: {'status.CapEff': '0000000000000000'},
  },
  {
    name: 'CAP_SYS_ADMIN alone',
    spec: spec({process: {capabilities: set('CAP_SYS_ADMIN')}}),
    shows: {namespace: 'ok', chown: 'EPERM'},
  },
  {
    name: 'a filter with an errno',
    spec: spec({
      linux: {
        seccomp: {
          defaultAction: 'SCMP_ACT_ALLOW',
          syscalls: [
            {names: ['mkdir', 'mkdirat'], action: 'SCMP_ACT_ERRNO', errnoRet: errno('EMLINK')},
            {names: ['chroot'], action: 'SCMP_ACT_ERRNO'},
          ],
        },
      },
    }),
    shows: {'mkdir /tmp/x': 'EMLINK', chroot: 'EPERM', 'status.Seccomp': '2'},
  },
  {
    name: 'a filter on an argument',
    spec: spec({
      linux: {
        seccomp: {
          defaultAction: 'SCMP_ACT_ALLOW',
          syscalls: [
            {
              names: ['socket'],
              action: 'SCMP_ACT_ERRNO',
              errnoRet: errno('EAFNOSUPPORT'),
              args: [{index: 0, value: 16, op: 'SCMP_CMP_EQ'}],
            },
          ],
        },
      },
    }),
    shows: {'socket netlink': 'EAFNOSUPPORT', 'socket unix': 'ok'},
  },
  {
    name: 'a filter on bits of an argument',
    spec: spec({
      process: {capabilities: set('CAP_SYS_ADMIN')},
      linux: {
        seccomp: {
          defaultAction: 'SCMP_ACT_ALLOW',
          syscalls: [
            {
              names: ['unshare'],
              action: 'SCMP_ACT_ERRNO',
              errnoRet: errno('ENOSYS'),
              args: [{index: 0, value: 0x04000000, valueTwo: 0x04000000, op: 'SCMP_CMP_MASKED_EQ'}],
            },
          ],
        },
      },
    }),
    shows: {namespace: 'ENOSYS'},
  },
  {
    name: 'a filter that kills',
    spec: spec({
      without: ['pid'],
      linux: {
        seccomp: {defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{names: ['pause'], action: 'SCMP_ACT_KILL_PROCESS'}]},
      },
      process: {args: ['/bin/probe', 'wait']},
    }),
    shows: {},
    code: 159,
  },
  {
    name: 'a filter for one without new privileges',
    spec: spec({
      process: {noNewPrivileges: true, user: {uid: 1000, gid: 1000}},
      linux: {
        seccomp: {
          defaultAction: 'SCMP_ACT_ALLOW',
          syscalls: [{names: ['getcpu'], action: 'SCMP_ACT_ERRNO', errnoRet: errno('ENOTTY')}],
        },
      },
    }),
    shows: {getcpu: 'ENOTTY', 'status.NoNewPrivs': '1'},
  },
];
