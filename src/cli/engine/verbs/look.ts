/** `glassbox engine inspect|stats`: what is known of one container. */
import {render} from '../../../course/index.ts';
import {EXIT} from '../../failure.ts';
import {print} from '../../print.ts';
import {cliWords} from '../../words.ts';
import {ask} from '../client.ts';
import {cannot} from '../failure.ts';
import type {Verb} from './control.ts';
import {readEnd} from './end.ts';
import {table} from './ps.ts';

/** JSON in any case: there is too much of it for a table. */
export const inspect: Verb = async (context, records, [name = '']) => {
  const entry = records.find(name);
  const known = records.ended(entry) ? readEnd(records, entry) : await ask(records, entry, 'inspect');
  await print(context, JSON.stringify(known, null, 2));
  return EXIT.ok;
};

type Counts = Record<'cpu' | 'memory' | 'pids', Record<string, number> | undefined>;

const NONE: Counts = {cpu: undefined, memory: undefined, pids: undefined};

const MiB = 2 ** 20;
const mib = (bytes: number | undefined): string => (bytes === undefined ? '-' : `${(bytes / MiB).toFixed(1)} MiB`);

/** No limit is -1, on v1 also what is left of 2^63 at the end of a page. */
const limited = (value: number | undefined): value is number => value !== undefined && value >= 0 && value < 2 ** 62;

export const stats: Verb = async (context, records, names, {json}) => {
  const wanted =
    names.length > 0 ? names.map(name => records.find(name)) : records.list().filter(e => !records.ended(e));
  const counted = wanted.map(async (entry): Promise<[string, Counts] | undefined> => {
    if (records.ended(entry)) throw cannot('state', {name: entry.name, state: 'ended', expected: 'running'});
    try {
      return [entry.name, (await ask(records, entry, 'stats')) as Counts];
    } catch (error) {
      // Of all, one that has no group or does not answer is no reason to say nothing of the others.
      if (names.length > 0) throw error;
      return records.alive(entry) && !records.ended(entry) ? [entry.name, NONE] : undefined;
    }
  });
  const rows = (await Promise.all(counted)).filter(row => row !== undefined);
  if (json) {
    await print(
      context,
      JSON.stringify(
        rows.map(([name, counts]) => ({name, ...counts})),
        null,
        2,
      ),
    );
    return EXIT.ok;
  }
  const title = (name: string): string => render(cliWords, context.lang, `engine.column.${name}`);
  const head = ['name', 'cpu', 'throttled', 'memory', 'limit', 'pids'].map(title);
  const body = rows.map(([name, {cpu, memory, pids}]) => [
    name,
    cpu?.usage_us === undefined ? '-' : `${(cpu.usage_us / 1e6).toFixed(3)} s`,
    String(cpu?.nr_throttled ?? '-'),
    mib(memory?.usage),
    limited(memory?.limit) ? mib(memory.limit) : '-',
    `${pids?.current ?? '-'}${limited(pids?.limit) ? `/${pids.limit}` : ''}`,
  ]);
  for (const line of table([head, ...body])) await print(context, line);
  return EXIT.ok;
};
