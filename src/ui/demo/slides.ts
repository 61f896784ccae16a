/** Which block of the step the slide is at: goes on with what the session does, and waits where a class should look. */
import type {Event, LabState} from '../../course/index.ts';
import {pendingIndex} from '../lab/lesson.ts';
import {stepOf, textBetween} from './pages.ts';

export class Slides {
  /** Index of the block; the number of blocks: all that was to be done is done. */
  block = 0;
  /** Questions that the kernel has answered and nobody has looked at yet: the slide stays at the first one. */
  private answered: number[] = [];

  /** @param state with the event in it */
  hear(event: Event, state: LabState): void {
    if (event.type === 'step-entered' || event.type === 'rebuilding') {
      this.block = 0;
      this.answered = [];
    } else if (event.type === 'prediction-judged') {
      const at = stepOf(state)?.blocks.findIndex(one => one.kind === 'predict' && one.id === event.id) ?? -1;
      if (at < 0) return;
      this.answered.push(at);
      this.block = this.answered[0]!;
    } else if (event.type === 'pending' && this.answered.length === 0) this.follow(state);
  }

  /**
   * Goes on by one look, where there is one before the next deed.
   * @returns false: the slide is where the deed is
   */
  next(state: LabState): boolean {
    if (this.answered.length > 0) {
      this.answered.shift();
      const before = this.block;
      this.block = this.answered[0] ?? before;
      if (this.answered.length > 0) return true;
      this.follow(state);
      // A question that follows at once is asked with the same key; so is a command without a text of its own typed.
      return this.block !== before && this.newText(state, before);
    }
    const at = this.pending(state);
    if (at === undefined || this.block >= at) return false;
    if (state.pending?.kind !== 'predict') {
      const before = this.block;
      this.block = at;
      return this.newText(state, before);
    }
    this.block = at;
    return true;
  }

  /** The question of a block is put on the slide. */
  ask(at: number): void {
    this.answered = [];
    this.block = at;
  }

  /** As far as the session has come; a question waits until somebody asks it. */
  private follow(state: LabState): void {
    const step = stepOf(state);
    const at = this.pending(state);
    if (!step || at === undefined) return;
    if (state.pending?.kind !== 'predict') this.block = Math.max(this.block, at);
    else this.block = Math.max(this.block, textBetween(step, this.block, at, state.leftOut) ?? this.block);
  }

  private newText(state: LabState, before: number): boolean {
    const step = stepOf(state);
    return step !== undefined && textBetween(step, before, this.block, state.leftOut) !== undefined;
  }

  private pending(state: LabState): number | undefined {
    const step = stepOf(state);
    return step && pendingIndex(step, state.pending);
  }
}
