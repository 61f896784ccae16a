/** How far the lab is and how well it went, over all of the session's rebuilding. */
import type {Event} from '../events.ts';
import type {Block, Lab} from '../lab.ts';

export interface Score {
  checksPassed: number;
  checks: number;
  predictionsRight: number;
  predictions: number;
}

export class Tally {
  /** A block with a condition counts once it was met: on machines of another kind it is left out, and not missing. */
  #checks: Set<string>;
  #predictions: Set<string>;
  #steps: string[];
  #done = new Set<string>();
  #passed = new Set<string>();
  #right = new Set<string>();
  #guessed = new Set<string>();

  constructor(lab: Lab) {
    const counts = (block: Block) => block.when === undefined;
    const ids = (kind: 'check' | 'predict') =>
      new Set(
        lab.steps
          .flatMap(step => step.blocks)
          .flatMap(block => (block.kind === kind && counts(block) ? [block.id] : [])),
      );
    this.#checks = ids('check');
    this.#predictions = ids('predict');
    this.#steps = lab.steps.map(step => step.id);
  }

  add(event: Event): void {
    if (event.type === 'step-done') this.#done.add(event.step);
    if (event.type === 'check') {
      this.#checks.add(event.id);
      if (event.verdict === 'pass') this.#passed.add(event.id);
    }
    if (event.type === 'prediction-asked') this.#predictions.add(event.id);
    if (event.type === 'prediction-judged' && event.verdict !== 'cannot-judge' && !this.#guessed.has(event.id)) {
      this.#guessed.add(event.id); // only the first answer was a prediction
      if (event.verdict === 'pass') this.#right.add(event.id);
    }
    if (event.type === 'rebuilding') {
      const at = this.#steps.indexOf(event.step);
      for (const step of this.#steps.slice(at)) this.#done.delete(step);
      if (event.why === 'resume') for (const step of this.#steps.slice(0, at)) this.#done.add(step);
    }
  }

  /** Every step is done or skipped. */
  get complete(): boolean {
    return this.#steps.every(step => this.#done.has(step));
  }

  score(): Score {
    return {
      checksPassed: this.#passed.size,
      checks: this.#checks.size,
      predictionsRight: this.#right.size,
      predictions: this.#predictions.size,
    };
  }
}
