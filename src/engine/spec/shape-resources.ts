/** OCI linux.resources: which values are sensible is for the kernel to say. */
import {z} from 'zod';
import {record, word} from './basics.ts';

/** Below the stage's group: no way up, no empty names. */
export const groupPath = word.refine(
  path => /^\/?[^/]+(\/[^/]+)*$/.test(path) && !path.split('/').some(s => /^\.\.?$/.test(s)),
  {
    params: {code: 'spec.cgroups-path'},
  },
);
const limit = z.int().min(-1);

/** "0-1,3", as in cpuset(7). */
const list = word.refine(text => /^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(text), {params: {code: 'spec.cpu-list'}});
const natural = z.int().min(0);
const rates = z.array(z.strictObject({major: natural, minor: natural, rate: natural})).optional();
/** A file of the group: no way out of its folder. */
const file = word.refine(name => /^[a-z0-9_]+(\.[A-Za-z0-9_]+)+$/.test(name), {params: {code: 'spec.cgroup-file'}});

export const resources = z.strictObject({
  cpu: z
    .strictObject({
      shares: natural.optional(),
      quota: limit.optional(),
      period: natural.optional(),
      burst: natural.optional(),
      idle: z.int().min(0).max(1).optional(),
      cpus: list.optional(),
      mems: list.optional(),
    })
    .optional(),
  memory: z
    .strictObject({
      limit: limit.optional(),
      swap: limit.optional(),
      reservation: limit.optional(),
      disableOOMKiller: z.boolean().optional(),
    })
    .optional(),
  pids: z.strictObject({limit: limit.optional()}).optional(),
  blockIO: z
    .strictObject({
      weight: z.int().min(10).max(1000).optional(),
      throttleReadBpsDevice: rates,
      throttleWriteBpsDevice: rates,
      throttleReadIOPSDevice: rates,
      throttleWriteIOPSDevice: rates,
    })
    .optional(),
  unified: record(file, word).optional(),
});
