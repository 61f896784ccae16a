/** What is remembered of a learner, version 1, and how two memories of the same lab become one. */
import {z} from 'zod';

const labSchema = z.object({
  /** Step id -> how it was finished. */
  steps: z.record(z.string(), z.enum(['done', 'skipped'])),
  /** Where the learner left. */
  current: z.string().nullable(),
  checks: z.array(z.string()),
  /** Prediction id -> whether the first answer was right. */
  predictions: z.record(z.string(), z.boolean()),
  /** How many predictions the lab asks. */
  predictionsTotal: z.number().int().nonnegative(),
  /** ISO time of the first time it was finished. */
  done: z.string().nullable(),
  /** ISO time. */
  lastSeen: z.string(),
});

export const progressSchema = z.object({version: z.literal(1), labs: z.record(z.string(), labSchema)});

export type LabProgress = z.infer<typeof labSchema>;
export type Progress = z.infer<typeof progressSchema>;

export const emptyProgress: Progress = {version: 1, labs: {}};

/** A lab nobody has touched. */
export function emptyLab(lastSeen: string): LabProgress {
  return {
    steps: {},
    current: null,
    checks: [],
    predictions: {},
    predictionsTotal: 0,
    done: null,
    lastSeen,
  };
}

/**
 * Both together, for sessions that run at the same time: nothing that was reached is lost, a prediction's first answer
 * stays, and the later one says where the learner is.
 */
export function mergeLab(old: LabProgress | undefined, fresh: LabProgress): LabProgress {
  if (!old) return fresh;
  const later = fresh.lastSeen >= old.lastSeen ? fresh : old;
  const steps = {...old.steps};
  for (const [id, how] of Object.entries(fresh.steps)) if (steps[id] !== 'done') steps[id] = how;
  return {
    steps,
    current: later.current,
    checks: [...new Set([...old.checks, ...fresh.checks])],
    predictions: {...fresh.predictions, ...old.predictions},
    predictionsTotal: later.predictionsTotal,
    done: old.done ?? fresh.done,
    lastSeen: later.lastSeen,
  };
}

/** Id of the unfinished lab that was left last, where there is one. */
export function lastLeft({labs}: Progress): string | undefined {
  const open = Object.entries(labs).filter(([, {done, current}]) => done === null && current !== null);
  return open.sort(([, a], [, b]) => (a.lastSeen < b.lastSeen ? 1 : -1))[0]?.[0];
}
