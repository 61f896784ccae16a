/** The pool: every question of the labs as an item, with what it needs to be asked. */
import type {Finding, Lab, QuizBlock, Requires} from '../lab.ts';
import type {Item, Kind, Response} from './types.ts';

/** Names of a live answer: "${box.ns.net}" -> 'box.ns.net'. */
export function liveAnswer({answer}: Pick<QuizBlock, 'answer'>): string | undefined {
  return /^\$\{([\s\S]*)\}$/.exec(answer ?? '')?.[1];
}

/** Whether only a kernel can tell what is right. */
export function isLive(block: QuizBlock): boolean {
  return (
    block.check !== undefined ||
    liveAnswer(block) !== undefined ||
    block.choices?.some(choice => choice.when !== undefined) === true
  );
}

/** What a question asks of the host: what its document does, and root of the machine where it says so itself. */
export function requiresOf({doc, block}: Pick<Item, 'doc' | 'block'>): Requires {
  return block.needs === 'root' ? {...doc.requires, root: true} : doc.requires;
}

/** What is right, where the lab's file says it; undefined for live questions. */
export function staticKey(block: QuizBlock): Response | undefined {
  if (isLive(block)) return undefined;
  if (block.type === 'order') return {order: (block.answer ?? '').split(' ')};
  if (block.type === 'single' || block.type === 'multiple')
    return {choices: (block.choices ?? []).filter(choice => choice.right).map(choice => choice.id)};
  return {text: block.answer ?? ''};
}

/** What a question asks for: as its block says, else by its type; a value that only this machine knows is a reading. */
export function kindOf(block: QuizBlock): Kind {
  if (block.asks) return block.asks;
  if (block.type === 'hands-on') return 'repair';
  if (block.choices?.some(choice => choice.when !== undefined)) return 'prediction';
  return (block.type === 'number' || block.type === 'text') && liveAnswer(block) !== undefined ? 'reading' : block.type;
}

function quizzes(doc: Lab): {step: Lab['steps'][number]; block: QuizBlock}[] {
  return doc.steps.flatMap(step => step.blocks.flatMap(block => (block.kind === 'quiz' ? [{step, block}] : [])));
}

/**
 * The items of one lab: questions of lab.md, asked on the lab brought to their step where they are live, and the sections
 * of its quiz.md, which bring a stage of their own where they need one.
 * @param quiz the lab's quiz.md, where it has one
 */
export function itemsOf(lab: Lab, quiz?: Lab): Item[] {
  const {id: labId, number} = lab;
  const item = (doc: Lab, step: string, block: QuizBlock, stage: Item['stage'], show: string): Item => {
    return {id: `${labId}/${block.id}`, kind: kindOf(block), number, labId, doc, step, block, stage, show};
  };
  const known = new Set(lab.steps.map(step => step.id));
  const last = lab.steps.at(-1)?.id ?? '';
  const here = quizzes(lab).map(({step, block}) => item(lab, step.id, block, isLive(block) ? 'lab' : 'none', step.id));
  const own = quiz ? quizzes(quiz) : [];
  return [
    ...here,
    ...own.map(({step, block}) => {
      const staged = isLive(block) || step.blocks.some(({kind}) => kind === 'container' || kind === 'run');
      // A section with the id of a step of the lab is about that step; else the lab's end has seen all.
      return item(quiz!, step.id, block, staged ? 'own' : 'none', known.has(step.id) ? step.id : last);
    }),
  ];
}

/** Questions that two blocks give the same id: the results of one would count for the other. */
export function sameIds(items: readonly Item[]): Finding[] {
  return [...Map.groupBy(items, item => item.id).values()].flatMap(([first, ...more]) =>
    more.map(({block}) => ({
      ...block.pos,
      severity: 'error' as const,
      code: 'quiz.same-id',
      params: {id: block.id, file: first!.block.pos.file, line: first!.block.pos.line},
    })),
  );
}
