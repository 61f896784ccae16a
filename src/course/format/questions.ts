/** `yaml show`, `yaml predict` and `yaml quiz`. */
import type {PredictBlock, QuizBlock, ShowBlock} from '../lab.ts';
import type {Fence} from './fence.ts';
import type {Findings, Place} from './findings.ts';
import type {Places} from './places.ts';
import * as schema from './schema.ts';
import {validate} from './validate.ts';
import type {YamlText} from './yaml.ts';

export interface Where {
  file: string;
  containers: string[];
  step: string;
  places: Places;
  findings: Findings;
}

/** Notes an English text for lint. */
export function note(where: Where, role: Places['texts'][number]['role'], text: string, at: Place): void {
  const {file, containers, step} = where;
  where.places.texts.push({role, text, lang: 'en', file, at, containers, step});
}

function uniqueChoices(choices: {id: string}[], yaml: YamlText, findings: Findings): void {
  const seen = new Set<string>();
  choices.forEach(({id}, i) => {
    if (seen.has(id)) findings.error('choice.twice', yaml.placeOf(['choices', i, 'id']), {id});
    seen.add(id);
  });
}

export function readShow(fence: Fence, yaml: YamlText, where: Where): ShowBlock | undefined {
  const data = validate(yaml, schema.show, where.findings);
  if (!data) return undefined;
  if (data.facts.length === 0 && !data.picture) where.findings.error('show.nothing', fence.at);
  data.facts.forEach((path, i) => {
    where.places.shown.push({path, file: where.file, at: yaml.placeOf(['facts', i])});
  });
  return {
    kind: 'show',
    pos: {file: where.file, ...fence.at},
    facts: data.facts,
    ...(data.picture && {picture: data.picture}),
  };
}

export function readPredict(fence: Fence, yaml: YamlText, where: Where): PredictBlock | undefined {
  const data = validate(yaml, schema.predict, where.findings);
  if (!data) return undefined;
  uniqueChoices(data.choices, yaml, where.findings);
  note(where, 'ask', data.ask, yaml.placeOf(['ask']));
  if (data.because) note(where, 'because', data.because, yaml.placeOf(['because']));
  data.choices.forEach((choice, i) => {
    note(where, 'choice', choice.text, yaml.placeOf(['choices', i, 'text']));
    const at = yaml.placeIn(['choices', i, 'when']);
    where.places.conditions.push({
      role: 'choice',
      expr: choice.when,
      file: where.file,
      at,
      containers: where.containers,
    });
  });
  return {
    kind: 'predict',
    pos: {file: where.file, ...fence.at},
    id: fence.id ?? '',
    ask: {en: data.ask},
    choices: data.choices.map(choice => ({id: choice.id, text: {en: choice.text}, when: choice.when})),
    ...(data.because && {because: {en: data.because}}),
  };
}

type QuizData = ReturnType<typeof schema.quiz.parse>;

/** What a type of question needs and must not have. */
const NEEDS: Record<QuizBlock['type'], {needs: (keyof QuizData)[]; refuses: (keyof QuizData)[]}> = {
  single: {needs: ['choices'], refuses: ['answer', 'check']},
  multiple: {needs: ['choices'], refuses: ['answer', 'check']},
  order: {needs: ['choices', 'answer', 'because'], refuses: ['check']},
  number: {needs: ['answer', 'because'], refuses: ['choices', 'check']},
  text: {needs: ['answer', 'because'], refuses: ['choices', 'check']},
  'hands-on': {needs: ['check', 'because'], refuses: ['choices', 'answer']},
};

function checkChoices(data: QuizData, yaml: YamlText, findings: Findings): void {
  const choices = data.choices ?? [];
  uniqueChoices(choices, yaml, findings);
  if (data.type === 'order') {
    choices.forEach((choice, i) => {
      if (choice.when !== undefined)
        findings.error('quiz.refuses', yaml.keyPlace(['choices', i, 'when']), {type: data.type, key: 'when'});
    });
    return;
  }
  choices.forEach((choice, i) => {
    if (!choice.because) findings.error('quiz.no-reason', yaml.placeOf(['choices', i]), {id: choice.id});
  });
  if (choices.some(choice => choice.when !== undefined)) {
    choices.forEach((choice, i) => {
      if (choice.when === undefined || choice.right !== undefined)
        findings.error('quiz.when-or-right', yaml.placeOf(['choices', i]), {id: choice.id});
    });
    return;
  }
  const right = choices.filter(choice => choice.right).length;
  if (data.type === 'single' && right !== 1)
    findings.error('quiz.one-right', yaml.keyPlace(['choices']), {came: right});
  if (data.type === 'multiple' && right === 0) findings.error('quiz.some-right', yaml.keyPlace(['choices']));
}

