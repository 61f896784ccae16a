/** `glassbox engine kill|rm|pause|unpause|update|wait|logs`: what is done to containers by name. */
import {readFileSync} from 'node:fs';
import {constants} from 'node:os';
import {describe} from '../../describe.ts';
import {type Context, EXIT} from '../../failure.ts';
import {print} from '../../print.ts';
import {ask} from '../client.ts';
import {tellOnce} from '../events/teller.ts';
import {eventOf} from '../events/types.ts';
import {cannot, wrong} from '../failure.ts';
import {type LimitOptions, limits} from '../flags/values.ts';
import {statusOf} from '../hand-through.ts';
import type {Records} from '../records.ts';
import type {BoxStatus, Entry} from '../types.ts';
import {endOf} from './end.ts';

export type Verb<Options = Record<string, never>> = (
  context: Context,
  records: Records,
  args: string[],
  options: Options & {json?: boolean},
) => Promise<number>;

/** Each of several, one after the other; those that fail are told of, and the others are done all the same. */
async function eachOf(
  context: Context,
  records: Records,
  names: string[],
  act: (entry: Entry, name: string) => Promise<void>,
): Promise<number> {
  let status: number = EXIT.ok;
  for (const name of names) {
    try {
      await act(records.find(name), name);
    } catch (error) {
      const said = await describe(error, context.lang);
      status = said.status;
      context.stderr.write(`${said.text}\n`);
    }
  }
  return status;
}

/** The same for what has no answer but that it is done. */
async function each(
  context: Context,
  records: Records,
  names: string[],
  {json = false}: {json?: boolean},
  act: (entry: Entry) => Promise<void>,
): Promise<number> {
  const done: string[] = [];
  const status = await eachOf(context, records, names, async (entry, name) => {
    await act(entry);
    done.push(name);
    if (!json) await print(context, name);
  });
  if (json) await print(context, JSON.stringify({done}));
  return status;
}

function alive(records: Records, entry: Entry): Entry {
  if (records.ended(entry)) throw cannot('state', {name: entry.name, state: 'ended', expected: 'running'});
  return entry;
}

/** "TERM", "SIGTERM", "15" as a name or a number that there is. */
export function signalOf(got: string): string | number {
  if (/^\d{1,2}$/.test(got) && Number(got) >= 1 && Number(got) <= 64) return Number(got);
  const upper = got.toUpperCase();
  const name = upper.startsWith('SIG') ? upper : `SIG${upper}`;
  if (!(name in constants.signals)) throw wrong('expected.signal', {option: '--signal', got});
  return name;
}

export const kill: Verb<{signal?: string}> = (context, records, names, options) => {
  const signal = signalOf(options.signal ?? 'KILL');
  return each(context, records, names, options, async entry => {
    await ask(records, alive(records, entry), 'kill', {signal});
  });
};

export const rm: Verb<{force?: boolean}> = (context, records, names, options) =>
  each(context, records, names, options, async entry => {
    if (records.ended(entry)) {
      records.drop(entry.id);
      await tellOnce(records.place, [eventOf(entry, 'removed')]);
    } else if (!options.force) throw cannot('runs', {name: entry.name});
    else {
      // Taking down may take long; whether anybody is there to do it is known at once.
      await ask(records, entry, 'status').catch(error => {
        if (records.alive(entry)) throw error;
      });
      // It may end by itself, and with --rm it removes itself.
      await ask(records, entry, 'remove', {}, true).catch(error => {
        if (records.alive(entry)) throw error;
      });
      records.drop(entry.id);
    }
  });

export const pause: Verb = (context, records, names, options) =>
  each(context, records, names, options, async entry => {
    await ask(records, alive(records, entry), 'pause');
  });

export const unpause: Verb = (context, records, names, options) =>
  each(context, records, names, options, async entry => {
    await ask(records, alive(records, entry), 'unpause');
  });

export const update: Verb<LimitOptions> = (context, records, names, options) => {
  const resources = limits(options);
  if (!resources) throw wrong('nothing-to-update');
  return each(context, records, names, options, async entry => {
    await ask(records, alive(records, entry), 'update', {resources});
  });
};

/** Prints the exit status of each, in their order, when they have ended. */
export const wait: Verb = (context, records, names, {json}) =>
  eachOf(context, records, names, async (entry, name) => {
    const status = records.ended(entry)
      ? endOf(records, entry)
      : ((await ask(records, entry, 'wait', {}, true)) as BoxStatus);
    const code = status.exit ? statusOf(status.exit) : 125;
    await print(context, json ? JSON.stringify({name, exitStatus: code, lost: status.lost ?? false}) : String(code));
  });

function keptLog(records: Records, entry: Entry): Buffer {
  try {
    return readFileSync(records.file(entry.id, 'log'));
  } catch {
    throw cannot('none', {name: entry.name}); // removed meanwhile
  }
}

/** What a detached container printed, the last 256 KiB of it; bytes as they came. */
export const logs: Verb = async ({stdout}, records, [name = ''], {json}) => {
  const entry = records.find(name);
  if (!entry.detached) throw cannot('no-log', {name});
  const bytes = records.ended(entry)
    ? keptLog(records, entry)
    : Buffer.from(String(await ask(records, entry, 'logs')), 'base64');
  const out = json ? `${JSON.stringify({name, base64: bytes.toString('base64')})}\n` : bytes;
  await new Promise<void>((resolve, reject) => stdout.write(out, error => (error ? reject(error) : resolve())));
  return EXIT.ok;
};
