/** Where the slide is while a session goes on: pure, with a state that each event is folded into. */
import {describe, expect, test} from 'vitest';
import {type Block, type EventBody, fold, initialState, type Lab, type LabState} from '../../../src/course/index.ts';
import {pageStart, textBetween} from '../../../src/ui/demo/pages.ts';
import {Slides} from '../../../src/ui/demo/slides.ts';
import {smallLab} from '../support/lab.ts';

const pos = {file: 'lab.md', line: 1, col: 1};
const prose: Block = {kind: 'prose', text: {en: 'text'}, pos};
const run: Block = {kind: 'run', on: 'host', commands: ['true'], expect: 0, pos};
const show: Block = {kind: 'show', facts: ['hostname'], pos};
const predict = (id: string): Block => ({
  kind: 'predict',
  id,
  ask: {en: '?'},
  choices: [{id: 'a', text: {en: 'a'}, when: 'true'}],
  pos,
});

function labOf(blocks: Block[]): Lab {
  return {...smallLab(), steps: [{id: 'one', title: {en: 'One'}, blocks, pos}]};
}

class Played {
  state: LabState;
  readonly slides = new Slides();
  private seq = 0;

  constructor(blocks: Block[]) {
    this.state = initialState(labOf(blocks));
    this.hear({type: 'step-entered', step: 'one', index: 0, of: 1});
  }

  hear(body: EventBody): this {
    const event = {...body, seq: this.seq, ms: this.seq++};
    this.state = fold(this.state, event);
    this.slides.hear(event, this.state);
    return this;
  }

  pending(at: number, predicted?: string): this {
    if (predicted) {
      this.hear({type: 'prediction-asked', id: predicted});
      return this.hear({type: 'pending', block: {kind: 'predict', id: predicted, at}});
    }
    return this.hear({type: 'pending', block: {kind: 'run', on: 'host', commands: ['true'], at}});
  }

  judged(id: string): this {
    return this.hear({type: 'prediction-judged', id, choice: null, answer: 'a', verdict: 'cannot-judge'});
  }
}

describe('pages', () => {
  //               0      1    2    3     4       5    6     7    8
  const blocks = [prose, run, run, prose, predict('p'), run, show, run, prose];
  const step = labOf(blocks).steps[0]!;

  test.each([
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 3],
    [4, 4],
    [5, 5],
    [7, 5],
    [8, 8],
    [9, 8],
  ])('block %i is on the page that begins at %i', (at, start) => {
    expect(pageStart(step, at)).toBe(start);
  });

  test('a block that is left out is on no page', () => {
    expect(pageStart(step, 4, [4])).toBe(3);
    expect(textBetween(step, 2, 4)).toBe(3);
    expect(textBetween(step, 2, 4, [3])).toBeUndefined();
    expect(textBetween(step, 7, 99)).toBe(8);
  });
});

describe('the slide', () => {
  test('follows the commands; a question waits until it is asked', () => {
    const played = new Played([prose, run, predict('p'), run]).pending(1);
    expect(played.slides.block).toBe(1);
    played.pending(2, 'p');
    expect(played.slides.block).toBe(1);
    expect(played.slides.next(played.state)).toBe(true);
    expect(played.slides.block).toBe(2);
    expect(played.slides.next(played.state)).toBe(false);
  });

  test('text before a question comes at once, the question after it', () => {
    const played = new Played([prose, run, prose, predict('p'), run]).pending(1).pending(3, 'p');
    expect(played.slides.block).toBe(2);
    expect(played.slides.next(played.state)).toBe(true);
    expect(played.slides.block).toBe(3);
  });

  test('an answer stays until somebody has looked at it', () => {
    const played = new Played([prose, predict('p'), run, prose, run]).pending(1, 'p');
    played.slides.next(played.state);
    played.pending(2).judged('p').pending(4);
    expect(played.slides.block).toBe(1);
    expect(played.slides.next(played.state)).toBe(true);
    expect(played.slides.block).toBe(4);
  });

  test('two answers at once are looked at one after the other', () => {
    const played = new Played([prose, predict('p'), predict('q'), run]).pending(1, 'p');
    played.slides.ask(2);
    played
      .pending(3)
      .judged('p')
      .judged('q')
      .hear({type: 'pending', block: {kind: 'finish'}});
    expect(played.slides.block).toBe(1);
    expect(played.slides.next(played.state)).toBe(true);
    expect(played.slides.block).toBe(2);
    expect(played.slides.next(played.state)).toBe(false);
  });

  test('what stands below the last command is shown before the next step', () => {
    const played = new Played([prose, predict('p'), run, prose]).pending(1, 'p');
    played.slides.next(played.state);
    played
      .pending(2)
      .judged('p')
      .hear({type: 'pending', block: {kind: 'next-step'}});
    expect(played.slides.next(played.state)).toBe(true);
    expect(played.slides.block).toBe(4);
    expect(played.slides.next(played.state)).toBe(false);
  });

  test('a fresh stage begins at the first page', () => {
    const played = new Played([prose, predict('p'), run]).pending(1, 'p').pending(2).judged('p');
    played.hear({type: 'rebuilding', step: 'one', why: 'reset-step'});
    expect(played.slides.block).toBe(0);
    played.hear({type: 'step-entered', step: 'one', index: 0, of: 1}).pending(1, 'p');
    expect(played.slides.block).toBe(0);
  });
});
