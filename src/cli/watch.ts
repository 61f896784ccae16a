/** Watches a lab's files while it is open, so that an author sees at once what a change does. */
import {basename} from 'node:path';
import type {Finding, Words} from '../course/index.ts';
import {formatFinding, loadLab, render} from '../course/index.ts';
import {signature} from './lab-files.ts';
import {cliWords} from './words.ts';

/** Looked at this often: what watches files by itself hears nothing of a change on the other side of a shared folder. */
const EVERY_MS = 500;

export interface WatchOptions {
  everyMs?: number;
  /** How the files were just before the lab was read (signature()), once that is known. */
  readAs?: () => string | undefined;
  /** Called after each look. */
  onLook?: () => void;
}

/**
 * Calls `changed` when the files of the lab in folder `dir` are others than when the lab was read, or else than when
 * the watching began: without problems when
 * they parse, else with what is wrong. A file that is still being written is left alone until it rests.
 * @returns ends the watching; nothing is called after it
 */
export function watchLab(
  dir: string,
  changed: (problems: Words[]) => void,
  {everyMs = EVERY_MS, readAs, onLook}: WatchOptions = {},
): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let told: string | undefined;
  let seen: string | undefined;

  const look = async () => {
    const now = await signature(dir);
    told ??= readAs?.() ?? now;
    // Twice the same: nobody is writing.
    if (now !== told && now === seen) {
      const problems = await problemsOf(dir);
      if (stopped) return;
      if ((await signature(dir)) === now) {
        told = now;
        changed(problems);
      }
    }
    seen = now;
    onLook?.();
    if (!stopped) timer = setTimeout(next, everyMs).unref();
  };
  const next = () => {
    look().catch(() => {
      if (!stopped) timer = setTimeout(next, everyMs).unref();
    });
  };
  next();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** What is wrong in the lab's files, in both languages; the file's name is enough to find it. */
async function problemsOf(dir: string): Promise<Words[]> {
  const {lab, findings} = await loadLab(dir);
  const errors = findings.filter(({severity}) => severity === 'error');
  if (!lab && errors.some(({code}) => code === 'file.missing')) return [words('lab.gone', {dir})];
  return errors.map(finding => {
    const short: Finding = {...finding, file: basename(finding.file)};
    return {en: formatFinding(short, 'en'), zh: formatFinding(short, 'zh')};
  });
}

function words(code: string, params: Record<string, string>): Words {
  return {en: render(cliWords, 'en', code, params), zh: render(cliWords, 'zh', code, params)};
}
