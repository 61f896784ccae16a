/** Where things are and who reads: made once per run. */
import {existsSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Context} from './failure.ts';
import {langOf, rememberLang} from './lang.ts';
import {readSettings} from './settings/read.ts';

/** The checkout's (or the installation's) top folder, from the bundle in dist/ as well as from src/. */
export function homeDir(): string {
  let dir = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(dir, 'package.json')) && dir !== path.dirname(dir)) dir = path.dirname(dir);
  return dir;
}

/** Reads the settings file, and what the command line and the environment say about the language. */
export async function openContext(argv: readonly string[]): Promise<Context> {
  const {stdin, stdout, stderr, env} = process;
  const settings = await readSettings();
  rememberLang(settings.settings.lang);
  return {
    lang: langOf(argv, env),
    settings,
    stdin,
    stdout,
    stderr,
    env,
    version: process.env.GLASSBOX_VERSION ?? '0.0.0-dev',
    labsDir: env.GLASSBOX_LABS ?? path.join(homeDir(), 'labs'),
  };
}
