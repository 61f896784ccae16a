/** What people type, compared fairly: the meaning counts, not the keyboard. docs/quiz.md tells what is forgiven. */

/** Invisible characters that come along when text is copied: zero width, byte order mark, directions. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const QUOTES: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['‘', '’'],
  ['«', '»'],
  ['「', '」'],
  ['『', '』'],
];
/** An answer is a word or a line; more is a paste by mistake, and not worth the time. */
const LONGEST = 1000;

/** Without quotes around it and a full stop behind its last word, however they are nested. */
function undressed(text: string): string {
  const pair = QUOTES.find(([open, close]) => text.length > 1 && text.startsWith(open) && text.endsWith(close));
  const bare = pair ? text.slice(1, -1).trim() : text.replace(/(?<=[\p{L}\p{N}\p{Pe}\p{Pf}"'`%]) *[.。]+$/u, '');
  return bare === text ? text : undressed(bare);
}

/**
 * The text as it is compared: full-width characters made plain (Unicode NFKC), dashes and quotes of all keyboards made
 * the ASCII ones, one space for each gap and none beside `| , : ; = [ ] ( )`, no quotes around it, no full stop at its end.
 * Empty when nothing was said.
 */
export function plainAnswer(typed: string): string {
  const text = typed
    .slice(0, LONGEST)
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(/[\s\x00-\x1f\x7f]+/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll('、', ',')
    .replace(/ *([|,:;=[\]()]) */g, '$1')
    .trim();
  return undressed(text);
}

const LABELLED = /^[\p{L}_][\p{L}\p{N}_./ -]*(?::?\[([^\]]*)\]|[:=](.+))$/u;
/** 1,234 · 1 234 · 1'234 · 1_234: one kind of separator, always three digits. */
const GROUPED = /^\d{1,3}(?:([, '_])\d{3})(?:\1\d{3})*$/;
const UNIT = /^(.*?[\da-f]) ?(?:%|\p{L}{1,12})$/iu;

function digits(text: string): bigint | undefined {
  const [, sign = '', rest = ''] = /^([+-]?) ?(.*)$/.exec(text) ?? [];
  const value = (body: string) => (sign === '-' ? -BigInt(body) : BigInt(body));
  if (/^0x[\da-f]{1,64}$/i.test(rest)) return value(rest);
  // 20.0 is 20; 20.5 is no whole number, and never rounded to one.
  const whole = rest.replace(/\.0{1,30}$/, '');
  if (/^\d{1,100}$/.test(whole)) return value(whole);
  return GROUPED.test(whole) ? value(whole.replace(/\D/g, '')) : undefined;
}

/**
 * The whole number that somebody means: also in full-width digits, with a minus sign of any kind, hexadecimal (0x1f),
 * with separators of thousands (1,234), with a unit behind it (20 %, 100 ms; the unit itself is not judged), as a
 * namespace's link (uts:[4026532437]) or after a name (pid=7). Undefined: it is none, or there are two.
 */
export function wholeNumber(typed: string): bigint | undefined {
  const text = plainAnswer(typed);
  const labelled = LABELLED.exec(text);
  const inner = labelled ? (labelled[1] ?? labelled[2] ?? '') : text;
  const number = digits(inner);
  if (number !== undefined) return number;
  const unit = /^[+-]? ?0x/i.test(inner) ? undefined : UNIT.exec(inner)?.[1];
  return unit === undefined ? undefined : digits(unit.trim());
}

/** Where A and a are two things: paths, options, single letters (a process's T and t). */
const caseCounts = (key: string) => key.includes('/') || /(^| )-/.test(key) || [...key].length === 1;

/**
 * Whether what was typed is the answer. Never for an empty one. A key that is a whole number is compared as a number,
 * anything else as text; case counts only in paths, options and single letters.
 * @param key the right answer, as the lab or the kernel has it
 */
export function sameAnswer(typed: string, key: string): boolean {
  const said = plainAnswer(typed);
  if (said === '') return false;
  const want = plainAnswer(key);
  if (said === want) return true;
  const number = wholeNumber(key);
  if (number !== undefined && (isNumber(want) || isNumber(said))) return wholeNumber(typed) === number;
  return !caseCounts(want) && said.toLowerCase() === want.toLowerCase();
}

/** Digits alone: then what stands around them on the other side is only dress. */
const isNumber = (text: string) => digits(text) !== undefined;
