/** A playlist as a person says it: `03`, `01-06`, `03 05 09`, `03,05`, `uts`, a folder, `all`. */
import {stat} from 'node:fs/promises';
import path from 'node:path';
import type {LabRef} from '../course/index.ts';
import {CliFailure, type Context, EXIT} from './failure.ts';
import {allLabs, findLab} from './labs-home.ts';

const RANGE = /^(\d+)(?:-|–|\.\.)(\d+)$/;

/**
 * The labs that `args` name, in the order in which they were said; what is said twice is played twice. Without arguments
 * all labs, in order of their numbers.
 * @throws CliFailure (usage) for a lab that is not there, an end of a range that is not there, a range from high to low
 */
export async function playlist(context: Context, args: readonly string[]): Promise<LabRef[]> {
  const words = await Promise.all(args.map(async arg => ((await isFolder(arg)) ? [arg] : arg.split(','))));
  const said = words.flat().map(word => word.trim());
  const wanted = said.filter(word => word !== '');
  if (said.length > 0 && wanted.length === 0) throw new CliFailure(EXIT.usage, 'usage.playlist.empty');
  if (wanted.length === 0) return allLabs(context);
  return (await Promise.all(wanted.map(word => named(context, word)))).flat();
}

async function named(context: Context, word: string): Promise<LabRef[]> {
  if (word.toLowerCase() === 'all') return allLabs(context);
  if (await isFolder(word)) return [folder(word)];
  const range = RANGE.exec(word);
  if (!range) return [await findLab(context, word)];
  const [first, last] = await Promise.all([findLab(context, range[1]!), findLab(context, range[2]!)]);
  const [from, to] = [Number(first.number), Number(last.number)];
  if (from > to)
    throw new CliFailure(EXIT.usage, 'usage.playlist.order', {got: word, from: last.number, to: first.number});
  return (await allLabs(context)).filter(({number}) => Number(number) >= from && Number(number) <= to);
}

/** A lab that lies elsewhere: only what has a slash is looked for, so that a folder "01" here hides no lab. */
async function isFolder(word: string): Promise<boolean> {
  if (!word.includes('/')) return false;
  return stat(word).then(
    found => found.isDirectory(),
    () => false,
  );
}

function folder(word: string): LabRef {
  const dir = path.resolve(word);
  const name = path.basename(dir);
  const [, number = '', id = name] = /^(\d+)-(.+)$/.exec(name) ?? [];
  return {number, id, name, dir};
}
