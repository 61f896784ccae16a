/** OCI linux. */
import {z} from 'zod';
import {architectures, isCall} from '../seccomp/table.ts';
import {absolute, below, id, record, text, uint64} from './basics.ts';
import {groupPath, resources} from './shape-resources.ts';
import {isSysctl} from './sysctl.ts';

const namespaceTypes = ['pid', 'network', 'mount', 'ipc', 'uts', 'user', 'cgroup', 'time'] as const;

const mapping = z.strictObject({
  containerID: id,
  hostID: id,
  size: z
    .int()
    .min(1)
    .max(2 ** 32 - 1),
});

/** dev_t of the kernel: 12 bits and 20. */
const device = z.strictObject({
  type: z.enum(['c', 'u', 'b', 'p']),
  path: below,
  major: z.int().min(0).max(0xfff).optional(),
  minor: z.int().min(0).max(0xfffff).optional(),
  fileMode: z.int().min(0).max(0o7777).optional(),
  uid: id.optional(),
  gid: id.optional(),
});

const action = z.enum([
  'SCMP_ACT_KILL',
  'SCMP_ACT_KILL_PROCESS',
  'SCMP_ACT_KILL_THREAD',
  'SCMP_ACT_TRAP',
  'SCMP_ACT_ERRNO',
  'SCMP_ACT_TRACE',
  'SCMP_ACT_LOG',
  'SCMP_ACT_ALLOW',
]);
/** MAX_ERRNO of the kernel. */
const errno = z.int().min(0).max(4095);

const rule = z.strictObject({
  names: z.array(text.refine(isCall, {params: {code: 'spec.syscall'}})).min(1),
  action,
  errnoRet: errno.optional(),
  args: z
    .array(
      z.strictObject({
        index: z.int().min(0).max(5),
        value: uint64,
        valueTwo: uint64.optional(),
        op: z.enum([
          'SCMP_CMP_NE',
          'SCMP_CMP_LT',
          'SCMP_CMP_LE',
          'SCMP_CMP_EQ',
          'SCMP_CMP_GE',
          'SCMP_CMP_GT',
          'SCMP_CMP_MASKED_EQ',
        ]),
      }),
    )
    .optional(),
});

const seccomp = z.strictObject({
  defaultAction: action,
  defaultErrnoRet: errno.optional(),
  architectures: z.array(z.enum(architectures)).optional(),
  flags: z
    .array(z.enum(['SECCOMP_FILTER_FLAG_TSYNC', 'SECCOMP_FILTER_FLAG_LOG', 'SECCOMP_FILTER_FLAG_SPEC_ALLOW']))
    .optional(),
  syscalls: z.array(rule).optional(),
});

const offset = z.strictObject({
  secs: z.int().optional(),
  nanosecs: z.int().min(0).max(999_999_999).optional(),
});

export const linuxShape = z.strictObject({
  namespaces: z.array(z.strictObject({type: z.enum(namespaceTypes), path: absolute.optional()})).optional(),
  // The kernel takes 340 lines, and one page of text in one write.
  uidMappings: z.array(mapping).max(340).optional(),
  gidMappings: z.array(mapping).max(340).optional(),
  rootfsPropagation: z.enum(['private', 'slave', 'shared', 'unbindable']).optional(),
  cgroupsPath: groupPath.optional(),
  resources: resources.optional(),
  devices: z.array(device).optional(),
  defaultDevices: z.boolean().optional(),
  maskedPaths: z.array(below).optional(),
  readonlyPaths: z.array(below).optional(),
  sysctl: record(text.refine(isSysctl, {params: {code: 'spec.sysctl'}}), text).optional(),
  seccomp: seccomp.optional(),
  personality: z.strictObject({domain: z.enum(['LINUX', 'LINUX32'])}).optional(),
  timeOffsets: z.strictObject({monotonic: offset.optional(), boottime: offset.optional()}).optional(),
});
