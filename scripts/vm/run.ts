// Runs one command in a guest: sh scripts/node.sh scripts/vm/run.ts --cgroup v1 -- bin/glassbox run 07
// Its status is the command's own; 3: no guest can be had here; 124: the time was over; 125: the guest told no status.
import {type GuestEnd, runInGuest} from './guest.ts';
import {NoGuest} from './needs.ts';
import {parseRun, UsageError} from './options.ts';

const abort = new AbortController();
const SIGNALS = {SIGINT: 130, SIGTERM: 143, SIGHUP: 129} as const;
for (const [name, status] of Object.entries(SIGNALS)) {
  process.once(name, () => {
    process.exitCode = status;
    abort.abort();
  });
}

try {
  const {command, options} = parseRun(process.argv.slice(2));
  const status = tell(
    await runInGuest(command, {
      ...options,
      signal: abort.signal,
      stdout: chunk => process.stdout.write(chunk),
      stderr: chunk => process.stderr.write(chunk),
    }),
  );
  process.exitCode ??= status;
} catch (error) {
  if (error instanceof NoGuest) console.error(`not run: ${error.message}`);
  else console.error(error instanceof UsageError ? error.message : error);
  process.exitCode ??= error instanceof NoGuest ? 3 : 2;
}

function tell(end: GuestEnd): number {
  if (end.kind === 'exited') return end.status;
  const what = {
    timeout: 'the time was over',
    silent: 'the guest went down and told no status',
    aborted: 'the guest was ended by a signal',
  }[end.kind];
  console.error(`${what} after ${end.seconds.toFixed(0)} s; its console's last lines:\n${end.console}`);
  return end.kind === 'timeout' ? 124 : 125;
}
