/** What went otherwise than planned, in one calm sentence or two on the slide: a class is looking. */
import type {HandedBack, LabState} from '../../course/index.ts';
import {errorParts, factLabel} from '../course-words.ts';
import {show} from '../lab/facts.ts';
import type {LabText} from '../lab/text.ts';

/** Sentences of changes that are said; the rest is counted. */
const CHANGES = 3;
const VALUE = 60;

/**
 * The newest thing that a class should be told: what a hand has changed, a command with another status, an error.
 * @param dismissed errors up to this position in the stream have been seen
 */
export function calmSentences(state: LabState, text: LabText, dismissed: number): string[] {
  if (state.handedBack) return handedBackSentences(state.handedBack, state, text);
  const error = state.errors.findLast(one => one.seq > dismissed);
  if (error) return [errorParts(error.error, text.look.lang).message];
  const last = state.commands.at(-1);
  return last?.expected === undefined ? [] : [unexpected(last, text)];
}

function unexpected({command, status, expected}: LabState['commands'][number], {look}: LabText): string {
  return look.say('demo.unexpected', {
    command,
    status: status ?? look.say('lab.statusUnknown'),
    expected: expected ?? 0,
    ...keys(look),
  });
}

function handedBackSentences(back: NonNullable<LabState['handedBack']>, state: LabState, text: LabText): string[] {
  const {say} = text.look;
  const {changed, broken} = back;
  if (changed.length === 0 && broken.length === 0) return [say('demo.unchanged')];
  // What it is about comes first: the lab's own facts of this step.
  const shown = new Set(state.lab.steps[state.current]?.blocks.flatMap(one => (one.kind === 'show' ? one.facts : [])));
  const rank = ({path, now}: HandedBack) => (now === null && !path.includes('.') ? 0 : shown.has(factOf(path)) ? 1 : 2);
  const sorted = [...changed].sort((a, b) => rank(a) - rank(b));
  const sentences = sorted.slice(0, CHANGES).map(one => changeSentence(one, text));
  if (sorted.length > CHANGES) sentences.push(say('demo.moreChanges', {count: sorted.length - CHANGES}));
  const checks = state.lab.steps.flatMap(step => step.blocks).filter(one => one.kind === 'check');
  const titles = broken.flatMap(id => checks.find(one => one.id === id)?.title ?? []).map(text.plain);
  if (titles.length > 0) sentences.push(say('demo.broken', {what: titles.join(' · '), ...keys(text.look)}));
  else if (broken.length > 0) sentences.push(say('demo.goneNeeds', keys(text.look)));
  return sentences;
}

const factOf = (path: string) => path.replace(/^\w+\./, '');

function changeSentence({path, now}: HandedBack, {look, side}: LabText): string {
  const {say, lang} = look;
  const [name = '', fact] = /^([^.]+)\.(.*)$/.exec(path)?.slice(1) ?? [path];
  if (fact === undefined) return say('demo.sideGone', {id: name});
  const entry = /^(.*?)\[(".*")\]$/.exec(fact);
  const label = entry ? `${factLabel(lang, entry[1]!)} ${JSON.parse(entry[2]!) as string}` : factLabel(lang, fact);
  if (now === null) return say('demo.nowGone', {side: cap(side(name)), fact: label});
  const value = show(now, look);
  const short = value.length > VALUE ? `${value.slice(0, VALUE)}${look.glyphs.cut}` : value;
  return say('demo.nowIs', {side: cap(side(name)), fact: label, value: short});
}

function cap(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The keys that sentences name. */
export function keys({keys: map, glyphs}: LabText['look']): Record<string, string> {
  return {
    next: map.label('demo', 'next', glyphs),
    rebuild: map.label('demo', 'rebuild', glyphs),
    take: map.label('demo', 'take', glyphs),
    other: map.label('demo', 'other-terminal', glyphs),
    leave: map.label('everywhere', 'leave', glyphs),
    auto: map.label('demo', 'auto', glyphs),
  };
}
