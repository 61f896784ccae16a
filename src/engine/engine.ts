/** The engine: stages, and what is known about this host. */
import {hostReport, type ReportOptions} from './host/report.ts';
import {EngineStage} from './stage.ts';
import {type SweepResult, sweepAll} from './sweep.ts';
import type {HostReport, Stage, StageOptions} from './types.ts';

export interface Engine {
  /** Opens a stage. Rejects with an EngineError; nothing is left behind then. */
  stage(options?: StageOptions): Promise<Stage>;
  /** What this kernel and this user can do. Changes nothing. */
  doctor(options?: ReportOptions): Promise<HostReport>;
  /** Removes what sessions left that were killed together with their keepers. Sessions that live are not touched. */
  sweep(): Promise<SweepResult>;
  /** Closes all stages. Safe to call twice. */
  close(): Promise<void>;
}

class LiveEngine implements Engine {
  private readonly stages = new Set<EngineStage>();
  private swept: Promise<SweepResult> | undefined;

  async stage(options?: StageOptions): Promise<Stage> {
    this.swept ??= sweepAll();
    await this.swept;
    const stage = await EngineStage.open(options);
    this.stages.add(stage);
    return stage;
  }

  doctor(options?: ReportOptions): Promise<HostReport> {
    return hostReport(options);
  }

  sweep(): Promise<SweepResult> {
    this.swept = sweepAll();
    return this.swept;
  }

  async close(): Promise<void> {
    await Promise.all([...this.stages].map(stage => stage.close()));
  }
}

/** An engine. Touches nothing yet: its first stage sweeps what killed sessions left. */
export function createEngine(): Engine {
  return new LiveEngine();
}
