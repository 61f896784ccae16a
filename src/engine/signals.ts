/** Names of signals (signal(7)). */
import {constants} from 'node:os';
import {EngineError} from './errors.ts';

const names = new Map<number, string>();
// Node lists aliases too (SIGIOT for SIGABRT): the first name is the usual one, except where an older one comes first.
for (const [name, number] of Object.entries(constants.signals)) if (!names.has(number)) names.set(number, name);
names.set(constants.signals.SIGABRT, 'SIGABRT');
names.set(constants.signals.SIGIO, 'SIGIO');

/** "SIGKILL" for 9; real-time signals as "SIGRTMIN+1" (the kernel's 32 is SIGRTMIN's neighbour that libc keeps). */
export function signalName(signal: number): string {
  const name = names.get(signal);
  if (name) return name;
  return signal >= 34 && signal <= 64 ? `SIGRTMIN${signal > 34 ? `+${signal - 34}` : ''}` : String(signal);
}

/** Number of "SIGTERM", "TERM" or 15. Throws 'signal.unknown'. */
export function signalNumber(signal: string | number): number {
  const upper = String(signal).toUpperCase();
  const found =
    typeof signal === 'number'
      ? signal
      : (constants.signals as Record<string, number>)[upper.startsWith('SIG') ? upper : `SIG${upper}`];
  if (found === undefined || !Number.isInteger(found) || found < 0 || found > 64) {
    throw new EngineError({code: 'signal.unknown', params: {signal}});
  }
  return found;
}
