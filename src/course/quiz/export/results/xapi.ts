/** xAPI statements (Experience API 1.0.3), one per line: each answer, and the quiz as a whole. */
import {createHash} from 'node:crypto';
import type {Words} from '../../../lab.ts';
import type {Asked, Judged, Response, Result, ResultFile} from '../../types.ts';

const VERBS = 'http://adlnet.gov/expapi/verbs';
const TYPES = 'http://adlnet.gov/expapi/activities';

const both = ({en, zh}: Words) => ({'en-US': en, ...(zh !== undefined && {'zh-CN': zh})});
const verb = (id: string, en: string, zh: string) => ({id: `${VERBS}/${id}`, display: both({en, zh})});
const iri = (kind: string, ...parts: string[]) =>
  `urn:glassbox:${kind}:${parts.map(part => encodeURIComponent(part.toWellFormed())).join(':')}`;

/** The same file gives the same ids: a record store takes a statement once. A UUID of version 5's form, RFC 9562. */
function uuid(...parts: string[]): string {
  const bytes = createHash('sha256').update(parts.join('\0')).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function actor({student: {id, user, name}}: ResultFile) {
  const known = [id, user, name].find(text => text !== '') ?? 'unknown';
  return {
    objectType: 'Agent',
    ...(name !== '' && {name}),
    account: {homePage: id !== '' ? 'urn:glassbox:id' : 'urn:glassbox:user', name: known},
  };
}

function score(points: number, of: number) {
  return of > 0 ? {score: {scaled: Math.min(1, Math.max(0, points / of)), raw: points, min: 0, max: of}} : {};
}

const INTERACTION: Partial<Record<Asked['kind'], string>> = {
  number: 'numeric',
  text: 'fill-in',
  order: 'sequencing',
  repair: 'performance',
};

/** As the specification writes them: ids parted by [,]. */
function pattern(response: Response): string | undefined {
  if (response === null) return undefined;
  if ('choices' in response) return response.choices.join('[,]');
  if ('order' in response) return response.order.join('[,]');
  return 'text' in response ? response.text : undefined;
}

function interaction({kind, choices}: Asked, key: Response): string {
  if (INTERACTION[kind]) return INTERACTION[kind];
  if (key && 'order' in key) return 'sequencing';
  return choices ? 'choice' : 'fill-in';
}

function definition(asked: Asked, {evidence: {key}}: Judged) {
  const right = pattern(key);
  const type = interaction(asked, key);
  return {
    type: `${TYPES}/cmi.interaction`,
    name: {'en-US': asked.item},
    description: both(asked.ask),
    interactionType: type,
    // The steps of a performance and bounds of numbers are not what the kernel judges by.
    ...(right !== undefined && type !== 'performance' && {correctResponsesPattern: [right]}),
    ...(asked.choices && {choices: asked.choices.map(({id, text}) => ({id, description: both(text)}))}),
  };
}

function answered(file: ResultFile, quiz: string, {asked, judged, response, seconds}: Result) {
  const given = pattern(response);
  return {
    id: uuid(quiz, String(asked.n), judged.evidence.at, file.chain[asked.n - 1] ?? ''),
    actor: actor(file),
    verb: verb('answered', 'answered', '回答了'),
    object: {objectType: 'Activity', id: iri('question', asked.item), definition: definition(asked, judged)},
    result: {
      ...(judged.verdict !== 'unjudged' && {
        success: judged.verdict === 'right',
        ...score(judged.points, asked.points),
      }),
      ...(given !== undefined && {response: given}),
      duration: `PT${Number(seconds.toFixed(2))}S`,
      extensions: {'urn:glassbox:verdict': judged.verdict},
    },
    context: context(file, quiz),
    timestamp: judged.evidence.at,
  };
}

function context(file: ResultFile, quiz: string) {
  return {
    registration: uuid(quiz),
    platform: `Glassbox ${file.app}`,
    contextActivities: {grouping: [{objectType: 'Activity', id: iri('exam', file.exam.title.en, file.exam.seed)}]},
    extensions: {'urn:glassbox:kernel': file.kernel, 'urn:glassbox:mode': file.mode},
  };
}

function completed(file: ResultFile, quiz: string) {
  const seconds = Math.max(0, (Date.parse(file.finished ?? file.started) - Date.parse(file.started)) / 1000);
  return {
    id: uuid(quiz, 'completed', file.finished ?? ''),
    actor: actor(file),
    verb: verb('completed', 'completed', '完成了'),
    object: {
      objectType: 'Activity',
      id: iri('exam', file.exam.title.en, file.exam.seed),
      definition: {type: `${TYPES}/assessment`, name: both(file.exam.title)},
    },
    result: {completion: true, ...score(file.points, file.of), duration: `PT${Number(seconds.toFixed(2))}S`},
    context: {registration: uuid(quiz), platform: `Glassbox ${file.app}`},
    timestamp: file.finished ?? file.started,
  };
}

/** A quiz that isn't finished has its answers, and no statement that it is. */
export function toXapi(files: readonly ResultFile[]): string {
  return files
    .flatMap(file => {
      const {student, exam, started} = file;
      const quiz = [student.id, student.user, student.name, exam.title.en, exam.seed, started].join('\0');
      const answers = file.results.map(one => answered(file, quiz, one));
      return [...answers, ...(file.finished === null ? [] : [completed(file, quiz)])];
    })
    .map(statement => `${JSON.stringify(statement)}\n`)
    .join('');
}
