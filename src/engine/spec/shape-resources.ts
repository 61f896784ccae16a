/** OCI linux.resources: which values are sensible is for the kernel to say. */
import {z} from 'zod';
import {word} from './basics.ts';

/** Below the stage's group: no way up, no empty names. */
export const groupPath = word.refine(
  path => /^\/?[^/]+(\/[^/]+)*$/.test(path) && !path.split('/').some(s => /^\.\.?$/.test(s)),
  {
    params: {code: 'spec.cgroups-path'},
  },
);
const limit = z.int().min(-1);

export const resources = z.strictObject({
  cpu: z
    .strictObject({shares: z.int().min(0).optional(), quota: limit.optional(), period: z.int().min(0).optional()})
    .optional(),
  memory: z.strictObject({limit: limit.optional()}).optional(),
  pids: z.strictObject({limit: limit.optional()}).optional(),
});
