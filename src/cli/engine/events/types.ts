/** What happens to containers, as `glassbox engine events` tells it. */
import type {BoxStatus, Entry} from '../types.ts';

/** Docker's words; 'exec': a further process was started inside. */
export const HAPPENINGS = ['created', 'started', 'exec', 'paused', 'unpaused', 'oom', 'died', 'removed'] as const;
export type Happening = (typeof HAPPENINGS)[number];

export interface Details {
  /** In the machine's PID namespace. */
  pid?: number;
  command?: string[];
  /** Of 'oom': processes of its group that the kernel has killed for want of memory, since it was made. */
  kills?: number;
  /** Of 'died': as a shell would say it, 128 + N for signal N. Absent where nobody knows any more. */
  exitStatus?: number;
  signal?: string | null;
  /** Its keeper or supervisor was killed, and everything with it. */
  lost?: boolean;
}

export interface Event extends Details {
  /** ISO 8601. */
  time: string;
  event: Happening;
  id: string;
  name: string;
}

export const eventOf = ({id, name}: Pick<Entry, 'id' | 'name'>, event: Happening, details: Details = {}): Event => ({
  time: new Date().toISOString(),
  event,
  id,
  name,
  ...details,
});

/** How a container ended, as an event tells it. */
export const deathOf = (
  {exit, lost}: BoxStatus,
  statusOf: (exit: NonNullable<BoxStatus['exit']>) => number,
): Details =>
  exit ? {exitStatus: statusOf(exit), signal: exit.signal ?? null, lost: lost ?? false} : {lost: lost ?? false};
