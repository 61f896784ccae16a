/** The engine's system calls as they ran: short beside the terminals, explained in the full view. */

import {isPlumbing, type JournalLine, type LabState, manPage} from '../../course/index.ts';
import type {JournalEntry} from '../../engine/index.ts';
import type {Look} from '../app/look.ts';
import {sayFailure, sayPurpose} from '../course-words.ts';
import {cells, clip, fitTo, spread} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import type {LabText} from './text.ts';

/** 'sethostname("tiger", 5) = 0', as strace(1) writes it; where that is too long for `width` cells, arguments are cut. */
export function callText(entry: JournalEntry, look: Look, width = Number.POSITIVE_INFINITY): string {
  const came = entry.errno
    ? `= -1 ${entry.errno}`
    : entry.result === undefined
      ? look.say('journal.neverRan')
      : `= ${entry.result}`;
  const args = clip(entry.args.join(', '), Math.max(4, width - cells(entry.call) - cells(came) - 3), look.glyphs.cut);
  return `${entry.call}(${args}) ${came}`;
}

/** Milliseconds with two digits; calls take from microseconds to a few milliseconds. */
function duration(entry: JournalEntry): string {
  return entry.result === undefined && !entry.errno ? '' : `${(Number(entry.durationNs) / 1e6).toFixed(2)} ms`;
}

/** A call that failed is marked, unless the plan went on without it. */
function painted(text: string, entry: JournalEntry, {style, glyphs}: Look): string {
  if (!entry.errno) return text;
  return entry.tolerated ? style.dim(text) : style.bad(`${glyphs.error} ${text}`);
}

/** The last `height` calls that tell something, a line each. */
export function journalTail(state: LabState, look: Look, width: number, height: number): string[] {
  if (state.journal.length === 0) return wrap(look.say('journal.empty'), width);
  const telling = state.journal.filter(({entry}) => entry.errno || !isPlumbing(entry.call));
  return telling.slice(-height).map(line => oneLine(line, look, width));
}

const WHO = 7;

function oneLine({entry}: JournalLine, look: Look, width: number): string {
  const time = duration(entry);
  const text = painted(callText(brief(entry, look), look, width - WHO - cells(time) - 4), entry, look);
  return spread(whoMade(entry, look) + text, look.style.dim(time), width, look.glyphs.cut);
}

/** clone3 with the flags that isolate first: the others are the same for every process of ours. */
function brief(entry: JournalEntry, look: Look): JournalEntry {
  const flags = entry.call === 'clone3' ? /flags=([^,}]+)/.exec(entry.args.join(', '))?.[1]?.split('|') : undefined;
  if (!flags) return entry;
  const isolating = flags.filter(flag => flag.startsWith('CLONE_NEW') || flag === 'CLONE_INTO_CGROUP');
  return {...entry, args: [[...isolating, look.glyphs.cut].join('|')]};
}

function whoMade(entry: JournalEntry, look: Look): string {
  return look.style.dim(fitTo(entry.who, WHO));
}

/** The same with all of its arguments, on as many lines as they take. */
function wholeCall({entry}: JournalLine, look: Look, width: number): string[] {
  const time = duration(entry);
  const [first = '', ...rest] = wrap(callText(entry, look), width - WHO - 12);
  return [
    spread(whoMade(entry, look) + painted(first, entry, look), look.style.dim(time), width, look.glyphs.cut),
    ...rest.map(line => ' '.repeat(WHO + 2) + painted(line, {...entry, tolerated: true}, look)),
  ];
}

/** Every call kept, with who made it and one line on what it is for. */
export function journalFull(state: LabState, text: LabText, width: number): string[] {
  const {look} = text;
  if (state.journal.length === 0) return wrap(look.say('journal.empty'), width);
  const lines: string[] = [];
  let who = '';
  for (const line of state.journal) {
    if (line.who !== who) {
      who = line.who;
      if (lines.length > 0) lines.push('');
      lines.push(look.style.bold(look.style.underline(text.side(who))));
    }
    lines.push(...wholeCall(line, look, width), ...purposeLines(line.entry, look, width));
  }
  return lines;
}

/** What a call is for, the manual page to read on in, and where it failed why and what to do. */
function purposeLines(entry: JournalEntry, look: Look, width: number): string[] {
  const {lang, say} = look;
  const about = named(sayPurpose(lang, entry.purpose) ?? '', manPage(entry.call), look);
  const errno = sayFailure(entry, lang);
  const expected = entry.errno && entry.tolerated ? ` (${say('journal.tolerated')})` : '';
  const indent = '         ';
  const lines = wrap(`${about}${expected}`, width - indent.length);
  if (errno && !entry.tolerated) lines.push(...wrap(`${entry.errno}: ${errno}`, width - indent.length));
  return lines.map(line => look.style.dim(clip(indent + line, Math.max(width, cells(indent)), look.glyphs.cut)));
}

/** Most purposes end with pages already: then the call's own is added only where it is missing. */
function named(purpose: string, page: string, {say}: Look): string {
  if (purpose === '') return page;
  return purpose.includes(page) ? purpose : say('journal.page', {purpose, page});
}
