/** What the questions of a quiz.md must have, beyond what a lab's blocks must. */
import {freshNamespaces} from '../format/container.ts';
import type {ContainerBlock, Lab, Step} from '../lab.ts';
import {lackedBy} from '../session/without.ts';
import type {Rule} from './rule.ts';
import {quiz} from './structure.ts';

/** Everything that `lacks` can come to with what its variables may be. */
function everyLack({lacks = []}: ContainerBlock, vars: Lab['vars']): string[] {
  let texts: readonly string[] = lacks;
  for (const [name, {pick}] of Object.entries(vars))
    texts = texts.flatMap(text =>
      text.includes(`\${${name}}`) ? pick.map(one => text.replaceAll(`\${${name}}`, one)) : [text],
    );
  return [...new Set(lackedBy(texts, {vars: {}, now: {}, before: {}}))];
}

export const lacks: Rule = ({lab, report}) => {
  for (const block of lab.steps.flatMap(step => step.blocks)) {
    if (block.kind !== 'container' || !block.lacks) continue;
    const fresh = freshNamespaces(block.spec);
    for (const came of everyLack(block, lab.vars))
      if (!fresh.includes(came))
        report('container.lacks', block.pos.file, block.pos, {came, fresh: fresh.join(', ') || '–'});
  }
};

/** In place of structure(), which asks for checks. */
export const questions: Rule = ({lab, report}) => {
  const needs = lab.requires.namespaces ?? [];
  const section = ({blocks}: Step) => {
    for (const block of blocks) {
      if (block.kind === 'quiz') quiz(block, report);
      if (block.kind !== 'container') continue;
      for (const {type} of block.spec.linux?.namespaces ?? [])
        if (!needs.includes(type)) report('requires.namespace', block.pos.file, block.pos, {id: block.id, came: type});
    }
  };
  for (const step of lab.steps) section(step);
};

/** Ids of a course's questions are the lab's and the block's, so lab.md and quiz.md share none. */
export function sameIds(lab: Lab, quizLab: Lab): {id: string; at: ContainerBlock['pos']}[] {
  const ids = (of: Lab) =>
    of.steps.flatMap(step => step.blocks).flatMap(block => (block.kind === 'quiz' ? [block] : []));
  const known = new Set(ids(lab).map(block => block.id));
  return ids(quizLab).flatMap(({id, pos}) => (known.has(id) ? [{id, at: pos}] : []));
}
