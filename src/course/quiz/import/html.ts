/** The little HTML that question banks hold, as Markdown. What has no counterpart loses its tags, never its text. */
import {decodeEntities} from '../export/markdown.ts';

const TAG = /<(\/?)([a-z][a-z0-9]*)\b[^>]*>/gi;

const INLINE: Record<string, string> = {b: '**', strong: '**', i: '*', em: '*', code: '`', tt: '`', kbd: '`'};

export function fromHtml(source: string): string {
  const parts: string[] = [];
  let at = 0;
  let pre = 0;
  const text = (upTo: number) => {
    const raw = source.slice(at, upTo);
    parts.push(pre > 0 ? raw : escaped(raw.replace(/\s+/g, ' '), parts.at(-1) === '`'));
  };
  for (const tag of source.matchAll(TAG)) {
    const [whole, slash, written] = tag as unknown as [string, string, string];
    const name = written.toLowerCase();
    text(tag.index);
    at = tag.index + whole.length;
    const closing = slash === '/';
    if (name === 'pre') {
      pre = Math.max(0, pre + (closing ? -1 : 1));
      parts.push(closing ? '\n```\n\n' : '\n\n```\n');
    } else if (pre > 0) continue;
    else if (INLINE[name]) parts.push(INLINE[name]);
    else if (name === 'br') parts.push('\\\n');
    else if (name === 'li') parts.push(closing ? '' : '\n- ');
    else if (/^(p|div|ul|ol|h[1-6]|table|tr|blockquote)$/.test(name)) parts.push('\n\n');
  }
  text(source.length);
  const lines = decodeEntities(parts.join(''));
  return lines
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n[ \t]+(?!- )/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/(\\\n)+$/, '')
    .trim();
}

/** Characters that Markdown would take for its own, outside of code. */
function escaped(text: string, inCode: boolean): string {
  return inCode ? text : text.replace(/[\\`*_[\]]/g, '\\$&');
}
