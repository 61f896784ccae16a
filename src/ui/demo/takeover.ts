/** A question from the class: the instructor types, and afterwards what that has changed is known. */
import {type HandedBack, handedBack, type LabState, type Side} from '../../course/index.ts';
import {stepChecks} from '../lab/checks.ts';

export class TakeOver {
  side: Side;
  private before: LabState['facts']['now'];
  private passed: readonly string[];

  constructor(side: Side, state: LabState) {
    this.side = side;
    this.before = state.facts.now;
    this.passed = passedOf(state);
  }

  /** What the lab itself has just done is not the instructor's doing. */
  excuse(state: LabState): void {
    this.before = state.facts.now;
    this.passed = passedOf(state);
  }

  /** @param state with facts that were read after the last key */
  result(state: LabState): {changed: HandedBack[]; broken: string[]} {
    const changed = handedBack(this.before, state.facts.now);
    const gone = changed.filter(one => !one.path.includes('.')).map(one => one.path);
    const now = passedOf(state);
    return {changed, broken: [...this.passed.filter(id => !now.includes(id)), ...gone]};
  }
}

function passedOf(state: LabState): string[] {
  return stepChecks(state)
    .filter(check => state.checks[check.id]?.verdict === 'pass')
    .map(check => check.id);
}
