/** Every condition compiles against the table of facts, and says something about the machine. */
import {type CompileOptions, compile} from '../conditions/compile.ts';
import {type ConditionSchema, conditionSchema} from '../conditions/schema.ts';
import type {PlacedCondition} from '../format/places.ts';
import type {Rule} from './rule.ts';

/** Schemas by the containers that are there, since building one is the dear part. */
export function schemas(
  scope: Parameters<typeof conditionSchema>[0],
): (containers: readonly string[]) => ConditionSchema {
  const made = new Map<string, ConditionSchema>();
  return containers => {
    const key = containers.join(' ');
    const schema = made.get(key) ?? conditionSchema({...scope, containers});
    made.set(key, schema);
    return schema;
  };
}

function optionsFor(condition: PlacedCondition): Omit<CompileOptions, 'schema'> {
  // Only what a person is asked may look at output: it is no evidence.
  const allowRun = ['choice', 'quiz-choice', 'answer'].includes(condition.role);
  return {allowRun, want: condition.want ?? 'bool'};
}

export const conditions: Rule = ({lab, places, facts, containers, used, report}) => {
  const runs = lab.steps.flatMap(step =>
    step.blocks.flatMap(block => (block.kind === 'run' && block.id ? [block.id] : [])),
  );
  const schemaFor = schemas({facts, vars: Object.keys(lab.vars), runs, containers});
  for (const placed of places.conditions) {
    // A prediction is judged after what it predicts, which may begin a container.
    const schema = schemaFor(placed.role === 'choice' ? containers : placed.containers);
    const {condition, errors} = compile(placed.expr, {schema, ...optionsFor(placed)});
    for (const error of errors) {
      const later = error.code === 'cel.unknown-name' && containers.includes(String(error.params.name));
      report(later ? 'cel.later' : error.code, placed.file, placed.at(error.start), error.params);
    }
    for (const use of condition?.uses ?? []) if (use.keys[0] === 'vars') used.add(String(use.keys[1]));
    const asks = placed.role !== 'answer';
    if (asks && condition && !condition.uses.some(use => use.keys[0] !== 'vars'))
      report('cel.constant', placed.file, placed.at(0));
  }
};
