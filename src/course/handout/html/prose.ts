/** A lab's Markdown as HTML: no tag of the author's, no image, no address that a browser would run. Loaded with marked. */
import {Marked, type Tokens} from 'marked';
import {CJK, chineseEmphasis} from '../../markdown/chinese.ts';
import {visible} from '../text.ts';
import {escaped, html, Markup} from './markup.ts';

export interface Prose {
  /** Paragraphs, lists, tables. */
  block(source: string): Markup;
  /** Within a line. */
  inline(source: string): Markup;
}

/** A line's end between two Chinese characters means nothing. */
const FOLD = new RegExp(`([${CJK}])\\n(?=[${CJK}])`, 'gu');

/** @param level of headings within: one below the page's own */
export function makeProse(level: number): Prose {
  const marked = new Marked({gfm: true}, chineseEmphasis, {
    renderer: {
      html: ({text}: Tokens.HTML | Tokens.Tag) => escaped(text),
      heading({tokens}: Tokens.Heading) {
        return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`;
      },
      text(token: Tokens.Text | Tokens.Escape) {
        if (token.type === 'text' && token.tokens) return this.parser.parseInline(token.tokens);
        // Also inside a raw tag, where marked would let everything through.
        return escaped(token.text).replace(FOLD, '$1');
      },
      code: ({text}: Tokens.Code) => html`<pre class="code"><code>${text}</code></pre>`.text,
      codespan: ({text}: Tokens.Codespan) => html`<code>${text}</code>`.text,
      link({href, tokens}: Tokens.Link) {
        const text = this.parser.parseInline(tokens);
        return /^(https?:\/\/|mailto:)/i.test(href) ? `<a href="${escaped(href)}" rel="noreferrer">${text}</a>` : text;
      },
      image: ({text}: Tokens.Image) => escaped(text),
      checkbox: ({checked}: Tokens.Checkbox) => (checked ? '☑ ' : '☐ '),
      tablecell(token: Tokens.TableCell) {
        const text = this.parser.parseInline(token.tokens);
        return token.header ? `<th scope="col">${text}</th>` : `<td>${text}</td>`;
      },
    },
  });
  const clean = (source: string) => visible(source).trim();
  return {
    block: source => new Markup(marked.parse(clean(source), {async: false}) as string),
    inline: source => new Markup(marked.parseInline(clean(source), {async: false}) as string),
  };
}
