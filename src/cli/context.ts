/** Where things are and who reads: made once per run. */
import {existsSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Lang} from '../course/index.ts';
import type {Context} from './failure.ts';

/** The checkout's (or the installation's) top folder, from the bundle in dist/ as well as from src/. */
export function homeDir(): string {
  let dir = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(dir, 'package.json')) && dir !== path.dirname(dir)) dir = path.dirname(dir);
  return dir;
}

export function makeContext(lang: Lang, labsDir?: string): Context {
  const {stdin, stdout, stderr, env} = process;
  return {
    lang,
    stdin,
    stdout,
    stderr,
    env,
    version: process.env.GLASSBOX_VERSION ?? '0.0.0-dev',
    labsDir: labsDir ?? env.GLASSBOX_LABS ?? path.join(homeDir(), 'labs'),
  };
}
