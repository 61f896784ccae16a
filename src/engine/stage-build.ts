/** Turns a keeper's process into a stage: the calls of the plan, and an ordinary user's maps in between. */
import {EngineError} from './errors.ts';
import {mapIds} from './idmap.ts';
import type {Keeper} from './keeper.ts';
import {encode} from './plan/encode.ts';
import {callFailed} from './plan/failure.ts';
import {journal} from './plan/journal.ts';
import {planStage, planStageBegin, planStageEnd, type StageInput} from './plan/stage.ts';
import type {Plan} from './plan/types.ts';
import type {Journal, JournalEntry} from './types.ts';

export interface Built {
  journal: Journal;
  /** setgroups(2) is possible on this stage. */
  mayGroups: boolean;
}

/** Rejects with 'call.failed': the call that the kernel refused, and all before it. */
export async function buildStage(keeper: Keeper, input: StageInput): Promise<Built> {
  const done: JournalEntry[] = [];
  const carryOut = async (plan: Plan): Promise<void> => {
    const {answer} = await keeper.run(encode(plan));
    const failed = callFailed(answer);
    if (failed) throw new EngineError({...failed, ...(failed.journal && {journal: [...done, ...failed.journal]})});
    done.push(...journal(answer));
  };
  const {user, kind} = input;
  if (!user || kind === 'real-host') {
    await carryOut(planStage(input));
    return {journal: done, mayGroups: !user};
  }
  await carryOut(planStageBegin(input));
  const unmapped = await mapIds(keeper.pid, user);
  await carryOut(planStageEnd(input, unmapped));
  return {journal: done, mayGroups: !unmapped.includes('gid')};
}
