/** A container's group through its life: planned, updated, frozen, emptied, removed. */
import {existsSync} from 'node:fs';
import {EngineError} from '../errors.ts';
import type {Keeper} from '../keeper.ts';
import {encode} from '../plan/encode.ts';
import {callFailed} from '../plan/failure.ts';
import type {Plan} from '../plan/types.ts';
import type {ContainerSpec, Resources} from '../types.ts';
import {Group} from './group.ts';
import {controllersOf, versionOnly, type WeightFile, weightFiles} from './limits.ts';
import {type ContainerGroup, leaf, planLimits, planThaw} from './plan.ts';
import {type StageGroups, type StageTree, stageFolder, type Tree, treeOf} from './trees.ts';

/** Keys of the keeper's undo plans; the stage's own are below. */
let nextKey = 1000;

export class Membership {
  /** For the plans that make the container and enter it. */
  readonly planned: ContainerGroup;
  private readonly groups: StageGroups;
  private readonly group: Group<StageTree>;
  private readonly keeper: Keeper;
  private thawing: number | undefined;

  constructor(keeper: Keeper, groups: StageGroups, kind: 'private' | 'real-host', path: string) {
    this.keeper = keeper;
    this.groups = groups;
    const at = (tree: StageTree): string => (kind === 'private' ? tree.mount : stageFolder(groups, tree));
    const trees = groups.trees.map(tree => ({...tree, at: at(tree), weightFile: weightFileOf(groups, tree)}));
    this.planned = {trees, path};
    const folders = groups.trees.map(tree => ({tree, folder: `${stageFolder(groups, tree)}/${path}`}));
    this.group = new Group(folders);
  }

  /** Rejects with 'call.failed': the kernel's answer to the value ("write … = EINVAL"). */
  async update(resources: Resources): Promise<void> {
    checkControllers(resources, this.groups);
    await this.run({main: planLimits(this.planned, resources)});
  }

  private async run(plan: Plan): Promise<void> {
    if (plan.main.length === 0) return;
    const failed = callFailed((await this.keeper.run(encode(plan))).answer);
    if (failed) throw new EngineError(failed);
  }

  /** Before it freezes, the keeper learns how to thaw: on v1 even SIGKILL waits for that. */
  async freeze(): Promise<void> {
    const main = planThaw(this.planned);
    if (main.length > 0 && this.thawing === undefined) {
      this.thawing = nextKey++;
      await this.keeper.pushUndo(this.thawing, 0, encode({main}));
    }
    await this.group.freeze();
  }

  async thaw(): Promise<void> {
    await this.group.thaw();
    if (this.thawing !== undefined) await this.keeper.dropUndo(this.thawing);
    this.thawing = undefined;
  }

  /** Kills all that is in the group but `spared`, whom others answer for. */
  kill(spared: ReadonlySet<number>): Promise<void> {
    return this.group.kill(spared);
  }

  /** Removes a group that nobody is in. False where there is more to do: then all of it. */
  removeEmpty(): boolean {
    return this.thawing === undefined && this.group.removeEmpty();
  }

  /**
   * Removes the group; who is still in it (a learner may have put anybody there) goes to the stage's own. A group that
   * will not go is left to the end of the stage, which knows of it.
   */
  async remove(): Promise<void> {
    const isInner = (tree: Tree): boolean => tree.version === 2 && tree.controllers.length > 0;
    await this.group
      .remove(tree => `${stageFolder(this.groups, tree)}${isInner(tree) ? `/${leaf}` : ''}`)
      .catch(error => {
        if (!(error instanceof EngineError)) throw error;
      });
  }
}

/** Where a weight of block I/O is written; undefined: this kernel has none, or the tree has not this controller. */
function weightFileOf(groups: StageGroups, tree: StageTree): WeightFile | undefined {
  if (!tree.controllers.includes('io')) return undefined;
  const known = weights.get(tree);
  if (known) return known;
  const folder = stageFolder(groups, tree);
  const found = weightFiles[tree.version].find(file => existsSync(`${folder}/${file}`));
  if (found) weights.set(tree, found);
  return found;
}

/** Found once for each stage, not for each of its containers; what is not there may come with a module. */
const weights = new WeakMap<StageTree, WeightFile>();

/**
 * Throws 'cgroup.not-on-stage' {path, controller} where the stage was opened without what a specification needs, and
 * 'cgroup.other-version' {path, controller, expected} for what only the other version of cgroups has, and 'cgroup.no-weight' {path,
 * expected} where no scheduler of the kernel has a weight.
 */
export function checkControllers(resources: Resources, groups: StageGroups | undefined): void {
  // Specifications that are known are frozen, so what held once for a stage's groups holds again.
  if (groups && checked.get(resources) === groups) return;
  check(resources, groups);
  if (groups && Object.isFrozen(resources)) checked.set(resources, groups);
}

const checked = new WeakMap<Resources, StageGroups>();

function check(resources: Resources, groups: StageGroups | undefined): void {
  for (const controller of controllersOf(resources)) {
    if (groups && treeOf(groups.trees, controller)) continue;
    throw new EngineError({code: 'cgroup.not-on-stage', params: {path: `linux.resources.${controller}`, controller}});
  }
  for (const [path, controller, version] of versionOnly(resources)) {
    const here = controller === 'cgroup' ? undefined : groups && treeOf(groups.trees, controller);
    const has = controller === 'cgroup' ? groups?.trees.some(tree => tree.version === 2) : here?.version === version;
    if (!has) throw new EngineError({code: 'cgroup.other-version', params: {path, expected: version, controller}});
  }
  const tree = groups && treeOf(groups.trees, 'io');
  if (resources.blockIO?.weight === undefined || !tree || weightFileOf(groups, tree)) return;
  const expected = weightFiles[tree.version].join(', ');
  throw new EngineError({code: 'cgroup.no-weight', params: {path: 'linux.resources.blockIO.weight', expected}});
}

/**
 * The group that a specification asks for; undefined: it asks for none. Throws 'cgroup.not-on-stage'.
 */
export function membershipOf(
  keeper: Keeper,
  groups: StageGroups | undefined,
  kind: 'private' | 'real-host',
  id: string,
  spec: ContainerSpec,
): Membership | undefined {
  const {cgroupsPath, resources} = spec.linux ?? {};
  if (cgroupsPath === undefined && resources === undefined) return undefined;
  checkControllers(resources ?? {}, groups);
  if (!groups)
    throw new EngineError({code: 'cgroup.not-on-stage', params: {path: 'linux.cgroupsPath', controller: 'cpu'}});
  return new Membership(keeper, groups, kind, (cgroupsPath ?? id).replace(/^\//, ''));
}
