/** The system calls around cgroups, for plans: a stage's groups, a container's, its membership and its limits. */
import {AT_FDCWD, CLONE, MS, O} from '../flags.ts';
import type {BufferSpec, Op} from '../plan/types.ts';
import type {Resources} from '../types.ts';
import {type LimitWrite, limitsV1, limitsV2, type WeightFile} from './limits.ts';
import {type StageGroups, type StageTree, stageFolder, supported, type Tree} from './trees.ts';

/** How long rmdir(2) may find a group busy whose last process has just been reaped. */
export const patienceMs = 2000;
/** On v2 a group that hands controllers on holds no processes itself: those of the stage sit in this one. */
export const leaf = 'stage';

/** open(2), write(2), close(2): cgroups have no system calls of their own but clone3's flag. */
function writeFile(path: string, text: string, purpose: string, tolerate?: Op['tolerate']): Op[] {
  const easy = tolerate ? {tolerate} : {};
  // A slot for each file: after an open that failed, the descriptor of another one must not be written.
  const slot = `${path} ${text}`;
  return [
    {call: 'openat', args: [AT_FDCWD, path, O.O_WRONLY | O.O_CLOEXEC, 0], purpose, as: slot, fd: true, ...easy},
    {call: 'write', args: [{slot}, text, Buffer.byteLength(text)], purpose, ...easy},
    {call: 'close', args: [{slot}], purpose, ...easy},
  ];
}

const mkdir = (path: string, purpose: string, tolerate?: Op['tolerate']): Op => ({
  call: 'mkdirat',
  args: [AT_FDCWD, path, 0o755],
  purpose,
  ...(tolerate ? {tolerate} : {}),
});

/** The controllers of a v2 tree that groups below are to have. */
const given = (tree: Tree): string[] => (tree.version === 2 ? supported.filter(c => tree.controllers.includes(c)) : []);

/** cgroup.subtree_control: groups below this one get the controllers that the stage uses. */
function handOn(tree: Tree, path: string, tolerate?: Op['tolerate']): Op[] {
  const names = given(tree);
  if (names.length === 0) return [];
  const text = names.map(name => `+${name}`).join(' ');
  return writeFile(`${path}/cgroup.subtree_control`, text, 'cgroup.hand-on', tolerate);
}

/** cpuset(7): a new group of v1 has no processor and takes nobody; those below this one get theirs from the kernel. */
function fill({fill: given}: StageTree, folder: string): Op[] {
  if (!given) return [];
  return [
    ...writeFile(`${folder}/cpuset.cpus`, given.cpus, 'cgroup.fill'),
    ...writeFile(`${folder}/cpuset.mems`, given.mems, 'cgroup.fill'),
    ...writeFile(`${folder}/cgroup.clone_children`, '1', 'cgroup.fill'),
  ];
}

/**
 * The keeper makes the stage's groups and goes there, before it unshares its cgroup namespace: so that becomes "/". Only
 * then are controllers handed on: a scope of systemd's had the keeper in it until now, and who hands on holds nobody.
 */
export function planStageGroups(groups: StageGroups): Op[] {
  return groups.trees.flatMap(tree => {
    const folder = stageFolder(groups, tree);
    return [
      mkdir(folder, 'cgroup.stage'),
      ...fill(tree, folder),
      ...writeFile(`${folder}/cgroup.procs`, '0', 'cgroup.stage.join'),
      ...handOn(tree, `${tree.mount}${tree.base}`),
    ];
  });
}

const show = (tree: StageTree, folder: string): Op => ({
  call: 'mount',
  args: [folder, tree.mount, null, MS.MS_BIND, null],
  purpose: 'cgroup.stage.view',
});

/**
 * The keeper leaves what becomes an inner group of v2. On the private stage (`bind`), inside the new namespaces: what it
 * sees of each tree is its own group, as its cgroup namespace says.
 */
