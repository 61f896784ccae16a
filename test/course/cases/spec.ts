/** What of a container's specification is refused: one example for each code. */
import {HERE} from '../support/labs.ts';
import type {Case} from './case.ts';

/** Another key of `linux`, after its namespaces. */
const linux = (yaml: string): Pick<Case, 'from' | 'to'> => ({from: '{type: uts}]}', to: `{type: uts}], ${yaml}}`});
/** Another key of `process`, after its environment. */
const process = (yaml: string): Pick<Case, 'from' | 'to'> => ({from: '[LAB=sample]}', to: `[LAB=sample], ${yaml}}`});
/** Another key beside `linux`. */
const beside = (yaml: string): Pick<Case, 'from' | 'to'> => ({
  from: 'linux: {namespaces',
  to: `${yaml}\nlinux: {namespaces`,
});

export const SPEC: Case[] = [
  {code: 'spec.address', ...beside(`network: {mode: bridge, address: ${HERE}10.0.0.300}`)},
  {code: 'spec.address-within', ...beside(`network: {mode: bridge, subnet: 10.1.2.0/24, address: ${HERE}10.9.9.9}`)},
  {code: 'spec.subnet', ...beside(`network: {mode: bridge, subnet: ${HERE}10.0.0.0/33}`)},
  {
    code: 'spec.network-namespace',
    from: '[{type: uts}]}',
    to: `[{type: uts}, ${HERE}{type: network}]}\nnetwork: {mode: host}`,
  },
  {code: 'spec.only-with', ...beside(`network: {mode: none, nat: ${HERE}true}`)},
  {code: 'spec.below-root', ...linux(`maskedPaths: [${HERE}/a/../b]`)},
  {
    code: 'spec.capability',
    ...process(`capabilities: {bounding: [${HERE}CAP_EVERYTHING]}`),
    params: {path: 'process.capabilities.bounding[0]'},
  },
  {
    code: 'spec.capability-within',
    ...process(`capabilities: {permitted: [], effective: ${HERE}[CAP_KILL]}`),
    params: {path: 'process.capabilities.effective'},
  },
  {
    code: 'spec.mount-option',
    from: 'linux: {namespaces: [{type: uts}]}',
    to: `mounts: [{destination: /x, type: bind, source: /y, options: [bind, ${HERE}size=1m]}]\nlinux: {namespaces: [{type: uts}, {type: mount}]}`,
  },
  {code: 'spec.needs-root', ...linux(`devices: ${HERE}[{path: /dev/null, type: c, major: 1, minor: 3}]`)},
  {
    code: 'spec.syscall',
    ...linux(`seccomp: {defaultAction: SCMP_ACT_ALLOW, syscalls: [{names: [${HERE}opne], action: SCMP_ACT_ERRNO}]}`),
  },
  {code: 'spec.sysctl', ...linux(`sysctl: ${HERE}{kernel.panic: "1"}`)},
  {
    code: 'spec.twice',
    ...process(`rlimits: [{type: RLIMIT_CORE, soft: 0, hard: 0}, {type: ${HERE}RLIMIT_CORE, soft: 0, hard: 0}]`),
  },
  {code: 'spec.unsupported', ...linux(`intelRdt: ${HERE}{}`)},
  {code: 'spec.surrogate', from: '[LAB=sample]}', to: `[${HERE}"LAB=\\ud800"]}`},
  {code: 'spec.cpu-list', ...linux(`resources: {cpu: {cpus: ${HERE}"0-"}}`)},
  {code: 'spec.cgroup-file', ...linux(`resources: {unified: ${HERE}{../up: "1"}}`)},
];
