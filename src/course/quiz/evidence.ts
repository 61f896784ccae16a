/**
 * The log of a quiz as it is taken: appended and synced to the disk (fsync(2)) line by line, before the next question is
 * shown, so that no crash loses an answer.
 */
import {
  closeSync,
  constants,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import {join} from 'node:path';
import {makePlace, type Place, statePlace} from '../progress/place.ts';
import {toPlain} from '../record/values.ts';
import {canonical, headLink, link} from './chain.ts';
import {QuizError, whyOf} from './fault.ts';
import {lock, unlock} from './lock.ts';
import {type LogContent, type LogHead, macText, parseLog} from './log.ts';
import {buildResult, macOf, unanswered} from './result.ts';
import type {Asked, Response, Result, ResultFile} from './types.ts';

export interface LogOptions {
  /** Whom the file is to belong to, where that is not the caller. */
  owner?: Place['owner'];
  /** Of a sealed exam: every line is proved with it. */
  macKey?: Uint8Array;
}

export interface QuizLog {
  readonly file: string;
  readonly head: LogHead;
  readonly results: readonly Result[];
  readonly finished: string | null;
  /** Questions without an answer, in their order. */
  open(): Asked[];
  /** When a question was first shown, ISO; undefined: not yet. */
  shownAt(n: number): string | undefined;
  /** Notes that a question is on the screen. @throws QuizError 'log.unwritable' {file, why} */
  shown(n: number, at: string): void;
  /** On return the answer is on the disk. A question has one answer: a second one throws. @throws QuizError 'log.unwritable' */
  answer(result: Result): void;
  /** The end: questions still open count as not answered. @param keyOf what would have been right, where that is known */
  end(at: string, keyOf?: (asked: Asked) => Response): ResultFile;
  /** As it stands now. */
  result(): ResultFile;
  /** Lets go of the file; safe to call twice. */
  close(): void;
}

/** Folder of the logs: below that of the progress. */
export const logPlace = (place: Place = statePlace()): Place => ({...place, dir: join(place.dir, 'quiz')});

/** A file name for a quiz that begins now; sorts by time. */
export function logName(head: Pick<LogHead, 'started' | 'mode'>): string {
  return `${head.started.replace(/[^\dTZ]/g, '')}-${head.mode}-${process.pid}.ndjson`;
}

/**
 * Begins a log in a folder that is made where it is missing (0700; the file 0600).
 * @throws QuizError 'log.unwritable' {file, why}: also where the file is there already
 */
export function beginLog(place: Place, head: LogHead, options: LogOptions = {}): QuizLog {
  const file = join(place.dir, logName(head));
  const owner = options.owner ?? place.owner;
  let fd: number | undefined;
  let locked = false;
  try {
    makePlace(place);
    lock(file);
    locked = true;
    const {O_WRONLY, O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW} = constants;
    fd = openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    if (owner) fchownSync(fd, owner.uid, owner.gid);
    syncFolder(place.dir);
  } catch (error) {
    if (fd !== undefined) closeSync(fd);
    if (locked) unlock(file);
    throw error instanceof QuizError ? error : new QuizError('log.unwritable', {file, why: whyOf(error)});
  }
  const last = headLink(head);
  const log = new FileLog(
    file,
    fd,
    {head, results: [], shown: new Map(), finished: null, last, whole: 0},
    options.macKey,
  );
  log.begin();
  return log;
}

/**
 * Goes on with a log after a crash: what was answered stands, a torn last line is cut off.
 * @throws QuizError as parseLog(), 'log.unreadable' {file, why}, 'log.busy' {file, pid}: another program is at it
 */
export function resumeLog(file: string, options: LogOptions = {}): QuizLog {
  let fd: number | undefined;
  let locked = false;
  try {
    lock(file);
    locked = true;
    fd = openSync(file, constants.O_RDWR | constants.O_APPEND | constants.O_NOFOLLOW);
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new Error('not a file');
    if (options.owner && stat.uid !== options.owner.uid) throw new Error(`owned by uid ${stat.uid}`);
    const content = parseLog(readFileSync(fd), file, options.macKey);
    ftruncateSync(fd, content.whole);
    return new FileLog(file, fd, content, options.macKey);
  } catch (error) {
    if (fd !== undefined) closeSync(fd);
    if (locked) unlock(file);
    throw error instanceof QuizError ? error : new QuizError('log.unreadable', {file, why: whyOf(error)});
  }
}

/** A log that is only looked at. @throws QuizError as resumeLog() */
export function readLog(file: string, macKey?: Uint8Array): LogContent {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new QuizError('log.unreadable', {file, why: whyOf(error)});
  }
  return parseLog(bytes, file, macKey);
}

