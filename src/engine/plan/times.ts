/** linux.timeOffsets: the clocks of a new time namespace (time_namespaces(7)). */
import {AT_FDCWD, CLONE, O} from '../flags.ts';
import type {ContainerSpec} from '../types.ts';
import type {Op} from './types.ts';

export interface TimeOps {
  /** In the parent, before clone3; `final` brings the parent's children back. */
  main: Op[];
  final: Op[];
}

/**
 * Offsets can be set only while nobody is in the namespace, and clone3 would put the child there at once: so the parent
 * makes it for its children, sets the clocks, and clones. Undefined: there are none to set.
 */
export function planTimes(linux: ContainerSpec['linux']): TimeOps | undefined {
  const offsets = Object.entries(linux?.timeOffsets ?? {});
  if (offsets.length === 0) return undefined;
  const text = offsets.map(([clock, {secs = 0, nanosecs = 0}]) => `${clock} ${secs} ${nanosecs}\n`).join('');
  const purpose = 'time.offsets';
  const slot = {slot: 'time.offsets'};
  return {
    main: [
      {
        call: 'openat',
        args: [AT_FDCWD, '/proc/self/ns/time', O.O_CLOEXEC, 0],
        purpose: 'time.remember',
        as: 'ns.time.own',
        fd: true,
      },
      {call: 'unshare', args: [CLONE.CLONE_NEWTIME], purpose: 'time.new'},
      {
        call: 'openat',
        args: [AT_FDCWD, '/proc/self/timens_offsets', O.O_WRONLY | O.O_CLOEXEC, 0],
        purpose,
        as: slot.slot,
        fd: true,
      },
      {call: 'write', args: [slot, text, Buffer.byteLength(text)], purpose},
    ],
    final: [{call: 'setns', args: [{slot: 'ns.time.own'}, CLONE.CLONE_NEWTIME], purpose: 'time.return'}],
  };
}
