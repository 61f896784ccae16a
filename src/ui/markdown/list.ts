/** Lists: marks of one width, and items that hang under their first word. */
import type {Tokens} from 'marked';
import type {Glyphs} from '../text/glyphs.ts';
import {cells} from '../text/width.ts';

/** The mark of each item, with the blank after it; numbers end in one column. */
export function listMarks(list: Tokens.List, glyphs: Glyphs): string[] {
  const start = list.start === '' ? 1 : Number(list.start);
  const marks = list.items.map((item, i) => {
    if (item.task) return `${item.checked ? glyphs.pass : glyphs.todo} `;
    return list.ordered ? `${start + i}. ` : `${glyphs.bullet} `;
  });
  const widest = Math.max(...marks.map(cells));
  return list.ordered ? marks.map(mark => ' '.repeat(widest - cells(mark)) + mark) : marks;
}

/** An item's blocks, one below the other; a paragraph stands apart from what is above it. */
export function itemLines(
  item: Tokens.ListItem,
  block: (token: Tokens.Generic) => string[],
  inline: (tokens: Tokens.Generic[]) => string[],
): string[] {
  const out: string[] = [];
  for (const token of item.tokens) {
    if (token.type === 'space' || token.type === 'checkbox') continue;
    if (token.type === 'text' && 'tokens' in token && token.tokens) out.push(...inline(token.tokens));
    else out.push(...(out.length > 0 && token.type === 'paragraph' ? [''] : []), ...block(token));
  }
  return out.length > 0 ? out : [''];
}
