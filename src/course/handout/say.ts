/** What every layout of a handout needs to word: codes, facts, calls. */
import type {FactValue, JournalEntry} from '../../engine/index.ts';
import type {Lang, Side} from '../lab.ts';
import {factText} from '../run/lines.ts';
import {engineWords} from '../words/engine.ts';
import {factLabels} from '../words/facts.ts';
import {type HandoutCode, handoutWords} from '../words/handout.ts';
import {isPlumbing, manPage} from '../words/man-pages.ts';
import {type Params, render, type WordTable} from '../words/say.ts';

/** clone(2)'s name of a namespace's flag, by OCI name. */
const FLAGS: Readonly<Record<string, string>> = {
  pid: 'CLONE_NEWPID',
  network: 'CLONE_NEWNET',
  mount: 'CLONE_NEWNS',
  ipc: 'CLONE_NEWIPC',
  uts: 'CLONE_NEWUTS',
  user: 'CLONE_NEWUSER',
  cgroup: 'CLONE_NEWCGROUP',
  time: 'CLONE_NEWTIME',
};

/** Lists of more elements than this are told by their difference. */
const LONG = 10;

const purposes: WordTable = engineWords;

export function say(lang: Lang, code: HandoutCode, params?: Params): string {
  return render(handoutWords, lang, code, params);
}

export function saySide(lang: Lang, side: Side): string {
  return side === 'host' ? say(lang, 'side.host') : say(lang, 'side.box', {id: side});
}

export function sayFact(lang: Lang, path: string): string {
  return factLabels[path]?.[lang] ?? path;
}

/** 'host: pid ns' */
export function sayPath(lang: Lang, full: string): string {
  const [side = '', ...rest] = full.split('.');
  return `${saySide(lang, side)}: ${sayFact(lang, rest.join('.'))}`;
}

export function sayValue(lang: Lang, value: FactValue | null | undefined): string {
  const empty = value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
  return empty ? say(lang, 'facts.none') : factText(value, lang);
}

/** A long list (the capabilities of a process) by what makes it another one than the host's. */
export function sayBeside(lang: Lang, value: FactValue | null | undefined, host: FactValue | undefined): string {
  if (!Array.isArray(value) || !Array.isArray(host) || value.length <= LONG || host.length <= LONG)
    return sayValue(lang, value);
  const less = (all: FactValue[], others: FactValue[]) =>
    all.filter(one => !others.some(other => sameFact(one, other)));
  const [more, missing] = [less(value, host), less(host, value)];
  if (more.length + missing.length > LONG) return sayValue(lang, value);
  const parts = [...more.map(one => `+${factText(one, lang)}`), ...missing.map(one => `−${factText(one, lang)}`)];
  return [say(lang, 'facts.as-host'), ...parts].join(' ');
}

export function sameFact(a: FactValue | null | undefined, b: FactValue | null | undefined): boolean {
  return factText(a, 'en') === factText(b, 'en');
}

/** 'CLONE_NEWPID', or what else a container was tried without. */
export function flagName(without: string): string {
  return FLAGS[without] ?? without;
}

export function telling(calls: readonly JournalEntry[]): JournalEntry[] {
  return calls.filter(entry => (entry.errno && !entry.tolerated) || !isPlumbing(entry.call));
}

/** 'sethostname("tiger", 5) = 0', as strace(1) writes it. */
export function callText({call, args, result, errno}: JournalEntry, lang: Lang): string {
  const came = errno ? `= -1 ${errno}` : result === undefined ? `(${say(lang, 'calls.never')})` : `= ${result}`;
  return `${call}(${args.join(', ')}) ${came}`;
}

/** What a call is for, and its page apart from it. */
export function purposeOf(entry: JournalEntry, lang: Lang): {purpose: string; page: string} {
  const page = manPage(entry.call);
  const words = purposes[`purpose.${entry.purpose}`]?.[lang] ?? '';
  const ending = [': ', '：', ', ', '，'].map(mark => mark + page).find(one => words.endsWith(one)) ?? '';
  return {purpose: words.slice(0, words.length - ending.length), page};
}
