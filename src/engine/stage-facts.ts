/** What the readers of facts may know about a stage (facts-context.ts), as the engine has it. */
import type {EngineContainer} from './container.ts';
import type {FactContext} from './facts-context.ts';
import type {Keeper} from './keeper.ts';
import {probeOf} from './probe.ts';

export function factContextOf(
  stage: FactContext['stage'],
  keeper: Keeper,
  containers: ReadonlyMap<string, EngineContainer>,
): FactContext {
  return {
    enginePid: process.pid,
    stage,
    containers: () =>
      [...containers.values()].flatMap(c =>
        c.state === 'creating' ? [] : [{id: c.id, pid: c.pid, state: c.state, spec: c.spec}],
      ),
    probe: probeOf(keeper),
  };
}
