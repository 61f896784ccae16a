/** `glassbox engine ps`: which containers there are. */
import textWidth from 'string-width';
import {type Lang, render} from '../../../course/index.ts';
import {type Context, EXIT} from '../../failure.ts';
import {harmless} from '../../harmless.ts';
import {print} from '../../print.ts';
import {cliWords} from '../../words.ts';
import {ask} from '../client.ts';
import {statusOf} from '../hand-through.ts';
import type {Records} from '../records.ts';
import type {BoxStatus, Entry} from '../types.ts';
import {endOf} from './end.ts';

interface Row {
  entry: Entry;
  /** Undefined: its supervisor does not answer. */
  status: BoxStatus | undefined;
}

async function rows(records: Records, all: boolean): Promise<Row[]> {
  const found = await Promise.all(
    records.list().map(async (entry): Promise<Row | undefined> => {
      if (records.ended(entry)) return all ? {entry, status: endOf(records, entry)} : undefined;
      const status = await ask(records, entry, 'status').catch(() => undefined);
      // One that ended or was removed just now is no longer among them.
      if (!status && !records.alive(entry)) return undefined;
      return {entry, status: status as BoxStatus | undefined};
    }),
  );
  return found.filter(row => row !== undefined);
}

function stateText(status: BoxStatus | undefined, lang: Lang): string {
  if (!status) return render(cliWords, lang, 'engine.state.unknown');
  const text = render(cliWords, lang, `engine.state.${status.state}`);
  return status.exit ? `${text} (${statusOf(status.exit)})` : text;
}

/** A table whose columns stand below each other, also with wide characters. */
export function table(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, i) => Math.max(...lines.map(line => textWidth(line[i] ?? ''))));
  return lines.map(line =>
    line
      .map((text, i) => text + ' '.repeat(widths[i]! - textWidth(text)))
      .join('  ')
      .trimEnd(),
  );
}

/** Those that run; with `all` also those that have ended. */
export async function ps(
  context: Context,
  records: Records,
  _args: string[],
  options: {all?: boolean; json?: boolean},
): Promise<number> {
  const found = await rows(records, options.all ?? false);
  if (options.json) {
    const plain = found.map(({entry, status}) => ({
      id: entry.id,
      name: entry.name,
      command: entry.command,
      created: entry.created,
      detached: entry.detached,
      state: status?.state ?? 'unknown',
      pid: status?.pid ?? 0,
      exitStatus: status?.exit ? statusOf(status.exit) : null,
    }));
    await print(context, JSON.stringify(plain, null, 2));
    return EXIT.ok;
  }
  const title = (name: string): string => render(cliWords, context.lang, `engine.column.${name}`);
  const lines = found.map(({entry, status}) => [
    entry.id,
    entry.name,
    stateText(status, context.lang),
    status?.pid ? String(status.pid) : '-',
    entry.created.slice(0, 19).replace('T', ' '),
    harmless(entry.command.join(' ')).slice(0, 60),
  ]);
  const head = ['id', 'name', 'state', 'pid', 'created', 'command'].map(title);
  for (const line of table([head, ...lines])) await print(context, line);
  return EXIT.ok;
}
