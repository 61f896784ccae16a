/** The files that a lab is read from. */
import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';

const LAB_FILE = /^lab(\.[^.]+)?\.md$/;

/** Which files there are and how each is: an editor may write into a file, or put a new one in its place. */
export async function signature(dir: string): Promise<string> {
  const names = await readdir(dir).catch(() => []);
  const files = names.filter(name => LAB_FILE.test(name)).sort();
  const parts = files.map(async name => {
    const {size, mtimeMs, ino} = await stat(join(dir, name)).catch(() => ({size: -1, mtimeMs: 0, ino: 0}));
    return `${name} ${size} ${mtimeMs} ${ino}`;
  });
  return (await Promise.all(parts)).join('\n');
}
