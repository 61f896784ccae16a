/** What the readers of facts may know about a stage and do on it. They see nothing else of the engine. */
import type {StageGroups} from './cgroup/trees.ts';
import type {Plan} from './plan/types.ts';
import type {ContainerSpec, ContainerState, Journal} from './types.ts';

/** A container as the engine knows it; the kernel is asked for all the rest. */
export interface ContainerView {
  readonly id: string;
  /** Of its first process, in the machine's PID namespace. */
  readonly pid: number;
  readonly state: ContainerState;
  readonly spec: ContainerSpec;
}

/** What a probe brought back. */
export interface ProbeResult {
  /** The regions named in plan.out, by name. */
  out: Record<string, Buffer>;
  /** Result of each operation of main that named one (`as`), as the kernel gave it (negative: -errno, tolerated). */
  results: Record<string, bigint>;
  journal: Journal;
}

export interface FactContext {
  /** PID of the engine's own process (Node): what the host's `pstree` shows above the keeper. */
  readonly enginePid: number;
  readonly stage: {
    readonly id: string;
    readonly kind: 'private' | 'real-host';
    readonly dir: string;
    readonly keeperPid: number;
    /** The stage's own cgroups, where it has any. */
    readonly groups?: StageGroups | undefined;
  };
  /** Containers that were created and not yet removed, oldest first. */
  containers(): readonly ContainerView[];
  /**
   * Carries out a plan in the keeper, on the stage: for what only a process inside a namespace sees. The keeper runs one
   * plan at a time; a plan that changes the keeper's namespaces must change them back in `final`.
   * Rejects with an EngineError: 'call.failed' at the first failure that is not tolerated, 'keeper.lost'.
   */
  probe(plan: Plan): Promise<ProbeResult>;
}
