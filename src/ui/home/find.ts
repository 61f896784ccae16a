/** Finding a lab by what somebody types: in its number, title, question and id, in both languages. */
import type {HomeLab} from '../deps.ts';

/** Part of a text, in UTF-16 units: [from, to). */
export type Span = readonly [from: number, to: number];

interface Folded {
  text: string;
  /** For each unit of `text`, where the character it came from stands in the original. */
  from: number[];
  to: number[];
}

/**
 * Without case, blanks and width: what an input method gives as 'ＵＴＳ' is 'uts', and 'ipc命名' is found in
 * 'IPC 命名空间'.
 */
function folded(text: string): Folded {
  const result: Folded = {text: '', from: [], to: []};
  let at = 0;
  for (const char of text) {
    const plain = char.normalize('NFKC').toLowerCase().trim();
    result.text += plain;
    for (let i = 0; i < plain.length; i++) {
      result.from.push(at);
      result.to.push(at + char.length);
    }
    at += char.length;
  }
  return result;
}

function wordsOf(query: string): string[] {
  return query
    .split(/\s+/)
    .map(word => folded(word).text)
    .filter(word => word !== '');
}

/** Positions in `labs` of those that have every word of the query; all of them for an empty query. */
export function found(labs: readonly HomeLab[], query = ''): number[] {
  const words = wordsOf(query);
  return labs.flatMap((lab, i) => {
    const texts = [lab.number, lab.id, lab.title.en, lab.title.zh, lab.question.en, lab.question.zh].map(
      text => folded(text ?? '').text,
    );
    return words.every(word => texts.some(text => text.includes(word))) ? [i] : [];
  });
}

/** Where the words of the query stand in a text, in order and without overlap. */
export function spansOf(text: string, query = ''): Span[] {
  const {text: plain, from, to} = folded(text);
  const hit = Array<boolean>(text.length).fill(false);
  for (const word of wordsOf(query)) {
    for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1))
      hit.fill(true, from[at]!, to[at + word.length - 1]!);
  }
  const spans: [number, number][] = [];
  hit.forEach((marked, i) => {
    const last = spans.at(-1);
    if (marked && last?.[1] === i) last[1] = i + 1;
    else if (marked) spans.push([i, i + 1]);
  });
  return spans;
}

/** The text with what was found in it painted. */
export function mark(text: string, query: string | undefined, paint: (text: string) => string): string {
  let marked = '';
  let at = 0;
  for (const [from, to] of spansOf(text, query)) {
    marked += text.slice(at, from) + paint(text.slice(from, to));
    at = to;
  }
  return marked + text.slice(at);
}
