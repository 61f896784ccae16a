/** Counting hands: which choice the digits are for. What is counted goes into the stream, so that all who watch see it. */
import type {PredictBlock} from '../../course/index.ts';
import type {KeyName} from '../app/keys.ts';
import {askedPrediction} from '../lab/keys.ts';
import type {LabScreen} from '../lab/screen.ts';
import {typeDigit, type Votes} from './poll.ts';

export class Poll {
  /** Index of the choice whose hands are being counted; undefined: no poll is open. */
  cursor: number | undefined;
  private fresh = true;
  private readonly lab: LabScreen;

  constructor(lab: LabScreen) {
    this.lab = lab;
  }

  /** Opens it for the question that waits, or closes it. @returns the question's block; -1: closed; undefined: there is none */
  toggle(): number | undefined {
    if (this.cursor !== undefined) {
      this.close();
      return -1;
    }
    const block = this.question;
    if (!block) return undefined;
    this.cursor = 0;
    this.fresh = true;
    if (!this.lab.state?.polls[block.id]) this.tell(block, {});
    return this.lab.state?.lab.steps[this.lab.state.current]?.blocks.indexOf(block);
  }

  close(): void {
    this.cursor = undefined;
  }

  /** True where the key is the poll's. */
  key(name: KeyName): boolean {
    const {cursor} = this;
    const block = this.question;
    if (cursor === undefined || !block) return false;
    const by = name === 'down' || name === 'tab' ? 1 : name === 'up' || name === 'shift-tab' ? -1 : 0;
    if (by !== 0) {
      this.cursor = (cursor + by + block.choices.length) % block.choices.length;
      this.fresh = true;
      return true;
    }
    const id = block.choices[cursor]?.id;
    const votes = this.lab.state?.polls[block.id] ?? {};
    if (id === undefined) return false;
    if (/^\d$/.test(name)) this.tell(block, {...votes, [id]: typeDigit(votes[id] ?? 0, name, this.fresh)});
    else if (name === 'backspace') this.tell(block, {...votes, [id]: Math.floor((votes[id] ?? 0) / 10)});
    else return false;
    this.fresh = false;
    return true;
  }

  private get question(): PredictBlock | undefined {
    return askedPrediction(this.lab);
  }

  private tell({id, choices}: PredictBlock, votes: Votes): void {
    const all = Object.fromEntries(choices.map(choice => [choice.id, votes[choice.id] ?? 0]));
    this.lab.session?.show?.({type: 'poll', prediction: id, votes: all});
  }
}
