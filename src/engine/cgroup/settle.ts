/** The groups of a stage that is being opened: which trees, where in them, and what is switched on for them. */
import {EngineError} from '../errors.ts';
import {slurp} from '../facts/proc.ts';
import {type Delegated, delegatedGroups, type Place} from './delegation.ts';
import {scopeName, startScope} from './scope.ts';
import {
  chooseTrees,
  pathIn,
  type StageGroups,
  type StageTree,
  type Switched,
  stageFolders,
  supported,
  treeOf,
} from './trees.ts';

/**
 * Where a stage's groups may lie; undefined: it wants none. Throws 'cgroup.no-controller' (the machine has none),
 * 'cgroup.not-delegated' (this user may not use it) {controller}.
 */
export function checkDelegation(
  wanted: readonly string[],
  read: () => Delegated = delegatedGroups,
): Delegated | undefined {
  if (wanted.length === 0) return undefined;
  const delegated = read();
  const {controllers, lack, places} = delegated;
  const missing = wanted.find(name => !controllers.includes(name));
  if (missing !== undefined && lack?.params.missing.split(' ').includes(missing)) {
    throw new EngineError({code: 'cgroup.not-delegated', params: {controller: missing}});
  }
  chooseTrees(
    places.map(({tree}) => tree),
    wanted,
  );
  return delegated;
}

export interface Settling {
  id: string;
  keeperPid: number;
  /** Controllers. */
  wanted: readonly string[];
  /** What sessions that live have switched on; asked twice, since one may begin or end meanwhile. */
  others: () => Switched[];
}

/** The groups of a stage whose keeper runs, not made yet; with systemd, its scope is. Rejects with 'cgroup.no-scope'. */
export async function settleGroups(
  delegated: Delegated,
  {id, keeperPid, wanted, others}: Settling,
): Promise<StageGroups> {
  const {how, bus, places} = delegated;
  const scope = how === 'systemd' ? await startScope(id, keeperPid, bus ?? 'system') : undefined;
  const chosen = chooseTrees(
    places.map(({tree}) => tree),
    wanted,
  );
  const before = others();
  const trees = places
    .filter(({tree}) => chosen.includes(tree))
    .flatMap(place => {
      const path = scope && pathIn(place.tree, scope);
      // On v1 systemd has trees of its own only; what it does not manage is the machine's.
      if (path?.endsWith(`/${scopeName(id)}`)) return [inScope(place, path)];
      return scope && bus === 'user' ? [] : [{...place.tree, base: place.base, origin: place.origin, switched: []}];
    });
  const lost = wanted.find(name => !treeOf(trees, name));
  if (lost) throw new EngineError({code: 'cgroup.no-scope', params: {reason: `${scopeName(id)}: no ${lost}`}});
  for (const tree of trees) {
    // What nobody asked for is not handed on; trees of v1 cannot be had in part.
    if (tree.version === 2) tree.controllers = tree.controllers.filter(name => wanted.includes(name));
    else if (tree.controllers.includes('cpuset')) tree.fill = fillOf(tree);
    tree.switched = switchedFor(tree, [...before, ...others()]);
  }
  return {name: `glassbox-${id}`, trees};
}

function inScope({tree, origin}: Place, path: string): StageTree {
  const given = (slurp(`${tree.mount}${path}/cgroup.controllers`) ?? '').split(/\s+/).filter(Boolean);
  return {
    ...tree,
    controllers: tree.version === 2 ? given : tree.controllers,
    base: path,
    origin,
    switched: [],
    scope: true,
  };
}

/** The machine's own processors and memory nodes, or those of the group that was handed over. */
function fillOf({mount, base}: StageTree): {cpus: string; mems: string} {
  const read = (name: string): string => (slurp(`${mount}${base}/cpuset.${name}`) ?? '').trim();
  return {cpus: read('cpus'), mems: read('mems')};
}

/** What is off now, and what others of us have switched on: whoever ends last leaves it as it was. */
function switchedFor(tree: StageTree, others: readonly Switched[]): string[] {
  if (tree.version === 1 || tree.scope) return [];
  const file = `${tree.mount}${tree.base}/cgroup.subtree_control`;
  const on = (slurp(file) ?? '').split(/\s+/);
  const theirs = others.filter(one => one.file === file).flatMap(one => one.controllers);
  return supported.filter(name => tree.controllers.includes(name) && (!on.includes(name) || theirs.includes(name)));
}

/** For the ledger: the groups, and what is switched on for them. */
export const listed = (groups: StageGroups): {cgroups: string[]; switched: Switched[]} => ({
  cgroups: stageFolders(groups),
  switched: groups.trees
    .filter(tree => tree.switched.length > 0)
    .map(tree => ({file: `${tree.mount}${tree.base}/cgroup.subtree_control`, controllers: tree.switched})),
});
