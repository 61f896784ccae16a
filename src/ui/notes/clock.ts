/** Where the speaker stands in the time that a lab plans. Pure arithmetic. */
import type {Lab, LabState, Step} from '../../course/index.ts';

export interface Pace {
  /** Index of the step that the plan has at this time; the number of steps: it is past its end. */
  planned: number;
  /** Whole minutes ahead of the plan, negative: behind it. 0: in time. */
  ahead: number;
}

/** What takes time in class. */
const TAKES: Record<Step['blocks'][number]['kind'], number> = {
  prose: 1,
  drift: 1,
  container: 1,
  run: 1,
  predict: 2,
  check: 1,
  show: 0,
  quiz: 0,
  note: 0,
};

/** Minutes at which each step begins, if the planned ones are shared out by what there is to do in them; then the end. */
export function schedule({steps, minutes}: Pick<Lab, 'steps' | 'minutes'>): number[] {
  const weights = steps.map(step => 1 + step.blocks.reduce((sum, block) => sum + TAKES[block.kind], 0));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  const starts = weights.map(weight => {
    const at = (before / all) * minutes;
    before += weight;
    return at;
  });
  return [...starts, minutes];
}

/**
 * @param current index of the step that the class sees
 * @param elapsed minutes since the lab began
 */
export function paceOf(lab: Pick<Lab, 'steps' | 'minutes'>, current: number, elapsed: number): Pace {
  const starts = schedule(lab);
  const planned = Math.max(
    0,
    starts.findLastIndex(at => at <= elapsed),
  );
  const begins = starts[current] ?? 0;
  const ends = starts[current + 1] ?? lab.minutes;
  const ahead = elapsed < begins ? Math.floor(begins - elapsed) : elapsed > ends ? -Math.floor(elapsed - ends) : 0;
  return {planned, ahead: ahead === 0 ? 0 : ahead};
}

/** '4:07', '1:04:07' */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** '14:05:09', where the speaker is. */
export function timeOfDay(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
}

/** When this lab began, ms since the epoch; undefined: it has not. */
export function beganAt(state: LabState | undefined): number | undefined {
  const at = Date.parse(state?.session?.at ?? '');
  return Number.isNaN(at) ? undefined : at;
}
