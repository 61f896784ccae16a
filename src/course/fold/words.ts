/** Words of a lab with this run's values in them. */
import type {Lang, Words} from '../lab.ts';
import {fillText} from '../session/substitute.ts';
import type {LabState} from './state.ts';

/**
 * A text of the lab as this learner sees it: in their language (English where there is no other), with ${name} and
 * ${box.pid} replaced. What has no value yet stays as it is written.
 */
export function wordsOf(words: Words, lang: Lang, state: LabState): string {
  const {session, facts} = state;
  return fillText(words[lang] ?? words.en, {vars: session?.vars ?? {}, now: facts.now, before: facts.before});
}
