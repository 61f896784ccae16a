/** What a lab must have so that it can be judged, solved and failed. */
import type {CheckBlock, Mistake, Pos, QuizBlock, Step} from '../lab.ts';
import type {Rule, RuleInput} from './rule.ts';

type Report = RuleInput['report'];

function judged(
  block: {pos: Pos; id: string; solve?: unknown[]; mistakes?: Mistake[]},
  kind: 'check' | 'quiz',
  report: Report,
): void {
  const {pos, id} = block;
  if (block.solve?.length === 0) report(`${kind}.no-solve`, pos.file, pos, {id});
  if (block.mistakes?.length === 0) report(`${kind}.no-mistake`, pos.file, pos, {id});
  for (const mistake of block.mistakes ?? [])
    if (mistake.say.en === '') report('mistake.no-say', mistake.pos.file, mistake.pos, {id: mistake.id});
}

function check(block: CheckBlock, report: Report): void {
  if (block.hints.length === 0) report('check.no-hint', block.pos.file, block.pos, {id: block.id});
  judged(block, 'check', report);
}

export function quiz(block: QuizBlock, report: Report): void {
  if (block.type === 'hands-on') judged(block, 'quiz', report);
}

function step(of: Step, needs: string[], report: Report): void {
  of.blocks.forEach((block, i) => {
    if (block.kind === 'check') check(block, report);
    else if (block.kind === 'quiz') quiz(block, report);
    else if (block.kind === 'predict' && !of.blocks.slice(i + 1).some(below => below.kind === 'run'))
      report('predict.no-run', block.pos.file, block.pos, {id: block.id});
    else if (block.kind === 'container')
      for (const {type} of block.spec.linux?.namespaces ?? [])
        if (!needs.includes(type)) report('requires.namespace', block.pos.file, block.pos, {id: block.id, came: type});
  });
}

export const structure: Rule = ({lab, report}) => {
  const needs = lab.requires.namespaces ?? [];
  for (const one of lab.steps) step(one, needs, report);
  const first = lab.steps[0]!.pos;
  const judges = lab.steps.some(({blocks}) => blocks.some(block => block.kind === 'check'));
  if (!judges) report('lab.no-check', first.file, first);
};
