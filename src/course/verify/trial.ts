/** One trial: a lab played on a stage of its own, by nobody, with every surprise written down. */
import type {ContainerSpec, Engine, MutatePlan} from '../../engine/index.ts';
import type {EventBody} from '../events.ts';
import type {ContainerBlock, Lab} from '../lab.ts';
import {containersOf, type LabConditions} from '../session/conditions.ts';
import {infoOf} from '../session/errors.ts';
import type {Leftovers} from '../session/leftovers.ts';
import {Play} from '../session/play.ts';
import {Scene} from '../session/scene.ts';
import {drawVars} from '../session/seed.ts';

export interface Bench {
  engine: Engine;
  lab: Lab;
  conditions: LabConditions;
  leftovers: Leftovers;
  /** A command of the lab that takes longer hangs. */
  commandMs: number;
}

export interface TrialOptions {
  seed: string;
  env?: Record<string, string>;
  change?: (block: ContainerBlock, spec: ContainerSpec) => {spec: ContainerSpec; without?: string};
  mutate?: MutatePlan;
}

export interface Surprise {
  kind: 'run' | 'error';
  /** Run block's id or side, code of the error. */
  of: string;
  came: string;
}

export interface Trial {
  play: Play;
  seed: string;
  /** Grows while the trial runs. */
  surprises: Surprise[];
}

/**
 * Opens a stage, does `work` there, and closes it whatever happens.
 * @throws what `work` throws; EngineError where there is no stage
 */
export async function trial<T>(bench: Bench, options: TrialOptions, work: (trial: Trial) => Promise<T>): Promise<T> {
  const {engine, lab, conditions, leftovers, commandMs} = bench;
  const surprises: Surprise[] = [];
  const emit = (body: EventBody) => {
    const surprise = surpriseOf(body);
    if (surprise) surprises.push(surprise);
    if (body.type === 'container-started') leftovers.process(body.pid);
  };
  const {seed, env = {}, change, mutate} = options;
  const scene = await Scene.open(
    engine,
    {
      kind: 'private',
      containers: containersOf(lab),
      ...(lab.requires.controllers ? {controllers: lab.requires.controllers} : {}),
      env,
      ...(mutate ? {mutate} : {}),
      onStage: stage => {
        leftovers.stage(stage.id);
        leftovers.process(stage.keeperPid);
      },
    },
    emit,
  );
  try {
    const vars = drawVars(lab.vars, seed);
    const play = new Play(scene, {lab, vars, conditions, emit, timeoutMs: commandMs, ...(change ? {change} : {})});
    return await work({play, seed, surprises});
  } finally {
    for (const pid of scene.pids) leftovers.process(pid);
    await scene.close();
  }
}

/** Runs `work` and writes an error down as a surprise, where an error is a result and not an end. */
export async function attempt(surprises: Surprise[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const {code, params} = infoOf(error);
    surprises.push({kind: 'error', of: code, came: JSON.stringify(params)});
  }
}

function surpriseOf(body: EventBody): Surprise | undefined {
  if (body.type === 'command-unexpected') {
    return {kind: 'run', of: body.run ?? body.side, came: `${body.command}: ${body.status ?? '–'}, ${body.expected}`};
  }
  if (body.type === 'error') return {kind: 'error', of: body.error.code, came: JSON.stringify(body.error.params)};
  return undefined;
}
