/** Maps of a container on a stage that lacks their ids: that of an ordinary user, to whom no range is given. */
import type {ContainerSpec, Facts, IdMapping} from '../../engine/index.ts';
import type {ContainerBlock} from '../lab.ts';

/** Whether each range lies within one line of a uid_map or gid_map, which the kernel asks for (user_namespaces(7)). */
function within(maps: readonly IdMapping[] | undefined, map: string): boolean {
  const lines = map.split('\n').map(line => line.split(' ').map(Number));
  const holds = ({hostID, size}: IdMapping): boolean =>
    lines.some(([first = 0, , count = 0]) => hostID >= first && hostID + size <= first + count);
  return (maps ?? []).every(holds);
}

/** The spec of a block as this stage can have it: with the maps of its `single` where the host's side lacks the ids. */
export function mappable(block: ContainerBlock, spec: ContainerSpec, host: Facts | null | undefined): ContainerSpec {
  const {single} = block;
  const {uid_map: uids, gid_map: gids} = host ?? {};
  if (!single || typeof uids !== 'string' || typeof gids !== 'string') return spec;
  const {uidMappings, gidMappings} = spec.linux ?? {};
  if (within(uidMappings, uids) && within(gidMappings, gids)) return spec;
  return {...spec, linux: {...spec.linux, ...single}};
}