export function planStageView(groups: StageGroups, bind: boolean): Op[] {
  return groups.trees.flatMap(tree => {
    const folder = stageFolder(groups, tree);
    const inner = [
      mkdir(`${folder}/${leaf}`, 'cgroup.stage'),
      ...writeFile(`${folder}/${leaf}/cgroup.procs`, '0', 'cgroup.stage.join'),
      // Another session that ended meanwhile may have switched them off: they stay from the moment that we hand them on.
      ...(tree.scope ? [] : handOn(tree, `${tree.mount}${tree.base}`, 'any')),
      ...handOn(tree, folder),
    ];
    return [...(given(tree).length > 0 ? inner : []), ...(bind ? [show(tree, folder)] : [])];
  });
}

/** native/protocol.h: descriptors of guard and worker that name the namespaces in which the keeper was started. */
const home = {mnt: 100, cgroup: 101} as const;

/**
 * Removes a stage's groups with all groups in them, whatever their names, and switches off what was switched on for them:
 * the kernel refuses (EBUSY) while another session hands it on. In the keeper that is done from where it was started: its
 * own mount namespace shows the groups from inside, and a group with the keeper in it would stay. No umount here, which
 * could hit the machine's own mounts. Scopes are systemd's to remove, when the keeper has ended.
 */
export function planStageGroupsUndo(groups: StageGroups, where: 'keeper' | 'engine'): Op[] {
  const purpose = 'undo.cgroup';
  const trees = groups.trees.filter(tree => where === 'engine' || !tree.scope);
  if (trees.length === 0) return [];
  const leave: Op[] =
    where === 'engine'
      ? []
      : [
          {call: 'setns', args: [home.cgroup, CLONE.CLONE_NEWCGROUP], purpose},
          {call: 'setns', args: [home.mnt, CLONE.CLONE_NEWNS], purpose},
          ...trees.flatMap(({mount, origin}) => writeFile(`${mount}${origin}/cgroup.procs`, '0', purpose, 'any')),
        ];
  const remove = trees.flatMap((tree): Op[] => [
    {call: 'RMDIRS', args: [stageFolder(groups, tree), patienceMs], purpose, tolerate: 'ENOENT'},
    ...tree.switched.flatMap(name =>
      writeFile(`${tree.mount}${tree.base}/cgroup.subtree_control`, `-${name}`, purpose, 'any'),
    ),
  ]);
  return [...leave, ...remove];
}

/** A container's group: in every tree of the stage, at this path below the stage's group ('box', 'a/b'). */
export interface ContainerGroup {
  /** Each with the folder of the stage's group, as processes of the stage see it. */
  trees: readonly (Tree & {at: string; weightFile?: WeightFile | undefined})[];
  path: string;
}

/** Folder of a group as processes of the stage see it. */
const folderOf = ({at}: {at: string}, path: string): string => `${at}/${path}`;

const named: readonly string[] = supported;

/** The writes that set limits, tree by tree. */
export function planLimits({trees, path}: ContainerGroup, resources: Resources): Op[] {
  const writes = ({version, weightFile}: ContainerGroup['trees'][number]): LimitWrite[] =>
    version === 2 ? limitsV2(resources, weightFile) : limitsV1(resources, weightFile);
  return trees.flatMap(tree =>
    writes(tree)
      .filter(
        ({controller}) => tree.controllers.includes(controller) || (controller === 'cgroup' && tree.version === 2),
      )
      .flatMap(({controller, file, text}) =>
        writeFile(
          `${folderOf(tree, path)}/${file}`,
          text,
          `cgroup.limit.${named.includes(controller) ? controller : 'other'}`,
        ),
      ),
  );
}

/** mkdir(2) of the group and of those above it. One that is there already is used: a lab may have made it by hand. */
export function planGroup({trees, path}: ContainerGroup): Op[] {
  const names = path.split('/');
  return trees.flatMap(tree =>
    names.flatMap((_, i) => {
      const here = folderOf(tree, names.slice(0, i + 1).join('/'));
      const inner = i < names.length - 1 ? handOn(tree, here) : [];
      return [mkdir(here, 'cgroup.make', 'EEXIST'), ...inner];
    }),
  );
}

