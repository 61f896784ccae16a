/** What a line means in a quiz. */
import {describe, expect, test} from 'vitest';
import type {Asked} from '../../../src/course/index.ts';
import {parseQuizLine} from '../../../src/ui/plain/quiz/commands.ts';
import {quizLineWords} from '../../../src/ui/plain/quiz/words.ts';

const choices = ['a', 'b', 'c'].map(id => ({id, text: {en: id}}));
const asked = {choices} as Asked;
const parse = (line: string, form: Parameters<typeof parseQuizLine>[1]['form'], sides: string[] = []) =>
  parseQuizLine(line, {form, asked, sides});
const answer = (response: unknown) => ({kind: 'answer', response});

describe('answers', () => {
  test.each([
    ['2', 'single', answer({choices: ['b']})],
    ['２', 'single', answer({choices: ['b']})],
    ['b', 'single', answer({choices: ['b']})],
    ['1 2', 'single', {kind: 'unclear'}],
    ['9', 'single', {kind: 'unclear'}],
    ['１，３', 'multiple', answer({choices: ['a', 'c']})],
    ['1、3', 'multiple', answer({choices: ['a', 'c']})],
    ['3 1 2', 'order', answer({order: ['c', 'a', 'b']})],
    ['3 1', 'order', {kind: 'unclear'}],
    ['3 3 1', 'order', {kind: 'unclear'}],
    [' T ', 'field', answer({text: 'T'})],
    ['s', 'field', answer({text: 's'})],
    ['pid: 7', 'field', answer({text: 'pid: 7'})],
    ['done', 'deed', answer({done: true})],
    ['做好了', 'deed', answer({done: true})],
    ['ls', 'deed', {kind: 'unclear'}],
    ['{"order":["a","b"]}', 'order', answer({order: ['a', 'b']})],
    ['{"text":"5"}', 'field', answer({text: '5'})],
    ['{"done":true}', 'deed', answer({done: true})],
    ['{"choices":[1]}', 'single', {kind: 'unclear'}],
    ['{broken}', 'single', {kind: 'unclear'}],
    ['null', 'single', {kind: 'skip'}],
    ['   ', 'field', {kind: 'empty'}],
  ] as const)('%j to a question of form %s', (line, form, wanted) => {
    expect(parse(line, form)).toEqual(wanted);
  });
});

test('a side that is there gets what stands behind its name', () => {
  expect(parse('Box： ls -l', 'field', ['host', 'box'])).toEqual({kind: 'type', side: 'box', command: 'ls -l'});
  expect(parse('pid: 7', 'field', ['host', 'box'])).toEqual(answer({text: 'pid: 7'}));
});

test('commands are whole words in both languages', () => {
  expect(['hint', '提示', 'SKIP', '？', 'quit'].map(line => parse(line, 'field').kind)).toEqual([
    'hint',
    'hint',
    'skip',
    'help',
    'quit',
  ]);
});

test.each(Object.entries(quizLineWords))('%s has both languages with the same parameters', (_, {en, zh}) => {
  const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  expect(holes(zh)).toEqual(holes(en));
  expect(zh).not.toMatch(/[\u4e00-\u9fff][,;:?!]/);
});
