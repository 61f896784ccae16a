/** Whether this user may make control groups, and how they would be had (src/engine/cgroup/delegation.ts decides). */
import {type Delegated, delegatedGroups, type Surroundings, surroundings} from '../cgroup/delegation.ts';
import type {HostFinding} from '../types.ts';
import {good, partly} from './find.ts';

/**
 * @param around of the process that asks
 * @param shell the process that starts Glassbox: it is what an administrator puts into a group by hand
 */
export function delegationFinding(around: Surroundings = surroundings(), shell: number = process.ppid): HostFinding {
  const id = 'cgroup.delegation';
  const {how, controllers, bus, lack}: Delegated = delegatedGroups(around);
  const found = [`${how}${bus ? ` (${bus})` : ''}`, ...controllers].join(' ');
  // Without any tree there is nothing to hand over; the finding about cgroups says so.
  if (around.trees.length === 0) return partly(id, 'none', 'host.cgroup.none');
  if (!lack) return good(id, found, `host.delegation.${how}`);
  const {missing, command} = lack.params;
  if (lack.code !== 'host.delegation.none' || around.booted) {
    return partly(id, found, lack.code, {missing, command}, 'host.cure.command');
  }
  const tree = around.trees.find(one => one.tree.version === 2)?.tree;
  const has = missing.split(' ').every(name => tree?.controllers.includes(name));
  if (!tree || !has) return partly(id, found, lack.code, {missing}, 'host.cure.sudo');
  return partly(
    id,
    found,
    lack.code,
    {missing, command: byHand(tree.mount, around.uid, shell, missing)},
    'host.cure.command',
  );
}

/** Delegation without a manager (Control Group v2, section Delegation): a group of the user's, and the shell inside. */
function byHand(mount: string, uid: number, shell: number, controllers: string): string {
  const group = `${mount}/glassbox-${uid}`;
  const on = controllers.split(' ').map(name => `+${name}`);
  return (
    `echo ${on.join(' ')} > ${mount}/cgroup.subtree_control && mkdir -p ${group}/shell && ` +
    `chown -R ${uid} ${group} && echo ${shell} > ${group}/shell/cgroup.procs`
  );
}
