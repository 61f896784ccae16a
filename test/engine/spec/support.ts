/** One container, one program: what a specification's fields do to it. */
import {EngineError} from '../../../src/engine/errors.ts';
import {specProblems} from '../../../src/engine/spec.ts';
import type {ContainerSpec, ProcessSpec} from '../../../src/engine/types.ts';
import {openStage, output} from '../support.ts';

type Rest = Omit<ContainerSpec, 'process'>;

/** What a program prints in a container of its own. */
export async function prints(args: string[], process: Partial<ProcessSpec> = {}, rest: Rest = {}): Promise<string> {
  const stage = await openStage();
  return output(await stage.run('box', {...rest, process: {args, ...process}}));
}

export const sh = (script: string, process: Partial<ProcessSpec> = {}, rest: Rest = {}): Promise<string> =>
  prints(['sh', '-c', script], process, rest);

/** Lines of /proc/self/status, as the kernel says them of a program inside. */
export async function statusOf(process: Partial<ProcessSpec>, rest: Rest = {}): Promise<Record<string, string>> {
  const text = await prints(['cat', '/proc/self/status'], process, rest);
  return Object.fromEntries(text.split('\n').map(line => line.split(/:\s*/, 2) as [string, string]));
}

/** The error with which a container is refused. */
export async function refused(process: Partial<ProcessSpec>, rest: Rest = {}): Promise<EngineError> {
  const stage = await openStage();
  try {
    await stage.run('box', {...rest, process: {args: ['true'], ...process}});
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

/** 'spec.capability process.capabilities.bounding[0]' of each problem. */
export const problemsOf = (process: object, rest: object = {}): string[] =>
  specProblems({...rest, process: {args: ['true'], ...process}}).map(p => `${p.code} ${p.params.path}`);
