/** A supervisor as a process of its own: it has no terminal and outlives whoever started it. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {type EngineErrorInfo, errorInfo} from '../../engine/index.ts';
import {CliFailure, EXIT} from '../failure.ts';
import {cannot} from './failure.ts';
import type {Records} from './records.ts';
import {supervise} from './supervise.ts';
import type {Job} from './types.ts';
import {parseJson, toJson} from './wire.ts';

/** The hidden verb with which the app becomes a supervisor; it reads its job from standard input. */
export const SUPERVISE = 'supervise';

interface Answer {
  ok?: true;
  failure?: {code: string; params: Record<string, string>; status: number};
  error?: EngineErrorInfo;
}

/** Starts one and waits until its container runs. @returns what kept it from running */
export async function startDetached(job: Job): Promise<CliFailure | EngineErrorInfo | undefined> {
  const [, script = ''] = process.argv;
  const child = spawn(process.execPath, [...process.execArgv, script, 'engine', SUPERVISE], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => {}); // it has died: the answer says so
  child.stdin.end(toJson(job));
  let text = '';
  // A character may come in two parts.
  child.stdout.setEncoding('utf8');
  const told = new Promise<void>(resolve => {
    child.stdout.on('data', (data: string) => {
      text += data;
      if (text.endsWith('\n')) resolve();
    });
    child.stdout.on('close', () => resolve());
  });
  await Promise.race([told, once(child, 'error').then(([error]) => Promise.reject(error))]);
  child.stdout.destroy();
  child.unref();
  const answer: Answer = text ? (JSON.parse(text) as Answer) : {};
  if (answer.ok) return undefined;
  if (answer.failure) return new CliFailure(answer.failure.status, answer.failure.code, answer.failure.params);
  return answer.error ?? cannot('supervisor-died');
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const data of stream.setEncoding('utf8')) text += String(data);
  return text;
}

/** The supervisor's side. It tells on standard output how it went, in one line. */
export async function runDetached(records: Records): Promise<number> {
  const job = parseJson(Buffer.from(await readAll(process.stdin))) as Job | undefined;
  if (!job) throw new CliFailure(EXIT.usage, 'usage.unknown-command', {what: SUPERVISE, command: 'engine '});
  const tell = (answer: Record<string, unknown>): Promise<void> =>
    new Promise(resolve => {
      // Whoever started it may be gone by now: the container runs all the same.
      process.stdout.on('error', () => resolve());
      process.stdout.write(`${toJson(answer)}\n`, () => resolve());
    });
  // The terminal it was started from may close; a signal to end is one to the container.
  process.on('SIGHUP', () => {});
  try {
    const {box, finish, tail} = await supervise(job, records);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void box.close());
    const over = finish(running => {
      running.output((_, data) => tail.add(data));
      return running.done;
    });
    await tell({ok: true});
    await over;
    // Whoever still asks about it gets a moment for the answer.
    setTimeout(() => process.exit(), 2000).unref();
    return 0;
  } catch (error) {
    if (error instanceof CliFailure) {
      await tell({failure: {code: error.code, params: error.params, status: error.status}});
    } else {
      const {code, params, call} = errorInfo(error);
      await tell({error: {code, params, call}});
    }
    return 1;
  }
}
