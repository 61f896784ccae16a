/** Looks from inside: plans that readers of facts have the keeper carry out. */
import {EngineError} from './errors.ts';
import type {FactContext} from './facts-context.ts';
import type {Keeper} from './keeper.ts';
import {readOut} from './plan/answer.ts';
import {encode} from './plan/encode.ts';
import {callFailed} from './plan/failure.ts';
import {journal} from './plan/journal.ts';

/** FactContext.probe of a keeper. */
export function probeOf(keeper: Keeper): FactContext['probe'] {
  return async plan => {
    const {answer} = await keeper.run(encode(plan));
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
