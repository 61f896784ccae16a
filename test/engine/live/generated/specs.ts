/** Specifications as nobody writes them by hand: every field, in any company, each value such that `true` may well run. */
import fc from 'fast-check';
import type {ContainerSpec, NamespaceType} from '../../../../src/engine/types.ts';
import {links, types} from '../../support.ts';
import {few, flag, maybe, mostly, type Places, some, without} from './draw.ts';
import {devices, mountsOn, ranges, resourcesOn, seccomp, sysctls} from './linux.ts';
import {processSpec} from './process.ts';

/** A specification without a contradiction in it; whether the kernel agrees is for the kernel to say. */
export const specs = (places: Places): fc.Arbitrary<ContainerSpec> =>
  fc
    .record({
      fresh: few(types, 0, 8),
      joined: few(types, 0, 2),
      rooted: some(['no', 'folder', 'layers', 'copied'] as const),
    })
    .chain(({fresh, joined, rooted}) => {
      const own = new Set<NamespaceType>(rooted === 'no' ? fresh : [...fresh, 'mount']);
      const others = joined.filter(type => !own.has(type) && type !== 'mount' && type !== 'user');
      const has = (type: NamespaceType): boolean => own.has(type);
      const inRoot = rooted !== 'no';
      const when = <T>(holds: boolean, value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
        holds ? fc.option(value, {nil: undefined, freq: 2}) : fc.constant(undefined);
      const apart = has('network') || others.includes('network');
      const settable = Object.entries(sysctls).filter(
        ([type]) => own.has(type as NamespaceType) || (others as string[]).includes(type),
      );
      const sysctl = fc
        .tuple(...settable.map(([, all]) => few(Object.entries(all), 0, 2)))
        .map(list => Object.fromEntries(list.flat()));
      const spaces = [
        ...[...own].map(type => ({type})),
        ...others.map(type => ({type, path: `/proc/${places.peer.pid}/ns/${links[type]}`})),
      ];
      const network: fc.Arbitrary<ContainerSpec['network']> = fc.oneof(
        fc.constant({mode: 'none' as const}),
        maybe({
          subnet: some(['10.231.7.0/24']),
          address: some(['10.231.7.9']),
          mtu: some([1400]),
          nat: flag,
        }).map(more => ({...more, mode: 'bridge' as const})),
        ...(apart
          ? []
          : [fc.constant({mode: 'host' as const}), fc.constant({mode: `container:${places.peer.id}` as const})]),
      );
      const mayBeNamed = !spaces.some(({type}) => type === 'user') || spaces.some(({type}) => type === 'uts');
      const linux = fc
        .record({
          namespaces: fc.constant(spaces),
          uidMappings: when(has('user'), some(ranges)),
          gidMappings: when(has('user'), some(ranges)),
          rootfsPropagation: when(has('mount'), some(['private', 'slave', 'shared', 'unbindable'] as const)),
          cgroupsPath: when(true, some(['a', 'a/b', '/deep/er/est'])),
          resources: when(true, resourcesOn(places)),
          devices: when(inRoot, few(devices)),
          defaultDevices: when(inRoot, flag),
          maskedPaths: when(inRoot, few(['/proc/kcore', '/etc', '/etc/file', '/nothing'])),
          readonlyPaths: when(inRoot, few(['/proc/sys', '/tmp', '/etc/file', '/nothing'])),
          sysctl: when(settable.length > 0, sysctl),
          seccomp: when(true, seccomp),
          personality: when(true, fc.record({domain: some(['LINUX', 'LINUX32'] as const)})),
          timeOffsets: when(
            has('time'),
            maybe({
              monotonic: fc.record({secs: mostly([-1, 5], [2 ** 40]), nanosecs: some([0, 999_999_999])}),
              boottime: fc.record({secs: some([7])}),
            }),
          ),
        })
        .map(without);
      const root =
        rooted === 'no'
          ? fc.constant(undefined)
          : flag.map(readonly =>
              rooted === 'folder'
                ? {path: places.root, readonly}
                : rooted === 'layers'
                  ? {path: 'merged', layers: [places.root], readonly}
                  : {path: 'copied', programs: ['true'], readonly},
            );
      return fc
        .record({
          ociVersion: when(true, fc.constant('1.2.0')),
          process: processSpec,
          hostname: when(mayBeNamed, some(['box', 'a.b', 'x'.repeat(64)])),
          domainname: when(mayBeNamed, some(['example'])),
          root,
          mounts: when(has('mount'), mountsOn(places, inRoot)),
          annotations: when(true, fc.constant({'org.example': 'x'})),
          network: when(!others.includes('network'), network),
          linux,
        })
        .map(without) as fc.Arbitrary<ContainerSpec>;
    });
