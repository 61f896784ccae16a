/** The engine's system calls as they ran: short beside the terminals, explained in the full view. */

import type {JournalLine, LabState} from '../../course/index.ts';
import type {JournalEntry} from '../../engine/index.ts';
import type {Look} from '../app/look.ts';
import {sayPurpose} from '../course-words.ts';
import {cells, clip, spread} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import type {LabText} from './text.ts';

/** 'sethostname("tiger", 5) = 0', as strace(1) writes it. */
export function callText(entry: JournalEntry, look: Look): string {
  const call = `${entry.call}(${entry.args.join(', ')})`;
  if (entry.errno) return `${call} = -1 ${entry.errno}`;
  return entry.result === undefined ? `${call}   ${look.say('journal.neverRan')}` : `${call} = ${entry.result}`;
}

/** Milliseconds with two digits; calls take from microseconds to a few milliseconds. */
function duration(entry: JournalEntry): string {
  return entry.result === undefined && !entry.errno ? '' : `${(Number(entry.durationNs) / 1e6).toFixed(2)} ms`;
}

function painted(entry: JournalEntry, look: Look): string {
  const {style, glyphs} = look;
  const text = callText(entry, look);
  if (!entry.errno) return text;
  return entry.tolerated ? style.dim(text) : style.bad(`${glyphs.error} ${text}`);
}

/** The last `height` calls, a line each. */
export function journalTail(state: LabState, look: Look, width: number, height: number): string[] {
  if (state.journal.length === 0) return wrap(look.say('journal.empty'), width);
  return state.journal.slice(-height).map(line => oneLine(line, look, width));
}

function oneLine({entry}: JournalLine, look: Look, width: number): string {
  const time = look.style.dim(duration(entry));
  const who = look.style.dim(entry.who === 'child' ? 'child  ' : 'keeper ');
  return spread(who + painted(entry, look), time, width, look.glyphs.cut);
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
    lines.push(oneLine(line, look, width), ...purposeLines(line.entry, look, width));
  }
  return lines;
}

function purposeLines(entry: JournalEntry, look: Look, width: number): string[] {
  const purpose = sayPurpose(look.lang, entry.purpose);
  const expected = entry.errno && entry.tolerated ? ` (${look.say('journal.tolerated')})` : '';
  if (!purpose && !expected) return [];
  const indent = '         ';
  return wrap(`${purpose ?? ''}${expected}`, width - indent.length).map(line =>
    look.style.dim(clip(indent + line, Math.max(width, cells(indent)), look.glyphs.cut)),
  );
}
