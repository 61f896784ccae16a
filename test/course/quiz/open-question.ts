/** A program that opens one question and then waits to be killed: prints the stage's folder and processes as JSON. */
import {loadLab, loadQuiz} from '../../../src/course/index.ts';
import {openQuestion} from '../../../src/course/quiz/live.ts';
import {itemsOf} from '../../../src/course/quiz/pool.ts';
import {openEngine} from '../../../src/engine/index.ts';

const {lab} = await loadLab('labs/03-pid');
const {quiz} = await loadQuiz('labs/03-pid');
const item = itemsOf(lab!, quiz).find(one => one.id === 'pid/number')!;
const question = await openQuestion(await openEngine(), item, {
  vars: {nap: '3111', script: '', missing: 'uts', guests: '2'},
});
const {events} = question.session;
const stage = events.find(event => event.type === 'stage-ready');
const facts = events.findLast(event => event.type === 'facts');
if (stage?.type !== 'stage-ready' || facts?.type !== 'facts') throw new Error('no stage');
const {host, box} = facts.sides;
const pids = [stage.keeperPid, ...((host?.children ?? []) as bigint[]), ...((box?.children ?? []) as bigint[])].map(
  Number,
);
process.stdout.write(`${JSON.stringify({dir: stage.dir, pids})}\n`);
setInterval(() => {}, 60_000);
