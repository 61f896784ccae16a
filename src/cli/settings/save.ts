/** Keeps what the learner switches by key, so that the next start begins with it. */
import {statSync} from 'node:fs';
import {configPlace, makePlace, type Place} from '../../course/progress/place.ts';
import type {Change} from './edit.ts';
import {readText, settingsPath} from './read.ts';
import type {Problem} from './types.ts';

/** A few lines for a file that begins empty. */
const HEAD = '# Settings of Glassbox. `glassbox config --check` tells what is wrong here.\n';

export class SettingsSaver {
  readonly file: string;
  private readonly place: Place;
  private waiting: Change = {};
  private writing: Promise<Problem | undefined> | undefined;

  constructor(place: Place = configPlace()) {
    this.place = place;
    this.file = settingsPath(place);
  }

  /** Changes that come while the file is written are written together. Never rejects: resolves to what went wrong. */
  save(change: Change): Promise<Problem | undefined> {
    Object.assign(this.waiting, change);
    const before = this.writing ?? Promise.resolve();
    const mine = before.then(() => this.write());
    this.writing = mine;
    return mine;
  }

  /** Resolves when all is written. */
  async settled(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<Problem | undefined> {
    const change = this.waiting;
    this.waiting = {};
    if (Object.keys(change).length === 0) return undefined;
    try {
      const [{withChange}, {default: writeFileAtomic}] = await Promise.all([
        import('./edit.ts'),
        import('write-file-atomic'),
      ]);
      makePlace(this.place);
      // Read again each time: its owner may have an editor open beside us.
      const {text, problem} = readText(this.place);
      if (problem) return problem;
      const next = withChange(text ?? HEAD, change);
      if (next === undefined) return {line: 1, col: 1, code: 'unsaved', params: {}};
      const {owner} = this.place;
      if (next === text) return undefined;
      // A new file would take the place of one that is kept from being written.
      if (text !== undefined && (statSync(this.file).mode & 0o222) === 0) throw new Error('EACCES');
      // A file that is there keeps its mode and owner.
      const fresh = text === undefined && {mode: 0o600, ...(owner && {chown: owner})};
      await writeFileAtomic(this.file, next, {...fresh});
      return undefined;
    } catch (error) {
      const {code, message} = error as NodeJS.ErrnoException;
      return {line: 1, col: 1, code: 'unwritable', params: {why: code ?? message}};
    }
  }
}
