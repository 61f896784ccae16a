/** Plans that ask the same of the same process again and again: made once, and so encoded once (see probeOf). */
import type {Plan} from '../plan/types.ts';

const limit = 64;

/** The same as `make`, which must depend on nothing but its argument; the plans of the last 64 processes are kept. */
export function perProcess(make: (pid?: number) => Plan): (pid?: number) => Plan {
  const known = new Map<number | undefined, Plan>();
  return pid => {
    let plan = known.get(pid);
    if (!plan) {
      const [oldest] = known.keys();
      if (known.size >= limit) known.delete(oldest);
      plan = make(pid);
      known.set(pid, plan);
    }
    return plan;
  };
}
