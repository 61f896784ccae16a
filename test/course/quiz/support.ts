/** Questions of the real labs, and made-up ones. */
import {join} from 'node:path';
import {findLabs} from '../../../src/course/format/find.ts';
import {loadLab} from '../../../src/course/format/load.ts';
import type {Lab, QuizBlock} from '../../../src/course/lab.ts';
import {itemsOf} from '../../../src/course/quiz/pool.ts';
import type {Item} from '../../../src/course/quiz/types.ts';

const root = join(import.meta.dirname, '../../../labs');
let real: Promise<Item[]> | undefined;

/** Items of all lab.md files. */
export function realItems(): Promise<Item[]> {
  real ??= (async () => {
    const {labs} = await findLabs(root);
    const loaded = await Promise.all(labs.map(({dir}) => loadLab(dir)));
    return loaded.flatMap(({lab}) => itemsOf(lab!));
  })();
  return real;
}

export const quizBlock = (rest: Partial<QuizBlock> = {}): QuizBlock => ({
  kind: 'quiz',
  id: 'q',
  type: 'single',
  pos: {file: 'lab.md', line: 1, col: 1},
  ask: {en: 'Which of ${name}?', zh: '${name} 的哪个？'},
  choices: ['a', 'b', 'c'].map(id => ({id, text: {en: `${id} \${name}`}, right: id === 'b', because: {en: id}})),
  ...rest,
});

/** A lab with one step for each question. */
export function madeUpLab(blocks: QuizBlock[], rest: Partial<Lab> = {}): Lab {
  return {
    format: 1,
    id: 'made',
    number: '11',
    dir: 'labs/11-made',
    title: {en: 'Made'},
    question: {en: 'Why?'},
    minutes: 1,
    sources: [],
    requires: {},
    vars: {name: {pick: ['lion', 'tiger', 'puma']}},
    langs: ['en', 'zh'],
    steps: blocks.map(block => ({id: `s-${block.id}`, title: {en: block.id}, blocks: [block], pos: block.pos})),
    cleanup: [],
    ...rest,
  };
}
