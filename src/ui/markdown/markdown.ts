/**
 * Markdown for a pane: marked parses, marked-terminal renders and highlights, and what it does without regard to the width
 * (paragraphs, lists, tables, code) is laid out here, in cells.
 */
import {Marked, type RendererObject, type Tokens} from 'marked';
import {markedTerminal} from 'marked-terminal';
import {spellSigns} from '../text/ascii.ts';
import {ASCII, type Glyphs} from '../text/glyphs.ts';
import type {Style} from '../text/style.ts';
import {cells} from '../text/width.ts';
import {carryStyles, wrap} from '../text/wrap.ts';
import {codeLines} from './code.ts';
import {BREAK, chineseEmphasis, decodeEntities, linkText, printable, unfold} from './inline.ts';
import {itemLines, listMarks} from './list.ts';
import {tableLines} from './table.ts';

/** Languages that the highlighter knows; others are shown plainly instead of complained about on stderr. */
const KNOWN = new Set(
  'sh bash shell console c cpp go python js javascript ts typescript json yaml ini diff dockerfile makefile xml'.split(
    ' ',
  ),
);

/** What is nested deeper than leaves this many cells is no longer indented. */
const LEAST_ROOM = 12;

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
        strong: style.bold,
        em: style.italic,
        // Not every terminal can strike out, and dimmed text says nothing of the kind.
        del: text => `~~${text}~~`,
      },
      {ignoreIllegals: true},
    );
    marked.use(terminal);
    marked.use(chineseEmphasis);
    marked.use({renderer: layout(width, style, glyphs, terminal.renderer!.code as Code)});
    const text = (
      marked.parse(printable(glyphs === ASCII ? spellSigns(source) : source), {async: false}) as string
    ).replace(/^\n+|\s+$/g, '');
    return text === '' ? [] : carryStyles(text.split('\n'));
  };
}

type Code = (this: unknown, token: Tokens.Code) => string;

/** The block renderers that know the width. Each returns whole lines with a blank line after them. */
function layout(width: number, style: Style, glyphs: Glyphs, highlighted: Code): RendererObject {
  const block = (lines: string[]) => `${lines.join('\n')}\n\n`;
  // A list in a list gets less room: the renderers recurse, so the room left is kept here.
  let room = width;
  const hang = (first: string, rest: string, render: () => string[]): string[] => {
    const outer = room;
    if (room - cells(first) >= LEAST_ROOM) room -= cells(first);
    try {
      const body = render();
      if (room === outer) return body;
      return body.map((line, i) => (i === 0 ? first + line : line === '' ? rest.trimEnd() : rest + line));
    } finally {
      room = outer;
    }
  };
  const lines = (text: string) => text.replace(/^\n+|\s+$/g, '').split('\n');
  return {
    // marked 13 and later hands a list item's text over with its inline tokens still to be rendered.
    text(token) {
      if ('tokens' in token && token.tokens) return this.parser.parseInline(token.tokens);
      return token.type === 'escape' ? token.text : decodeEntities(token.text);
    },
    br: () => BREAK,
    // marked-terminal hides colons in code from its emoji, which are off here.
    codespan: token => style.code(token.text),
    // It writes hyperlinks (OSC 8) where it believes the terminal knows them; those cannot be wrapped.
    link(token) {
      return linkText(this.parser.parseInline(token.tokens), token.text, token.href, style.underline);
    },
    image: token => decodeEntities(token.text) || printable(token.href),
    html(token) {
      const text = token.text.replace(/<!--[\s\S]*?-->/g, '').replace(/<br\s*\/?>/gi, BREAK);
      if (!('block' in token && token.block)) return text;
      return text.trim() === '' ? '' : block(wrap(text.replaceAll(BREAK, '\n').trim(), room));
    },
    checkbox: () => '',
    paragraph(token) {
      return block(wrap(unfold(this.parser.parseInline(token.tokens)), room));
    },
    heading(token) {
      return block(wrap(style.bold(unfold(this.parser.parseInline(token.tokens))), room));
    },
    list(token) {
      const out: string[] = [];
      const marks = listMarks(token, glyphs);
      token.items.forEach((item, i) => {
        const mark = marks[i]!;
        const body = () =>
          itemLines(
            item,
            part => lines(this.parser.parse([part])),
            part => wrap(unfold(this.parser.parseInline(part)), room),
          );
        out.push(...hang(mark, ' '.repeat(cells(mark)), body));
        if (token.loose && i < token.items.length - 1) out.push('');
      });
      return block(out);
    },
    blockquote(token) {
      const bar = `${glyphs.quote} `;
      return block(hang(bar, bar, () => lines(this.parser.parse(token.tokens))));
    },
    code(token) {
      const language = token.lang?.split(/\s/)[0] ?? '';
      const known = KNOWN.has(language) && style.color;
      const text = known
        ? highlighted
            .call(this, token)
            .replace(/^\n+|\s+$/g, '')
            .replace(/^ {2}/gm, '')
        : token.text;
      return block(codeLines(text, room, glyphs, known ? plain => plain : style.accent));
    },
    table(token) {
      const row = (cellsOf: Tokens.TableCell[]) => cellsOf.map(cell => unfold(this.parser.parseInline(cell.tokens)));
      const table = {head: row(token.header), rows: token.rows.map(row), align: token.align};
      return block(tableLines(table, room, style, glyphs));
    },
    hr: () => block([glyphs.horizontal.repeat(Math.min(room, 40))]),
  };
}
