/** What a live question records is enough to judge it again, without a kernel to ask. */
import {afterAll, beforeAll, expect, it} from 'vitest';
import {ask} from '../../../src/course/quiz/draw.ts';
import {openQuestion} from '../../../src/course/quiz/live.ts';
import {loadPool} from '../../../src/course/quiz/load.ts';
import {recheck} from '../../../src/course/quiz/recheck.ts';
import {parseResult, resultText} from '../../../src/course/quiz/result.ts';
import type {Item, Response} from '../../../src/course/quiz/types.ts';
import {type Engine, openEngine} from '../../../src/engine/index.ts';
import {honest} from './class.ts';

let engine: Engine;
let items: Item[];
beforeAll(async () => {
  engine = await openEngine();
  items = (await loadPool(['labs/03-pid', 'labs/06-net'])).items;
});
afterAll(() => engine.close());

it.each<[string, Response]>([
  ['pid/term', {choices: ['ends']}],
  ['pid/missing', {choices: ['uts']}],
  ['pid/number', {text: '1'}],
  ['pid/guests', {done: true}],
  ['pid/q-hands', {done: true}],
])('%s', async (id, response) => {
  const item = items.find(one => one.id === id)!;
  const asked = ask(item, 1, 'seed');
  const question = await openQuestion(engine, item, {vars: asked.vars, points: asked.points});
  try {
    const judged = await question.judge(response);
    expect(judged.verdict).not.toBe('unjudged');
    // As it comes out of a file.
    const file = await honest(1);
    const text = resultText({...file, results: [{...file.results[0]!, asked, response, judged}]});
    const {evidence} = parseResult(text, 'x').results[0]!.judged;
    expect(evidence).toEqual(judged.evidence);
    const again = recheck(item, evidence);
    expect(again.key).toEqual(evidence.key);
    expect(again.verdict).toBe(item.kind === 'repair' ? 'fail' : 'pass');
  } finally {
    await question.close();
  }
});
