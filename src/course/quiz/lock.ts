/** A file that one process at a time may write. */
import {linkSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {QuizError} from './fault.ts';

const lockOf = (file: string): string => join(dirname(file), `.${basename(file)}.lock`);

/** A process by number and start, since numbers come again (field 22 of /proc/PID/stat, proc_pid_stat(5)). */
function processId(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return undefined;
  }
}

/**
 * One writer at a time, also between processes. The lock of a process that is gone is none.
 * @throws QuizError 'log.busy' {file, pid}; Error where the folder cannot be written
 */
export function lock(file: string): void {
  const path = lockOf(file);
  const own = `${path}.${process.pid}`;
  // Linked into place whole, so that nobody reads a lock without its owner.
  rmSync(own, {force: true});
  writeFileSync(own, processId(process.pid) ?? '', {mode: 0o600, flag: 'wx'});
  try {
    for (let tries = 0; ; tries++) {
      try {
        linkSync(own, path);
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || tries > 3) throw error;
      }
      const holder = readFileSync(path, 'utf8');
      const pid = Number(holder.split(' ')[0]);
      if (holder !== '' && processId(pid) === holder) throw new QuizError('log.busy', {file, pid});
      rmSync(path, {force: true});
    }
  } finally {
    rmSync(own);
  }
}

/** Safe to call twice. */
export function unlock(file: string): void {
  rmSync(lockOf(file), {force: true});
}
