/** `--record FILE`: the screen for asciinema, and beside it the events for `glassbox replay`. */
import {rmSync} from 'node:fs';
import {
  type Event,
  type Lang,
  openRecorder,
  plainMarkdown,
  type RecorderTold,
  render,
  type Session,
  type Words,
} from '../../course/index.ts';
import {CliFailure, EXIT} from '../failure.ts';
import {type Cast, openCast} from './asciicast.ts';
import {recordWords, whyCode} from './words.ts';

/** Ends the name of a file of events. */
export const EVENTS = '.glassbox';

export interface RecordingOptions {
  /** Of the terminal. */
  size(): {columns: number; rows: number};
  env: NodeJS.ProcessEnv;
  /** Of the titles that markers carry. */
  lang: Lang;
  title: string;
  /** False: there is no screen, only events. */
  screen?: boolean;
  /** Of each file, in bytes. */
  limitBytes?: number;
}

export interface Recording {
  /** For UiDeps.onOutput. */
  onOutput?: (data: string) => void;
  /** For UiDeps.onNotice. */
  onNotice(listener: (text: Words) => void): () => void;
  /** From here on the events are this session's. */
  attach(session: Session): void;
  /** Safe to call twice. */
  close(): void;
}

/** The files that `--record FILE` makes: that of the events first. */
export function recordingFiles(file: string): string[] {
  return file.endsWith(EVENTS) ? [file] : [`${file}${EVENTS}`, file];
}

/**
 * Opens the files of a recording: FILE and FILE.glassbox, or FILE alone where it already ends in .glassbox.
 * @throws CliFailure: one of them exists already, or cannot be written
 */
export function openRecording(file: string, options: RecordingOptions): Recording {
  const notices = new Notices();
  const [events = file, ...screens] = recordingFiles(file);
  const only = screens.length === 0;
  const {size, title, env, limitBytes, screen = true} = options;
  const limit = limitBytes === undefined ? {} : {limitBytes};
  const cast =
    only || !screen
      ? undefined
      : opened(file, options.lang, () => openCast(file, {size, title, env, told: notices.of(file), ...limit}));
  try {
    const recorder = opened(events, options.lang, () => openRecorder(events, notices.of(events), limitBytes));
    let stop = () => {};
    return {
      ...(cast && {onOutput: cast.output}),
      onNotice: listener => notices.listen(listener),
      attach(session) {
        stop();
        recorder.lab(session.lab);
        for (const event of session.events) recorder.event(event);
        stop = session.onEvent(event => {
          recorder.event(event);
          if (cast) mark(cast, session, event, options.lang);
        });
      },
      close() {
        stop();
        recorder.close();
        cast?.close();
      },
    };
  } catch (error) {
    // Half a recording would only be in the way of the next try.
    cast?.close();
    if (cast) rmSync(file, {force: true});
    throw error;
  }
}

/** Each step is a place to jump to: '01 · The name'. */
function mark(cast: Cast, {lab}: Session, event: Event, lang: Lang): void {
  if (event.type !== 'step-entered') return;
  const title = lab.steps[event.index]?.title;
  if (title) cast.marker(`${lab.number} · ${plainMarkdown(title[lang] ?? title.en)}`);
}

function opened<T>(file: string, lang: Lang, open: () => T): T {
  try {
    return open();
  } catch (error) {
    const {code, errno} = whyCode(error, false);
    if (errno === 'EEXIST') throw new CliFailure(EXIT.failed, 'record.exists', {file});
    throw new CliFailure(EXIT.failed, 'record.unwritable', {file, why: sentence(lang, code, {errno})});
  }
}

/** Sentences for the last line of a screen, kept until there is one. */
class Notices {
  #early: Words[] = [];
  #listeners = new Set<(text: Words) => void>();

  listen(listener: (text: Words) => void): () => void {
    this.#listeners.add(listener);
    for (const text of this.#early.splice(0)) listener(text);
    return () => this.#listeners.delete(listener);
  }

  of(file: string): RecorderTold {
    return {
      failed: error => {
        const {code, errno} = whyCode(error, false);
        this.#tell(lang => sentence(lang, 'record.failed', {file, why: sentence(lang, code, {errno})}));
      },
      full: (limitBytes, ended) => {
        const mib = limitBytes / (1 << 20);
        this.#tell(lang => sentence(lang, ended ? 'record.full' : 'record.bytes-full', {file, mib}));
      },
    };
  }

  #tell(say: (lang: Lang) => string): void {
    const text: Words = {en: say('en'), zh: say('zh')};
    if (this.#listeners.size === 0) this.#early.push(text);
    for (const listener of this.#listeners) listener(text);
  }
}

function sentence(lang: Lang, code: string, params: Record<string, string | number>): string {
  return render(recordWords, lang, code, params);
}
