/** results.json of one submission (gradescope-autograders.readthedocs.io, "Autograder Specifications"). */
import type {Lang} from '../../../lab.ts';
import type {Result, ResultFile} from '../../types.ts';
import {sayVerdict} from './wording.ts';

function test({asked, judged, seconds}: Result, lang: Lang) {
  const unjudged = judged.verdict === 'unjudged';
  return {
    number: String(asked.n),
    name: asked.item,
    name_format: 'text',
    score: judged.points,
    // What could not be judged counts nothing, neither for nor against.
    max_score: unjudged ? 0 : asked.points,
    ...(!unjudged && {status: judged.verdict === 'right' ? 'passed' : 'failed'}),
    output: sayVerdict(judged, lang),
    output_format: 'text',
    tags: [asked.kind, `${asked.number}-${asked.labId}`],
    visibility: 'after_published',
    extra_data: {seconds},
  };
}

export function toGradescope(file: ResultFile, lang: Lang = 'en'): string {
  const {results, points, student, exam, started, finished} = file;
  const seconds = finished === null ? undefined : Math.max(0, (Date.parse(finished) - Date.parse(started)) / 1000);
  const json = {
    score: points,
    ...(seconds !== undefined && Number.isFinite(seconds) && {execution_time: seconds}),
    output: [exam.title[lang] ?? exam.title.en, student.name, student.id].filter(text => text !== '').join(' · '),
    output_format: 'text',
    visibility: 'after_published',
    stdout_visibility: 'hidden',
    tests: results.map(one => test(one, lang)),
    extra_data: {format: file.format, version: file.version, seed: exam.seed, of: file.of},
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}