/** The answer as a string: a literal, "${expression}", or for order the ids with a space between. */
function readAnswer(data: QuizData, yaml: YamlText, where: Where): string | undefined {
  const {answer} = data;
  if (answer === undefined) return undefined;
  const wrong = (expected: string) => {
    const came = Array.isArray(answer) ? 'list' : String(answer);
    where.findings.error('quiz.answer', yaml.placeOf(['answer']), {type: data.type, expected, came});
    return undefined;
  };
  if (data.type === 'order') {
    const ids = (data.choices ?? []).map(choice => choice.id);
    const all = Array.isArray(answer) && answer.length === ids.length && ids.every(id => answer.includes(id));
    return all ? answer.join(' ') : wrong(`[${ids.join(', ')}]`);
  }
  const live = typeof answer === 'string' ? /^\$\{([\s\S]*)\}$/.exec(answer) : null;
  if (live) {
    const inner = yaml.placeIn(['answer']);
    const {file, containers} = where;
    const want = data.type === 'number' ? 'int' : 'string';
    where.places.conditions.push({
      role: 'answer',
      want,
      expr: live[1]!,
      file,
      at: offset => inner(offset + 2),
      containers,
    });
    return answer as string;
  }
  if (data.type === 'number') return Number.isInteger(answer) ? String(answer) : wrong(`7, "\${box.pid}"`);
  return typeof answer === 'string' && answer !== '' ? answer : wrong(`"tiger", "\${vars.name}"`);
}

export function readQuiz(fence: Fence, yaml: YamlText, where: Where): QuizBlock | undefined {
  const {findings} = where;
  const data = validate(yaml, schema.quiz, findings);
  if (!data) return undefined;
  const {needs, refuses} = NEEDS[data.type];
  for (const key of needs) if (data[key] === undefined) findings.error('quiz.needs', fence.at, {type: data.type, key});
  for (const key of refuses)
    if (data[key] !== undefined) findings.error('quiz.refuses', yaml.keyPlace([key]), {type: data.type, key});
  checkChoices(data, yaml, findings);
  const answer = readAnswer(data, yaml, where);
  note(where, 'ask', data.ask, yaml.placeOf(['ask']));
  if (data.because) note(where, 'because', data.because, yaml.placeOf(['because']));
  data.choices?.forEach((choice, i) => {
    note(where, 'choice', choice.text, yaml.placeOf(['choices', i, 'text']));
    if (choice.because) note(where, 'because', choice.because, yaml.placeOf(['choices', i, 'because']));
    if (choice.when !== undefined) {
      const at = yaml.placeIn(['choices', i, 'when']);
      const {file, containers} = where;
      where.places.conditions.push({role: 'quiz-choice', expr: choice.when, file, at, containers});
    }
  });
  if (data.check !== undefined) {
    const {file, containers} = where;
    where.places.conditions.push({role: 'quiz-check', expr: data.check, file, at: yaml.placeIn(['check']), containers});
  }
  const handsOn = data.type === 'hands-on';
  return {
    kind: 'quiz',
    pos: {file: where.file, ...fence.at},
    id: fence.id ?? '',
    type: data.type,
    ...(data.kind && {asks: data.kind}),
    ...(data.needs && {needs: data.needs}),
    ask: {en: data.ask},
    ...(data.choices && {
      choices: data.choices.map(({id, text, right = false, because, when}) => ({
        id,
        text: {en: text},
        right,
        because: {en: because ?? ''},
        ...(when !== undefined && {when}),
      })),
    }),
    ...(answer !== undefined && {answer}),
    ...(data.because && {because: {en: data.because}}),
    ...(data.check !== undefined && {check: data.check}),
    ...(handsOn && {hints: [], solve: [], mistakes: [], wrong: []}),
  };
}
