/** `glassbox engine exec`: a further process in a running container. */
import type {ProcessSpec} from '../../../engine/index.ts';
import type {Context} from '../../failure.ts';
import {execIn} from '../client.ts';
import {cannot, wrong} from '../failure.ts';
import {environment, user} from '../flags/values.ts';
import {checkTerminal, handThrough, sizeOf, statusOf} from '../hand-through.ts';
import type {Records} from '../records.ts';
import {refuse} from './run.ts';

export interface ExecOptions {
  interactive?: boolean;
  tty?: boolean;
  user?: string;
  workdir?: string;
  env?: string[];
}

/** Resolves to the program's status, or Docker's 125, 126, 127. */
export async function exec(
  context: Context,
  records: Records,
  [name = '', ...args]: string[],
  options: ExecOptions,
): Promise<number> {
  try {
    if (args.length === 0) throw wrong('exec.no-command', {name});
    const {interactive = false, tty = false} = options;
    const entry = records.find(name);
    if (records.ended(entry)) throw cannot('state', {name, state: 'ended', expected: 'running'});
    checkTerminal(context, {tty, interactive});
    const size = sizeOf(context);
    const process: ProcessSpec = {
      args,
      env: environment(options.env ?? [], tty, context.env),
      cwd: options.workdir ?? '/',
      ...(tty ? {terminal: true} : {}),
      ...(tty && size ? {consoleSize: {height: size.rows, width: size.cols}} : {}),
      ...(interactive && !tty ? {stdin: true} : {}),
      ...(options.user === undefined ? {} : {user: user('--user', options.user)}),
    };
    const running = await execIn(records, entry, process);
    let why: string | undefined;
    const unwritten = (errno: string): void => {
      why = errno;
    };
    const exit = await handThrough(running, context, {tty, interactive, unwritten});
    if (why) throw cannot('unwritten', {why});
    return statusOf(exit);
  } catch (error) {
    return refuse(context, error);
  }
}
