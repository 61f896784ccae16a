/** Plans that ask the same of the same process again and again: made once, and so encoded once (see probeOf). */
import type {Plan} from '../plan/types.ts';
import {Recent} from '../recent.ts';

/** The same as `make`, which must depend on nothing but its argument; the plans of the last 64 processes are kept. */
export function perProcess(make: (pid?: number) => Plan): (pid?: number) => Plan {
  const known = new Recent<number | undefined, Plan>(64);
  return pid => {
    const plan = known.get(pid) ?? make(pid);
    if (!known.has(pid)) known.set(pid, plan);
    return plan;
  };
}
