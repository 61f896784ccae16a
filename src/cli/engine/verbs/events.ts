/** `glassbox engine events`: tells what happens to containers, from now on, until Ctrl-C. */
import {rmSync} from 'node:fs';
import {createServer, type Server, type Socket} from 'node:net';
import path from 'node:path';
import {render} from '../../../course/index.ts';
import {type Context, EXIT} from '../../failure.ts';
import {harmless} from '../../harmless.ts';
import {cliWords} from '../../words.ts';
import {ask} from '../client.ts';
import {listenerName} from '../events/teller.ts';
import {type Event, eventOf, HAPPENINGS} from '../events/types.ts';
import {claimPlace} from '../places.ts';
import type {Records} from '../records.ts';
import type {Entry} from '../types.ts';
import {KIND, onFrames, parseJson, toJson} from '../wire.ts';

const isEvent = (value: Record<string, unknown>): boolean =>
  HAPPENINGS.some(known => known === value.event) && typeof value.id === 'string' && typeof value.time === 'string';

/** One line: time, what, which, and what else is known. */
function line(event: Event, lang: Context['lang']): string {
  const {time, id, name, pid, command, kills, exitStatus, signal, lost} = event;
  const t = (code: string, params: Record<string, string | number> = {}): string =>
    render(cliWords, lang, `engine.event.${code}`, params);
  const more = [
    ...(pid ? [t('pid', {pid})] : []),
    ...(kills === undefined ? [] : [t('kills', {kills})]),
    ...(exitStatus === undefined ? [] : [t('status', {status: exitStatus})]),
    ...(signal ? [signal] : []),
    ...(lost ? [t('lost')] : []),
    ...(command ? [command.join(' ').slice(0, 80)] : []),
  ];
  return harmless([time, t(event.event), id, name, ...(more.length > 0 ? [`(${more.join(', ')})`] : [])].join(' '));
}

/** One who tells: of a supervisor that goes without good-bye, its container's end is told in its place. */
class Told {
  /** Its containers that live, as far as it has told. */
  private readonly alive = new Map<string, Pick<Entry, 'id' | 'name'>>();
  private bye = false;
  /** Nobody listens any more. */
  private over = false;
  private readonly socket: Socket;

  constructor(socket: Socket, known: () => readonly Entry[], print: (event: Event) => void) {
    this.socket = socket;
    socket.on('error', () => {});
    onFrames(socket, (kind, content) => {
      const value = kind === KIND.json ? parseJson(content) : undefined;
      if (!value) return;
      if (value.bye) this.bye = true;
      const mine = known().find(({id}) => id === value.greets);
      if (mine) this.alive.set(mine.id, mine);
      if (!isEvent(value)) return;
      const event = value as unknown as Event;
      if (event.event === 'died' || event.event === 'removed') this.alive.delete(event.id);
      else this.alive.set(event.id, event);
      print(event);
    });
    socket.on('close', () => {
      if (this.bye || this.over) return;
      for (const one of this.alive.values()) print(eventOf(one, 'died', {lost: true}));
    });
  }

  leave(): void {
    this.over = true;
    this.socket.destroy();
  }
}

async function listen(file: string, heard: (socket: Socket) => void): Promise<Server> {
  const server = createServer(heard);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(file, resolve);
  });
  return server;
}

/** Resolves when it is told to end (SIGINT, SIGTERM), or nobody reads any more. */
export async function events(
  {lang, stdout}: Context,
  records: Records,
  _args: string[],
  {json = false}: {json?: boolean},
): Promise<number> {
  claimPlace(records.place);
  const file = path.join(records.place, listenerName(process.pid));
  rmSync(file, {force: true}); // of a killed one with the same number
  const over = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => over.resolve());
  stdout.on('error', () => over.resolve());
  const open = new Set<Told>();
  let known: Entry[] = [];
  const server = await listen(file, socket => {
    const told = new Told(
      socket,
      () => known,
      event => void stdout.write(`${json ? toJson(event) : line(event, lang)}\n`),
    );
    open.add(told);
    socket.on('close', () => open.delete(told));
  });
  try {
    known = records.list().filter(entry => !records.ended(entry));
    // Those that run already connect, so that their end is noticed whatever ends them.
    await Promise.all(known.map(entry => ask(records, entry, 'greet').catch(() => {})));
    if (!json) stdout.write(`${render(cliWords, lang, 'engine.event.listening')}\n`);
    await over.promise;
  } finally {
    server.close();
    for (const told of open) told.leave();
    rmSync(file, {force: true});
    records.leavePlace();
  }
  return EXIT.ok;
}
