/** What a flag is for: the same lab to the same point on a second stage with the flag left out, both results side by side. */
import type {Engine, JournalEntry} from '../../engine/index.ts';
import type {AblationRow, EventBody, Verdict} from '../events.ts';
import type {Lab, Step} from '../lab.ts';
import {patience} from '../patience.ts';
import {containersOf, type LabConditions} from './conditions.ts';
import {infoOf} from './errors.ts';
import {Play} from './play.ts';
import {Scene, type SceneOptions} from './scene.ts';
import type {Emit} from './stream.ts';
import {lookUp} from './substitute.ts';
import type {StepWalk} from './walk.ts';
import {withoutNamespace} from './without.ts';

export {withoutNamespace};

export interface AblationOptions {
  engine: Engine;
  lab: Lab;
  conditions: LabConditions;
  scene: SceneOptions;
  /** The learner's playing, and how far it came. Only read. */
  live: Play;
  walk: StepWalk;
  container: string;
  without: string;
  emit: Emit;
  /** The session ends: the second stage goes at once. */
  signal: AbortSignal;
}

/** Without the flag a command may wait for what never comes. */
const TIMEOUT_MS = 10_000 * patience();

/** Both results as events; where the second stage cannot be built, that error and an empty result. */
export async function ablate(options: AblationOptions): Promise<void> {
  const {container, without, emit} = options;
  emit({type: 'ablation-started', container, without});
  try {
    await playAgain(options);
  } catch (error) {
    emit({type: 'error', error: infoOf(error), where: 'ablation', fatal: false});
    emit({type: 'ablation-result', container, without, rows: [], checks: [], journal: []});
  }
}

/**
 * Plays the lab again up to where the learner is: the steps before with their solutions, of this step the blocks that
 * have run, and the solutions of the checks that hold. The second stage is gone when this resolves.
 * @throws EngineError where the second stage cannot be built
 */
async function playAgain(options: AblationOptions): Promise<void> {
  const {container, without, emit, live, walk} = options;
  await live.sample();
  const passing = walk.checks().filter(check => live.check(check).verdict === 'pass');
  const {cursor} = walk;
  const heard = new Ears(container, emit);
  const second = await open(options, heard);
  const stop = () => void second.scene.close();
  options.signal.addEventListener('abort', stop, {once: true});
  try {
    if (options.signal.aborted) return;
    for (const step of options.lab.steps.slice(0, walk.index)) await heard.survive(() => second.step(step));
    await second.enter();
    await heard.survive(() => second.blocks(walk.step, cursor));
    for (const check of passing) await heard.survive(async () => void (await second.solve(check)));
    await second.sample();
    const checks = walk.checks().map(({id, expr}) => ({
      id,
      withFlag: live.judge(expr).verdict as Verdict,
      withoutFlag: second.judge(expr).verdict as Verdict,
    }));
    const rows = rowsOf(options, live, second);
    emit({type: 'ablation-result', container, without, rows, checks, journal: heard.journal});
  } finally {
    options.signal.removeEventListener('abort', stop);
    await second.scene.close();
  }
}

/** Always on a private stage: without its flag a container would rename the machine itself. */
async function open(
  {engine, lab, conditions, scene, live, container, without}: AblationOptions,
  heard: Ears,
): Promise<Play> {
  const second = await Scene.open(engine, {...scene, kind: 'private'}, heard.emit);
  return new Play(second, {
    lab,
    vars: live.vars,
    conditions,
    emit: heard.emit,
    timeoutMs: TIMEOUT_MS,
    change: (block, spec) => (block.id === container ? {spec: withoutNamespace(spec, without), without} : {spec}),
  });
}

/** What the step shows and judges, on both stages. */
function rowsOf({lab, conditions, walk}: AblationOptions, live: Play, second: Play): AblationRow[] {
  return namedPaths(lab, walk, conditions)
    .map(path => ({
      path,
      withFlag: lookUp(path, live.values) ?? null,
      withoutFlag: lookUp(path, second.values) ?? null,
    }))
    .filter(row => row.withFlag !== null || row.withoutFlag !== null);
}

/** Facts of the step's show blocks (or, if it has none, of the last step that has), and those that its checks name. */
function namedPaths(lab: Lab, {step, index}: StepWalk, conditions: LabConditions): string[] {
  const sides = ['host', ...containersOf(lab)];
  const hasSide = (path: string) => sides.includes(path.split('.')[0] ?? '');
  const shownIn = (one: Step) => one.blocks.flatMap(block => (block.kind === 'show' ? block.facts : []));
  const shown = shownIn(lab.steps.slice(0, index + 1).findLast(one => shownIn(one).length > 0) ?? step);
  const spread = shown.flatMap(path => (hasSide(path) ? [path] : sides.map(side => `${side}.${path}`)));
  const judged = step.blocks.flatMap(block => (block.kind === 'check' ? conditions.paths(block.expr) : []));
  return [...new Set([...spread, ...judged.filter(hasSide)])];
}

/** Hears what the second stage says, and repeats none of it: only its container's calls, and errors as errors of ablation. */
class Ears {
  journal: JournalEntry[] = [];
  readonly #container: string;
  readonly #out: Emit;

  constructor(container: string, out: Emit) {
    this.#container = container;
    this.#out = out;
  }

  readonly emit: Emit = (body: EventBody) => {
    if (body.type === 'journal' && body.who === this.#container) this.journal = body.entries;
    if (body.type === 'error') this.#out({...body, where: 'ablation', fatal: false});
  };

  /** Without the flag much may fail; what fails is the lesson, and the rest goes on. */
  async survive(deed: () => Promise<void>): Promise<void> {
    try {
      await deed();
    } catch (error) {
      this.emit({type: 'error', error: infoOf(error), where: 'ablation', fatal: false});
    }
  }
}
