/** Looks from inside: plans that readers of facts have the keeper carry out. */
import {EngineError} from './errors.ts';
import type {FactContext} from './facts-context.ts';
import type {Keeper} from './keeper.ts';
import {readOut} from './plan/answer.ts';
import {type EncodedPlan, encode} from './plan/encode.ts';
import {callFailed} from './plan/failure.ts';
import {journal} from './plan/journal.ts';
import type {Plan} from './plan/types.ts';

const encoded = new WeakMap<Plan, EncodedPlan>();

function encodedOnce(plan: Plan): EncodedPlan {
  const known = encoded.get(plan) ?? encode(plan);
  encoded.set(plan, known);
  return known;
}

/** FactContext.probe of a keeper. A plan that is given again must not have changed. */
export function probeOf(keeper: Keeper): FactContext['probe'] {
  return async plan => {
    const {answer} = await keeper.run(encodedOnce(plan));
    const failed = callFailed(answer);
    if (failed) throw new EngineError(failed);
    return {
      ...readOut(answer),
      get journal() {
        return journal(answer);
      },
    };
  };
}