/** Whose number is written there becomes a member. `i` tells the descriptors of the trees apart. */
const openMembers = (folder: string, i: number, purpose: string): Op => ({
  call: 'openat',
  args: [AT_FDCWD, `${folder}/cgroup.procs`, O.O_WRONLY | O.O_CLOEXEC, 0],
  purpose,
  as: `cgroup.${i}`,
  fd: true,
});

export interface JoinOps {
  /** Before the clone, in the parent. */
  main: Op[];
  flags: number;
  /** First of all in the child. */
  child: Op[];
}

/**
 * Membership before anything of the container runs. v2: clone3(2) with CLONE_INTO_CGROUP gives birth in the group; v1: the
 * child moves itself ("0" is whoever writes), through descriptors that the parent opened, since who opens must be allowed.
 */
export function planJoin({trees, path}: ContainerGroup): JoinOps {
  const ops: JoinOps = {main: [], flags: 0, child: []};
  trees.forEach((tree, i) => {
    const folder = folderOf(tree, path);
    if (tree.version === 2) {
      const open = [AT_FDCWD, folder, O.O_PATH | O.O_DIRECTORY | O.O_CLOEXEC, 0];
      ops.main.push(
        {call: 'openat', args: open, purpose: 'cgroup.open', as: 'cgroup', fd: true},
        // struct clone_args.cgroup (clone(2))
        {call: 'STORE', args: [{buffer: 'clone', offset: 80}, {slot: 'cgroup'}, 8], purpose: 'cgroup.open'},
      );
      ops.flags = CLONE.CLONE_INTO_CGROUP;
      return;
    }
    ops.main.push(openMembers(folder, i, 'cgroup.join'));
    ops.child.push({call: 'write', args: [{slot: `cgroup.${i}`}, '0', 1], purpose: 'cgroup.join'});
  });
  return ops;
}

export interface BesideOps extends JoinOps {
  buffers: Record<string, BufferSpec>;
  /** After the clone, in the parent, while the child goes on: it must be done before the child runs anything. */
  beside: Op[];
}

/**
 * Groups, limits and membership where whoever makes them may move others. v2: the group is there before the clone, and gives
 * birth. v1 knows no such thing: its groups are made and limited while the child builds its root, and then the parent moves it
 * ("echo PID > cgroup.procs"), so that neither waits for the other.
 */
export function planBeside({trees, path}: ContainerGroup, resources: Resources): BesideOps {
  const second = {trees: trees.filter(({version}) => version === 2), path};
  const first = {trees: trees.filter(({version}) => version === 1), path};
  const {main, flags} = planJoin(second);
  const text = {buffer: 'pid.text'};
  const move = first.trees.flatMap((tree, i): Op[] => [
    openMembers(folderOf(tree, path), i, 'cgroup.move'),
    {call: 'write', args: [{slot: `cgroup.${i}`}, text, {slot: 'pid.length'}], purpose: 'cgroup.move'},
  ]);
  return {
    buffers: {'pid.text': {size: 24}},
    main: [...planGroup(second), ...planLimits(second, resources), ...main],
    flags,
    child: [],
    beside: [
      ...planGroup(first),
      ...planLimits(first, resources),
      {call: 'FORMAT', args: [text, {slot: 'pid'}], purpose: 'cgroup.move', as: 'pid.length'},
      ...move,
    ],
  };
}

/** Thaws a group of v1's freezer, whatever else happens: for the keeper's undo plans of phase 0. v2 dies frozen. */
export function planThaw({trees, path}: ContainerGroup): Op[] {
  return trees
    .filter(tree => tree.version === 1 && tree.controllers.includes('freezer'))
    .flatMap(tree => writeFile(`${folderOf(tree, path)}/freezer.state`, 'THAWED', 'undo.cgroup', 'any'));
}
