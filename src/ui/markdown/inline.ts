/** Text inside a block: what may reach a terminal, what HTML escapes, and lines as Chinese breaks them. */
import {CJK} from '../../course/index.ts';

export {chineseEmphasis} from '../../course/index.ts';

/** Stands for a hard break until the line is laid out; the source cannot hold one. */
export const BREAK = '\u2028';

const UNSAFE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Control characters, and those that turn the direction of writing, as question marks; newlines and tabs stay. */
export function printable(source: string): string {
  return source.replace(/\r\n?/g, '\n').replace(UNSAFE, '?');
}

const FOLD = new RegExp(`([${CJK}](?:\\x1b\\[[0-9;]*m)*)\\n(?=(?:\\x1b\\[[0-9;]*m)*[${CJK}])`, 'g');

/** Newlines inside a paragraph are blanks, unless Chinese stands on both sides: there a line break means nothing. */
export function unfold(text: string): string {
  return text
    .replace(FOLD, '$1')
    .replace(/[\n\t]/g, ' ')
    .replace(new RegExp(` *${BREAK} *`, 'g'), '\n')
    .trim();
}

const NAMED: Record<string, string> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0'};

/** The characters that people write as entities; other names stay as they are written. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w+));/g, (all, decimal, hex, name: string) => {
    if (name) return NAMED[name] ?? all;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? printable(String.fromCodePoint(code)) : '\ufffd';
  });
}

/** Where a link leads, unless its text says so already. */
export function linkText(text: string, plain: string, href: string, underline: (text: string) => string): string {
  const address = printable(href).replace(/^mailto:/, '');
  return plain === address || plain === href ? underline(text) : `${text} (${underline(address)})`;
}
