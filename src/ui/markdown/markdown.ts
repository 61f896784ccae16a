/**
 * Markdown for a pane: marked parses, marked-terminal renders and highlights, and what it does without regard to the width
 * (paragraphs, lists, tables, code) is laid out here, in cells.
 */
import {Marked, type RendererObject, type Tokens} from 'marked';
import {markedTerminal} from 'marked-terminal';
import wrapAnsi from 'wrap-ansi';
import type {Glyphs} from '../text/glyphs.ts';
import type {Style} from '../text/style.ts';
import {cells} from '../text/width.ts';
import {carryStyles, wrap} from '../text/wrap.ts';
import {tableLines} from './table.ts';

/** Languages that the highlighter knows; others are shown plainly instead of complained about on stderr. */
const KNOWN = new Set(
  'sh bash shell console c cpp go python js javascript ts typescript json yaml ini diff dockerfile makefile xml'.split(
    ' ',
  ),
);

export type RenderMarkdown = (source: string, width: number) => string[];

/** A renderer for one look. Its lines are complete in themselves and at most `width` cells wide. */
export function makeMarkdown(style: Style, glyphs: Glyphs): RenderMarkdown {
  return (source, width) => {
    const marked = new Marked();
    const terminal = markedTerminal(
      {
        width,
        reflowText: false,
        showSectionPrefix: false,
        emoji: false,
        tab: 2,
        code: style.color ? style.accent : text => text,
        codespan: style.code,
        strong: style.bold,
        em: style.italic,
        heading: style.bold,
        firstHeading: style.bold,
        link: text => text,
        href: style.underline,
        html: text => text,
        del: style.dim,
      },
      {ignoreIllegals: true},
    );
    marked.use(terminal);
    marked.use({renderer: layout(width, style, glyphs, terminal.renderer!.code as Code)});
    const text = (marked.parse(source, {async: false}) as string).replace(/^\n+|\s+$/g, '');
    return text === '' ? [] : carryStyles(text.split('\n'));
  };
}

type Code = (this: unknown, token: Tokens.Code) => string;

/** The block renderers that know the width. Each returns whole lines with a blank line after them. */
function layout(width: number, style: Style, glyphs: Glyphs, highlighted: Code): RendererObject {
  const block = (lines: string[]) => `${lines.join('\n')}\n\n`;
  const hang = (first: string, rest: string, body: string[]) => body.map((line, i) => (i === 0 ? first : rest) + line);
  // A list in a list gets less room: the renderers recurse, so the room left is kept here.
  let room = width;
  const inside = <T>(indent: number, render: () => T): T => {
    const outer = room;
    room = Math.max(8, room - indent);
    try {
      return render();
    } finally {
      room = outer;
    }
  };
  const lines = (text: string) => text.replace(/^\n+|\s+$/g, '').split('\n');
  return {
    // marked 13 and later hands a list item's text over with its inline tokens still to be rendered.
    text(token) {
      return 'tokens' in token && token.tokens ? this.parser.parseInline(token.tokens) : false;
    },
    // A hard break would otherwise run into the blanks that wrapping folds.
    br: () => '\n',
    // marked-terminal hides colons in code from its emoji, which are off here.
    codespan: token => style.code(token.text),
    paragraph(token) {
      return block(wrap(unfold(this.parser.parseInline(token.tokens)), room));
    },
    heading(token) {
      return block(wrap(style.bold(this.parser.parseInline(token.tokens)), room));
    },
    list(token) {
      const out: string[] = [];
      token.items.forEach((item, i) => {
        const bullet = token.ordered ? `${Number(token.start || 1) + i}. ` : `${glyphs.bullet} `;
        const mark = item.task ? `${item.checked ? glyphs.pass : glyphs.todo} ` : bullet;
        const indent = cells(mark);
        const body = inside(indent, () =>
          itemLines(
            item,
            part => lines(this.parser.parse([part])),
            part => wrap(unfold(this.parser.parseInline(part)), room),
          ),
        );
        out.push(...hang(mark, ' '.repeat(indent), body));
        if (token.loose && i < token.items.length - 1) out.push('');
      });
      return block(out);
    },
    blockquote(token) {
      const bar = `${glyphs.quote} `;
      return block(inside(2, () => hang(bar, bar, lines(this.parser.parse(token.tokens)))));
    },
    code(token) {
      const language = token.lang?.split(/\s/)[0] ?? '';
      const known = KNOWN.has(language) && style.color;
      const text = known ? highlighted.call(this, token).replace(/^ {2}/gm, '').trim() : token.text;
      return block(codeLines(text, room, known ? plain => plain : style.accent));
    },
    table(token) {
      const row = (cellsOf: Tokens.TableCell[]) => cellsOf.map(cell => this.parser.parseInline(cell.tokens));
      return block(tableLines(row(token.header), token.rows.map(row), room, style, glyphs));
    },
    hr: () => block([glyphs.horizontal.repeat(Math.min(room, 40))]),
  };
}

/** Newlines inside a paragraph are blanks, unless Chinese stands on both sides: there a line break means nothing. */
function unfold(text: string): string {
  return text.replace(/([　-鿿＀-￯])\n(?=[　-鿿＀-￯])/g, '$1').replace(/\n/g, ' ');
}

function itemLines(
  item: Tokens.ListItem,
  block: (token: Tokens.Generic) => string[],
  inline: (tokens: Tokens.Generic[]) => string[],
): string[] {
  const out: string[] = [];
  for (const token of item.tokens) {
    if (token.type === 'text' && 'tokens' in token && token.tokens) out.push(...inline(token.tokens));
    else if (token.type !== 'space' && token.type !== 'checkbox') out.push(...block(token));
  }
  return out.length > 0 ? out : [''];
}

function codeLines(text: string, room: number, paint: (text: string) => string): string[] {
  return wrapAnsi(text, Math.max(4, room - 2), {hard: true, trim: false, wordWrap: false})
    .split('\n')
    .map(line => `  ${paint(line)}`);
}
