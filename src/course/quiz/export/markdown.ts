/** A question's Markdown for programs of others: still Markdown but harmless, or XHTML that an XML parser takes. */
import {Marked, type Tokens} from 'marked';
import {visible} from '../../handout/text.ts';
import {chineseEmphasis} from '../../markdown/chinese.ts';
import {xml} from './xml.ts';

const CODE =
  /(^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:\n {0,3}\2[`~]*[ \t]*(?=\n|$)|$(?![\s\S]))|(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\3(?!`))/m;

/**
 * Markdown that no renderer turns into tags, images or addresses of scripts; code stays as it is. Doing it again changes
 * nothing.
 */
export function safeMarkdown(source: string): string {
  let rest = visible(source).trim();
  let out = '';
  for (;;) {
    const code = CODE.exec(rest);
    if (!code) return out + harmless(rest);
    out += harmless(rest.slice(0, code.index)) + code[0];
    rest = rest.slice(code.index + code[0].length);
  }
}

function harmless(text: string): string {
  return text
    .replace(/</g, '&lt;')
    .replace(/!\[/g, '!\\[')
    .replace(/\]\((?!https?:\/\/|mailto:)/gi, ']\\(')
    .replace(/^([ \t]*)(\[[^\]\n]*\]:)/gm, '$1\\$2');
}

const marked = new Marked({gfm: true}, chineseEmphasis, {
  renderer: {
    // A block of them is a paragraph of text: QTI has no text outside of blocks.
    html: ({text, block}: Tokens.HTML | Tokens.Tag) => (block ? `<p>${xml(text.trim())}</p>\n` : xml(text)),
    text(token: Tokens.Text | Tokens.Escape) {
      if (token.type === 'text' && token.tokens) return this.parser.parseInline(token.tokens);
      // Marked keeps entities as they were written, and XML knows five of them.
      return xml(token.type === 'escape' ? token.text : token.raw.replace(ENTITY, decoded));
    },
    heading({tokens}: Tokens.Heading) {
      return `<p><strong>${this.parser.parseInline(tokens)}</strong></p>\n`;
    },
    code: ({text}: Tokens.Code) => `<pre>${xml(text)}</pre>\n`,
    codespan: ({text}: Tokens.Codespan) => `<code>${xml(text)}</code>`,
    link({href, tokens}: Tokens.Link) {
      const text = this.parser.parseInline(tokens);
      return /^(https?:\/\/|mailto:)/i.test(href)
        ? `<a href="${xml(encodeURI(decodeSafely(href)))}">${text}</a>`
        : text;
    },
    image: ({text}: Tokens.Image) => xml(text),
    br: () => '<br/>',
    hr: () => '<hr/>\n',
    del({tokens}: Tokens.Del) {
      return this.parser.parseInline(tokens);
    },
    checkbox: ({checked}: Tokens.Checkbox) => (checked ? '☑ ' : '☐ '),
    list({ordered, items}: Tokens.List) {
      const tag = ordered ? 'ol' : 'ul';
      return `<${tag}>${items.map(item => this.listitem(item)).join('')}</${tag}>\n`;
    },
    tablecell(token: Tokens.TableCell) {
      const tag = token.header ? 'th' : 'td';
      return `<${tag}>${this.parser.parseInline(token.tokens)}</${tag}>`;
    },
  },
});

const NAMED: Record<string, string> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0'};
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;

/** @param name of an entity, or its number */
export function decoded(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name) return NAMED[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
}

export const decodeEntities = (text: string): string => text.replace(ENTITY, decoded);

function decodeSafely(href: string): string {
  try {
    return decodeURI(href);
  } catch {
    return href;
  }
}

/** Paragraphs, lists, tables: well-formed, and within what QTI 2.1 allows in a block. */
export function richBlock(source: string): string {
  return (marked.parse(visible(source).trim(), {async: false}) as string).trim();
}

/** Within a line. */
export function richInline(source: string): string {
  return marked.parseInline(visible(source).trim(), {async: false}) as string;
}
