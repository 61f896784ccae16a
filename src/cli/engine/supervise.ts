/** Supervises one container: enters it, answers for it while it lives, writes down how it ended, leaves nothing. */
import {writeFileSync} from 'node:fs';
import type {Server} from 'node:net';
import type {ExitStatus} from '../../engine/index.ts';
import {Box} from './box.ts';
import {type OomWatch, watchOom} from './events/oom.ts';
import {Teller} from './events/teller.ts';
import {type Details, deathOf, eventOf, type Happening} from './events/types.ts';
import {cannot} from './failure.ts';
import {statusOf} from './hand-through.ts';
import {inspectEnded} from './inspect.ts';
import {Tail} from './log.ts';
import {ownMark, type Records} from './records.ts';
import type {Running} from './running.ts';
import {type Supervised, serve} from './server.ts';
import type {BoxStatus, Entry, Job} from './types.ts';
import {toJson} from './wire.ts';

export interface Supervision {
  box: Box;
  /**
   * Waits for its end, takes everything down and writes the end. `beside` stands beside the process meanwhile and gives
   * its status; its failure ends the container.
   */
  finish(beside: (running: Running) => Promise<ExitStatus>): Promise<BoxStatus>;
}

export interface Told extends Supervision {
  tail: Tail;
}

/** Rejects with 'engine.name-taken' and with whatever keeps the container from running; nothing is left then. */
export async function supervise(job: Job, records: Records): Promise<Told> {
  const {id, name, detached, rm, spec} = job;
  const entry: Entry = {
    version: 1,
    id,
    name,
    command: spec.process.args,
    created: new Date().toISOString(),
    detached,
    rm,
    ...ownMark(),
  };
  const tail = new Tail();
  const teller = new Teller(records.place, id);
  const tell = (event: Happening, details?: Details): void => teller.tell(eventOf(entry, event, details));
  const over = Promise.withResolvers<BoxStatus>();
  let last: BoxStatus = {state: 'creating', pid: 0};
  let removed = false;
  const it: Supervised = {
    entry,
    status: () => (last.state === 'creating' && it.box ? it.box.status : last),
    log: () => tail.content(),
    over: over.promise,
    tell,
    greet: () => teller.greet(),
    async remove() {
      if (!it.box) throw cannot('state', {name, state: 'creating', expected: 'running'});
      removed = true;
      await it.box.close();
      await over.promise;
    },
  };
  let server: Server | undefined;
  await records.claim(entry, async () => {
    server = await serve(records.file(id, 'sock'), it);
  });
  tell('created', {command: entry.command});
  const forget = (): void => {
    server?.close();
    records.drop(id);
    tell('removed');
  };
  try {
    it.box = await Box.start(job);
  } catch (error) {
    forget();
    await teller.finish();
    throw error;
  }
  const {box} = it;
  tell('started', {pid: box.container.pid});
  box.happened = tell;
  const oom: OomWatch = watchOom(box.container.pid, kills => tell('oom', {kills}));

  /** Writes down how it ended, where that is wanted. A full disk must not keep anybody from hearing of it. */
  const keep = (): boolean => {
    if (rm || removed || last.state !== 'ended') return false;
    try {
      if (detached) writeFileSync(records.file(id, 'log'), tail.content(), {mode: 0o600});
      records.writeEnd(id, toJson(inspectEnded(entry, box, last)));
      return true;
    } catch (error) {
      last = {...last, unkept: (error as NodeJS.ErrnoException).code ?? 'EIO'};
      return false;
    }
  };

  const finish: Supervision['finish'] = async beside => {
    try {
      const ended = box.ended();
      const exit = await beside(box.running);
      const {lost} = await ended;
      last = {...box.status, state: 'ended', pid: 0, finished: new Date().toISOString(), exit, lost};
    } finally {
      oom.stop();
      tell('died', deathOf(last, statusOf));
      try {
        await box.close();
      } finally {
        if (keep()) server?.close();
        else forget();
        over.resolve(last);
        await teller.finish();
      }
    }
    return last;
  };
  return {box, finish, tail};
}
