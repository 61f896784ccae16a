/** One value for what Glassbox draws or asks anew: variables by the seed, answers that follow from them alone. */
import {factTable} from '../../../engine/index.ts';
import {compile} from '../../conditions/compile.ts';
import {evaluate} from '../../conditions/judge.ts';
import {type ConditionSchema, conditionSchema} from '../../conditions/schema.ts';
import type {Lab, QuizBlock} from '../../lab.ts';
import {drawVars} from '../../session/seed.ts';
import {seedOf} from '../draw.ts';
import type {Item} from '../types.ts';
import type {CardOptions, Frozen} from './types.ts';

const HOLE = /\$\{([A-Za-z_][\w.-]*)\}/g;

const schemas = new WeakMap<Lab, ConditionSchema>();

/** Nothing but variables: whatever names a fact has no value here. */
function schemaOf(doc: Lab): ConditionSchema {
  const known = schemas.get(doc);
  if (known) return known;
  const blocks = doc.steps.flatMap(step => step.blocks);
  const containers = [...new Set(blocks.flatMap(block => (block.kind === 'container' ? [block.id] : [])))];
  const runs = blocks.flatMap(block => (block.kind === 'run' && block.id !== undefined ? [block.id] : []));
  const made = conditionSchema({facts: factTable, containers, vars: Object.keys(doc.vars), runs});
  schemas.set(doc, made);
  return made;
}

/** The values of one question, and whether its texts and answers have shown any. */
export class Freezer {
  readonly #item: Item;
  readonly #frozen: Frozen | undefined;
  readonly vars: Record<string, string>;
  readonly used = new Set<string>();
  /** Names that have no value here: 'box.pid'. */
  readonly missing = new Set<string>();

  constructor(item: Item, {seed, frozen}: CardOptions) {
    this.#item = item;
    this.#frozen = frozen?.get(item.id);
    this.vars = this.#frozen?.vars ?? drawVars(item.doc.vars, seedOf(seed, item.id));
  }

  /** Day of the kernel's answer; undefined: it wasn't asked. */
  get day(): string | undefined {
    return this.#frozen?.at.slice(0, 10);
  }

  fill(text: string): string {
    return text.replace(HOLE, (whole, path: string) => {
      const name = path.replace(/^vars\./, '');
      if (Object.hasOwn(this.vars, name)) {
        this.used.add(name);
        return this.vars[name] as string;
      }
      const known = this.#frozen?.values[path];
      if (known !== undefined && known !== null && typeof known !== 'object') return String(known);
      if (path.includes('.')) this.missing.add(path);
      return whole; // ${HOME} is the shell's
    });
  }

  /** Ids of the right choices; undefined: only a kernel knows. */
  rightChoices(choices: NonNullable<QuizBlock['choices']>): string[] | undefined {
    const conditions = choices.map(choice => choice.when);
    if (conditions.every(when => when === undefined)) return choices.filter(({right}) => right).map(({id}) => id);
    const key = this.#frozen?.key;
    if (key && 'choices' in key) return key.choices;
    const values = conditions.map(when => (when === undefined ? undefined : this.#value(when)));
    const holds = choices.filter((_, i) => values[i] === true);
    return holds.length === 1 && values.every(value => typeof value === 'boolean') ? [holds[0]!.id] : undefined;
  }

  /** A literal or what an expression over variables comes to; undefined: only a kernel knows. */
  answer(answer: string): string | undefined {
    const live = /^\$\{([\s\S]*)\}$/.exec(answer)?.[1];
    if (live === undefined) return answer;
    const key = this.#frozen?.key;
    if (key && 'text' in key) return key.text;
    const value = this.#value(live);
    return typeof value === 'string' || typeof value === 'bigint' ? String(value) : undefined;
  }

  #value(expr: string): unknown {
    const {condition} = compile(expr, {schema: schemaOf(this.#item.doc), allowRun: true, want: 'any'});
    if (!condition) return undefined;
    const {value} = evaluate(condition, {now: {}, before: {}, vars: this.vars});
    for (const use of condition.uses) if (use.keys[0] === 'vars') this.used.add(String(use.keys[1]));
    return value;
  }
}
