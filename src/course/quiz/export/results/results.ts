/** Results as a file for another program. */
import type {Lang} from '../../../lab.ts';
import {toPlain} from '../../../record/values.ts';
import type {ResultFile} from '../../types.ts';
import {toCanvasCsv, toMoodleCsv} from './gradebooks.ts';
import {toGradescope} from './gradescope.ts';
import {toJunit} from './junit.ts';
import {toXapi} from './xapi.ts';

export const RESULT_FORMATS = ['json', 'csv-moodle', 'csv-canvas', 'gradescope', 'junit', 'xapi'] as const;
export type ResultFormat = (typeof RESULT_FORMATS)[number];

/** Wants one result and got another number of them: `code` of quizExportWords. */
export class ResultExportError extends Error {
  readonly code = 'export.one-result';
  readonly params: {count: number};

  constructor(count: number) {
    super(`one result expected, ${count} given`);
    this.params = {count};
  }
}

/**
 * @param files in the order of the output
 * @throws ResultExportError for gradescope, which has one submission per file
 */
export function exportResults(
  files: readonly ResultFile[],
  to: ResultFormat,
  {lang = 'en', bom = false}: {lang?: Lang; bom?: boolean} = {},
): string {
  switch (to) {
    case 'json':
      return `${JSON.stringify(files, toPlain, 2)}\n`;
    case 'csv-moodle':
      return toMoodleCsv(files, {lang, bom});
    case 'csv-canvas':
      return toCanvasCsv(files, {lang, bom});
    case 'gradescope': {
      const [file] = files;
      if (!file || files.length !== 1) throw new ResultExportError(files.length);
      return toGradescope(file, lang);
    }
    case 'junit':
      return toJunit(files, lang);
    case 'xapi':
      return toXapi(files);
  }
}
