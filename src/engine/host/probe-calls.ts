/** Asks the kernel itself whether a filter lets a call through. */
import {EngineError} from '../errors.ts';
import {runPlan} from '../library.ts';

/** unshare(2) of a flag that it does not have: EINVAL from a kernel, something else from a filter. Nothing is unshared. */
export async function probeCalls(): Promise<{call: string; passes: boolean}[]> {
  const call = 'unshare';
  try {
    runPlan({fds: [], main: [{call, args: [1], purpose: 'stage.unshare'}]});
    return [{call, passes: true}];
  } catch (error) {
    // Not compiled yet, or of another machine: what is not known is not said.
    if (!(error instanceof EngineError) || error.info.code !== 'call.failed') return [];
    return [{call, passes: error.info.params.errno === 'EINVAL'}];
  }
}
