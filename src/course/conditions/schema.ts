/** What conditions may speak of: the engine's table of facts, for the host and each container, now and before. */
import {Environment} from '@marcbachmann/cel-js';
import type {FactRow, FactType} from '../../engine/index.ts';

export interface ConditionScope {
  facts: readonly FactRow[];
  /** Ids of the containers, without 'host'. */
  containers: readonly string[];
  vars?: readonly string[];
  /** Ids of run blocks. */
  runs?: readonly string[];
}

/** A fact's type, or a group of facts by name. */
export type FactTree = FactType | {[name: string]: FactTree};

export interface ConditionSchema {
  readonly env: Environment;
  /** By root: 'host', each container, 'before', 'vars', 'run'. */
  readonly roots: {[name: string]: FactTree};
  readonly containers: readonly string[];
}

/** Carries the answers of has() into the program. */
export const HAS = '__has';

const CEL_TYPE: Record<FactType, string> = {
  string: 'string',
  int: 'int',
  bool: 'bool',
  'list<string>': 'list<string>',
  'list<int>': 'list<int>',
  'map<int>': 'map<string, int>',
  'map<string>': 'map<string, string>',
};

type Group = {[name: string]: FactTree};

function treeOf(facts: readonly FactRow[]): Group {
  const tree: Group = {};
  for (const row of facts) {
    const names = row.path.split('.');
    const last = names.pop()!;
    let at = tree;
    for (const name of names) {
      if (typeof at[name] !== 'object') at[name] = {};
      at = at[name];
    }
    if (typeof at[last] !== 'object') at[last] = row.type;
  }
  return tree;
}

type CelSchema = {[name: string]: string | CelSchema};

function celSchema(tree: Group): CelSchema {
  return Object.fromEntries(
    Object.entries(tree).map(([name, inner]) => [name, typeof inner === 'string' ? CEL_TYPE[inner] : celSchema(inner)]),
  );
}

/** The typed schema for `compile`. Building one takes about a millisecond: keep it for all conditions of a scope. */
export function conditionSchema(scope: ConditionScope): ConditionSchema {
  const side = treeOf(scope.facts);
  const sides = Object.fromEntries(['host', ...scope.containers].map(name => [name, side]));
  const roots: Group = {
    ...sides,
    before: sides,
    vars: Object.fromEntries((scope.vars ?? []).map(name => [name, 'string' as const])),
    run: Object.fromEntries((scope.runs ?? []).map(id => [id, {status: 'int', output: 'string'} as const])),
  };
  const env = new Environment();
  for (const [name, tree] of Object.entries(roots)) env.registerVariable(name, {schema: celSchema(tree as Group)});
  env.registerVariable(HAS, 'list<bool>');
  return {env, roots, containers: scope.containers};
}
