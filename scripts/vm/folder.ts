/** A folder for one guest, which goes when this process ends, also by kill -9. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

export interface Kept {
  path: string;
  remove(): Promise<void>;
}

/** A shell of its own session holds the reading end of a pipe; when our end closes, however that came, it removes the folder. */
export function keepFolder(): Kept {
  const folder = mkdtempSync(path.join(tmpdir(), 'glassbox-vm-'));
  const guard = spawn('/bin/sh', ['-c', 'read -r nothing; rm -rf -- "$0"', folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  guard.unref();
  return {
    path: folder,
    async remove() {
      if (guard.exitCode !== null) return;
      const gone = once(guard, 'exit');
      guard.ref();
      guard.stdin.end();
      await gone;
    },
  };
}
