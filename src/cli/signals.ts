/** SIGINT, SIGTERM and SIGHUP end a run the clean way; a second one does not wait. */

export interface Signals {
  signal: AbortSignal;
  /** 128 + the number of the signal that came, or undefined. */
  status(): number | undefined;
  off(): void;
}

const NUMBERS = {SIGINT: 2, SIGTERM: 15, SIGHUP: 1} as const;

/** Listens until off() is called. */
export function onSignals(): Signals {
  const controller = new AbortController();
  let came: keyof typeof NUMBERS | undefined;
  const hear = (name: NodeJS.Signals): void => {
    // The keeper sweeps by itself when we are gone, so impatience costs nothing.
    if (came) process.exit(128 + NUMBERS[came]);
    came = name as keyof typeof NUMBERS;
    controller.abort();
  };
  const names = Object.keys(NUMBERS) as (keyof typeof NUMBERS)[];
  for (const name of names) process.on(name, hear);
  return {
    signal: controller.signal,
    status: () => came && 128 + NUMBERS[came],
    off: () => {
      for (const name of names) process.off(name, hear);
    },
  };
}