/** Logs of quizzes that were begun and not finished, the latest first; what cannot be read is none. */
export function openLogs(place: Place = logPlace()): {file: string; content: LogContent}[] {
  let names: string[];
  try {
    names = readdirSync(place.dir).filter(name => name.endsWith('.ndjson'));
  } catch {
    return [];
  }
  return names
    .sort()
    .reverse()
    .flatMap(name => {
      const file = join(place.dir, name);
      try {
        const content = readLog(file);
        return content.finished === null ? [{file, content}] : [];
      } catch {
        return [];
      }
    });
}

class FileLog implements QuizLog {
  readonly file: string;
  #fd: number | undefined;
  #content: LogContent;
  #macKey: Uint8Array | undefined;

  constructor(file: string, fd: number, content: LogContent, macKey: Uint8Array | undefined) {
    this.file = file;
    this.#fd = fd;
    this.#content = content;
    this.#macKey = macKey;
  }

  get head(): LogHead {
    return this.#content.head;
  }
  get results(): readonly Result[] {
    return this.#content.results;
  }
  get finished(): string | null {
    return this.#content.finished;
  }

  begin(): void {
    const {head, last} = this.#content;
    const mac = this.#mac('begin', last, canonical(head.asked));
    this.#append({type: 'begin', format: 'glassbox-quiz-log', version: 1, ...head, ...mac});
  }

  open(): Asked[] {
    const done = new Set(this.results.map(({asked}) => asked.n));
    return this.head.asked.filter(({n}) => !done.has(n));
  }

  shownAt(n: number): string | undefined {
    return this.#content.shown.get(n);
  }

  shown(n: number, at: string): void {
    if (this.#content.shown.has(n)) return;
    this.#append({type: 'shown', n, at});
    this.#content.shown.set(n, at);
  }

  answer(result: Result): void {
    const {n} = result.asked;
    if (this.finished !== null || !this.open().some(asked => asked.n === n)) throw new QuizError('log.twice', {n});
    const chain = link(this.#content.last, result);
    this.#append({type: 'answer', result, chain, ...this.#mac('answer', chain)});
    this.#content.last = chain;
    this.#content.results.push(result);
  }

  end(at: string, keyOf: (asked: Asked) => Response = () => null): ResultFile {
    if (this.finished === null) {
      for (const asked of this.open()) this.answer(unanswered(asked, at, keyOf(asked)));
      this.#append({type: 'end', at, ...this.#mac('end', this.#content.last, at)});
      this.#content.finished = at;
    }
    return this.result();
  }

  result(): ResultFile {
    return buildResult(this.head, this.results, this.finished, this.#macKey);
  }

  close(): void {
    if (this.#fd === undefined) return;
    closeSync(this.#fd);
    this.#fd = undefined;
    unlock(this.file);
  }

  #mac(type: string, last: string, rest?: string): {mac?: string} {
    return this.#macKey ? {mac: macOf(this.#macKey, macText(type, last, rest))} : {};
  }

  #append(entry: object): void {
    const {file} = this;
    if (this.#fd === undefined) throw new QuizError('log.unwritable', {file, why: 'closed'});
    const bytes = Buffer.from(`${JSON.stringify(entry, toPlain)}\n`);
    const before = fstatSync(this.#fd).size;
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#fd, bytes, done);
      fsyncSync(this.#fd);
    } catch (error) {
      // Half a line in the middle would spoil all that follow.
      ftruncateSync(this.#fd, before);
      throw new QuizError('log.unwritable', {file, why: whyOf(error)});
    }
  }
}

function syncFolder(dir: string): void {
  const fd = openSync(dir, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
