/** JUnit XML for machines that run tests: one suite per result file, one case per question (the Ant JUnit schema). */
import type {Lang} from '../../../lab.ts';
import type {Result, ResultFile} from '../../types.ts';
import {element, XML_HEAD} from '../xml.ts';
import {responseText, sayVerdict} from './wording.ts';

const seconds = (value: number) => String(Number(value.toFixed(3)));

function testcase({asked, judged, seconds: took, response}: Result, lang: Lang): string {
  const {verdict, points} = judged;
  const message = `${sayVerdict(judged, lang)}, ${points}/${asked.points}`;
  const answer = responseText(response);
  const content =
    verdict === 'unjudged'
      ? // Not the student's failure: the machine's.
        element('error', {message, type: verdict})
      : verdict === 'right'
        ? ''
        : element('failure', {message: answer === '' ? message : `${message}: ${answer}`, type: verdict});
  const name = `${asked.n} ${asked.item}`;
  return element(
    'testcase',
    {name, classname: `${asked.number}-${asked.labId}.${asked.kind}`, time: seconds(took)},
    content,
  );
}

function suite(file: ResultFile, id: number, lang: Lang): string {
  const {results, student, exam, started} = file;
  const count = (verdicts: string[]) => results.filter(({judged}) => verdicts.includes(judged.verdict)).length;
  const properties = {
    student: student.name,
    id: student.id,
    user: student.user,
    seed: exam.seed,
    points: String(file.points),
    of: String(file.of),
    kernel: file.kernel,
    mode: file.mode,
  };
  const who = [student.id, student.name, student.user].find(text => text !== '') ?? '?';
  return element(
    'testsuite',
    {
      name: `${exam.title[lang] ?? exam.title.en}: ${who}`.replace(/\s+/g, ' ').trim(),
      package: 'glassbox',
      id,
      // The schema knows no time zone and no parts of a second.
      timestamp: started.slice(0, 19),
      hostname: 'localhost',
      tests: results.length,
      failures: count(['wrong', 'partly']),
      errors: count(['unjudged']),
      time: seconds(results.reduce((sum, one) => sum + one.seconds, 0)),
    },
    element(
      'properties',
      {},
      Object.entries(properties)
        .map(([name, value]) => element('property', {name, value}))
        .join(''),
    ) +
      results.map(one => testcase(one, lang)).join('') +
      element('system-out', {}) +
      element('system-err', {}),
  );
}

export function toJunit(files: readonly ResultFile[], lang: Lang = 'en'): string {
  return `${XML_HEAD}<testsuites>\n${files.map((file, i) => suite(file, i, lang)).join('\n')}\n</testsuites>\n`;
}
