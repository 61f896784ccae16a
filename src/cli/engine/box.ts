/** A container with the stage it stands on, from its making to the moment when nothing of it is left. */
import {closeSync, mkdirSync, openSync} from 'node:fs';
import path from 'node:path';
import {type Container, EngineError, type ExitStatus, openEngine, type Stage} from '../../engine/index.ts';
import {cannot} from './failure.ts';
import {startOf} from './records.ts';
import {OwnProcess} from './running.ts';
import type {BoxStatus, Job} from './types.ts';

const CONTROLLERS = ['cpu', 'memory', 'pids'];

/** With groups of its own where there may be some: then it can be paused and updated, and its use is counted. */
async function openStage(job: Job, open: (controllers: string[]) => Promise<Stage>): Promise<[Stage, boolean]> {
  try {
    return [await open(CONTROLLERS), true];
  } catch (error) {
    if (!(error instanceof EngineError) || !error.code.startsWith('cgroup.')) throw error;
    // Why those cannot be had that it asks for is the answer; the others are not missed.
    return [await open(job.controllers), job.controllers.length > 0];
  }
}

export class Box {
  readonly job: Job;
  readonly stage: Stage;
  readonly container: Container;
  readonly running: OwnProcess;
  /** It has a group: can be paused, updated, counted. */
  readonly grouped: boolean;
  private readonly started = new Date().toISOString();
  private readonly closeEngine: () => Promise<void>;
  private paused = false;
  /** Told what is done to it. */
  happened: (what: 'paused' | 'unpaused') => void = () => {};

  private constructor(job: Job, stage: Stage, container: Container, grouped: boolean, close: () => Promise<void>) {
    this.job = job;
    this.stage = stage;
    this.container = container;
    this.grouped = grouped;
    this.running = new OwnProcess(container);
    this.closeEngine = close;
  }

  /** Rejects with an EngineError; nothing is left then. */
  static async start(job: Job): Promise<Box> {
    const engine = await openEngine();
    try {
      const kind = job.realHost ? 'real-host' : 'private';
      const [stage, grouped] = await openStage(job, controllers => engine.stage({kind, controllers}));
      prepare(stage, job);
      const spec = withGroup(job, grouped);
      const container = await stage.run(job.id, spec);
      return new Box(job, stage, container, spec.linux?.cgroupsPath !== undefined, () => engine.close());
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  get status(): BoxStatus {
    const {state, pid} = this.container;
    return {state: this.paused && state === 'running' ? 'paused' : state, pid, started: this.started};
  }

  /** Freezes. Rejects where it is paused already, and without a group. */
  async pause(): Promise<void> {
    this.check('running');
    await this.container.pause();
    this.paused = true;
    this.happened('paused');
  }

  async unpause(): Promise<void> {
    this.check('paused');
    await this.container.resume();
    this.paused = false;
    this.happened('unpaused');
  }

  /** A signal for its first process; one that kills also reaches a frozen one. */
  async signal(signal: string | number): Promise<void> {
    this.container.signal(signal);
    const kills = signal === 9 || /^(SIG)?KILL$/i.test(String(signal));
    if (kills && this.paused) await this.unpause();
  }

  check(expected: 'running' | 'paused'): void {
    const {state} = this.status;
    if (state !== expected) throw cannot('state', {name: this.job.name, state, expected});
  }

  /** Its end: the status, and whether it only ended because the keeper was killed. */
  async ended(): Promise<{exit: ExitStatus; lost: boolean}> {
    const exit = await this.container.wait();
    return {exit, lost: startOf(this.stage.keeperPid) === undefined};
  }

  /** Kills what still runs and takes everything down. Safe to call twice. */
  close(): Promise<void> {
    return this.closeEngine();
  }
}

function withGroup({spec, id, asItIs}: Job, grouped: boolean): Job['spec'] {
  if (asItIs || !grouped || spec.linux?.cgroupsPath !== undefined) return spec;
  return {...spec, linux: {...spec.linux, cgroupsPath: id}};
}

/** What is mounted upon, in folders that the stage has for this container alone. */
function prepare(stage: Stage, {points}: Job): void {
  const base = `/proc/${stage.keeperPid}/root${stage.dir}`;
  if (points.length > 0) mkdirSync(path.join(base, 'points'), {recursive: true, mode: 0o755});
  for (const {at, file} of points) {
    const place = path.join(base, at);
    mkdirSync(file ? path.dirname(place) : place, {recursive: true, mode: 0o755});
    if (file) closeSync(openSync(place, 'a', 0o644));
  }
}
