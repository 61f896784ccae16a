/** OCI process. */
import {z} from 'zod';
import {capabilityNumber} from '../facts/capabilities.ts';
import {rlimits} from '../flags.ts';
import {absolute, id, text, uint64} from './basics.ts';

const cells = z.int().min(1).max(65535);

const capabilities = z
  .array(text.refine(name => capabilityNumber(name) !== undefined, {params: {code: 'spec.capability'}}))
  .optional();

const rlimit = z.strictObject({
  type: text.refine(type => Object.hasOwn(rlimits, type), {
    params: {code: 'spec.value', expected: Object.keys(rlimits).join(' | ')},
  }),
  soft: uint64,
  hard: uint64,
});

const schedulerFlags = [
  'SCHED_FLAG_RESET_ON_FORK',
  'SCHED_FLAG_RECLAIM',
  'SCHED_FLAG_DL_OVERRUN',
  'SCHED_FLAG_KEEP_POLICY',
  'SCHED_FLAG_KEEP_PARAMS',
] as const;

const scheduler = z.strictObject({
  policy: z.enum(['SCHED_OTHER', 'SCHED_FIFO', 'SCHED_RR', 'SCHED_BATCH', 'SCHED_IDLE', 'SCHED_DEADLINE']),
  nice: z.int().min(-20).max(19).optional(),
  priority: z.int().min(0).max(99).optional(),
  flags: z.array(z.enum(schedulerFlags)).optional(),
  runtime: uint64.optional(),
  deadline: uint64.optional(),
  period: uint64.optional(),
});

export const processShape = z.strictObject({
  args: z.array(text).min(1),
  env: z.array(text.refine(s => s.indexOf('=') > 0, {params: {code: 'spec.env'}})).optional(),
  cwd: absolute.optional(),
  terminal: z.boolean().optional(),
  stdin: z.boolean().optional(),
  init: z.boolean().optional(),
  consoleSize: z.strictObject({height: cells, width: cells}).optional(),
  user: z
    .strictObject({
      uid: id,
      gid: id,
      additionalGids: z.array(id).max(65536).optional(),
      umask: z.int().min(0).max(0o777).optional(),
    })
    .optional(),
  capabilities: z
    .strictObject({
      bounding: capabilities,
      effective: capabilities,
      inheritable: capabilities,
      permitted: capabilities,
      ambient: capabilities,
    })
    .optional(),
  noNewPrivileges: z.boolean().optional(),
  rlimits: z.array(rlimit).optional(),
  oomScoreAdj: z.int().min(-1000).max(1000).optional(),
  scheduler: scheduler.optional(),
  ioPriority: z
    .strictObject({
      class: z.enum(['IOPRIO_CLASS_RT', 'IOPRIO_CLASS_BE', 'IOPRIO_CLASS_IDLE']),
      priority: z.int().min(0).max(7).optional(),
    })
    .optional(),
});
