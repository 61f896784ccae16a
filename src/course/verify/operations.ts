/** Mutants of the plan: each system call of a container's plan left out, one at a time. */
import type {MutatePlan, PlanLike} from '../../engine/index.ts';
import {play} from './mutants.ts';
import type {Bench} from './trial.ts';
import type {Mutant} from './types.ts';

interface Target {
  container: string;
  /** Which start of that container, from 0. */
  start: number;
  list: 'main' | 'child';
  index: number;
  call: string;
  purpose: string;
}

/**
 * What is there for every container, and what the lab cannot see: its terminal, its descriptors, its last breath, and the
 * detaching of its mounts (the stage's are private already).
 */
const PLUMBING = /^(process|terminal|stdio|sync)\.|^mount\.root\.propagation$/;

/** What puts a container into its own root: without it, its commands would write into the machine's. */
const ROOT = /^(root\.|mount\.overlay$)/;

/**
 * One task for each call. The lab is played once to learn which there are; pseudo operations (capital letters) are the
 * interpreter's own and no calls.
 */
export async function operationTasks(bench: Bench, seed: string): Promise<(() => Promise<Mutant>)[]> {
  const targets: Target[] = [];
  const starts = new Map<string, number>();
  const learn: MutatePlan = (plan, container) => {
    const start = starts.get(container) ?? 0;
    starts.set(container, start + 1);
    for (const list of ['main', 'child'] as const) {
      for (const [index, {call, purpose}] of (plan[list] ?? []).entries()) {
        if (/^[a-z]/.test(call)) targets.push({container, start, list, index, call, purpose});
      }
    }
    return plan;
  };
  await play(bench, {seed, mutate: learn});
  return targets.map(target => async () => {
    const {container, call, purpose} = target;
    const mutant = {
      container,
      kind: 'operation' as const,
      what: `${call} (${purpose})`,
      plumbing: PLUMBING.test(purpose),
    };
    if (ROOT.test(purpose)) return {...mutant, untried: true, noticed: []};
    return {...mutant, noticed: await play(bench, {seed, mutate: leaveOut(target)})};
  });
}

function leaveOut({container, start, list, index}: Target): MutatePlan {
  let starts = 0;
  return <P extends PlanLike>(plan: P, id: string): P => {
    if (id !== container || starts++ !== start) return plan;
    return {...plan, [list]: plan[list]?.filter((_, at) => at !== index)};
  };
}
