/** The program that starts another as its child (`process.init`), on this machine. */
import {release} from 'node:os';
import {nativeFile} from './native.ts';
import type {InitProgram} from './plan/init.ts';
import type {ProcessSpec} from './types.ts';

/** What a plan has to know of it, where the process asks for one. Throws 'native.missing' where it was not built. */
export function initFor({init}: ProcessSpec, kernel = release()): InitProgram | undefined {
  if (!init) return undefined;
  const [major = 0, minor = 0] = kernel.split('.').map(part => Number.parseInt(part, 10));
  return {file: nativeFile('glassbox-init'), toldExec: major > 6 || (major === 6 && minor >= 3)};
}
