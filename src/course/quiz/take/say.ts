/** What is wrong with a file of a quiz, in words. */
import type {Lang} from '../../lab.ts';
import {QUIZ_FILE_WORDS} from '../../words/quiz.ts';
import {render} from '../../words/say.ts';
import {QuizError} from '../fault.ts';

/** Undefined: it is no error of a quiz's files. */
export function sayQuizError(error: unknown, lang: Lang): string | undefined {
  return error instanceof QuizError ? render(QUIZ_FILE_WORDS, lang, error.code, error.params) : undefined;
}
