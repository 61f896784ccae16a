/** A verdict and an answer in words, for programs that show one line. */
import type {Lang} from '../../../lab.ts';
import {quizExportWords} from '../../../words/quiz-export.ts';
import {render} from '../../../words/say.ts';
import type {Judged, Response} from '../../types.ts';

export function sayVerdict({verdict, reason}: Judged, lang: Lang): string {
  const said = render(quizExportWords, lang, `verdict.${verdict}`);
  return reason ? `${said} (${[reason.code, ...Object.values(reason.params)].join(' ')})` : said;
}

/** Ids as the question has them; empty: no answer. */
export function responseText(response: Response): string {
  if (response === null) return '';
  if ('choices' in response) return response.choices.join(' ');
  if ('order' in response) return response.order.join(' ');
  return 'text' in response ? response.text : 'done';
}
