/** How many lines of the terminal a Markdown text takes, near enough: markup that isn't shown isn't counted. */
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** The width of a lesson at 80×24: its frame and a space on each side are not text. */
export const COLUMNS = 76;
/** What a screen of 24 lines leaves for a text. */
export const LINES = 18;

const FENCE = /^\s*(`{3,}|~{3,})/;
/** Beginnings of lines that don't flow into the one above. */
const OWN_LINE = /^\s*(?:[-*+>|#]|\d+[.)])\s/;

/** `**bold**`, `` `code` `` and `[text](url)` as they are shown. */
function bare(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|__/g, '')
    .replace(/`/g, '');
}

export interface Measured {
  lines: number;
  /** Lines of examples, which can't be wrapped, that are wider than COLUMNS. */
  wide: {text: string; width: number}[];
}

/** Measures Markdown at COLUMNS columns; a Chinese character takes two. */
export function measure(markdown: string): Measured {
  const wide: Measured['wide'] = [];
  let lines = 0;
  let open: string | undefined;
  let paragraph: string[] = [];
  const flush = () => {
    if (paragraph.length > 0) lines += wrapAnsi(bare(paragraph.join(' ')), COLUMNS, {hard: true}).split('\n').length;
    paragraph = [];
  };
  for (const line of markdown.split('\n')) {
    const fence = FENCE.exec(line)?.[1];
    if (open === undefined && fence) {
      flush();
      open = fence;
    } else if (open !== undefined) {
      if (fence?.startsWith(open)) open = undefined;
      else {
        lines++;
        const width = stringWidth(line);
        if (width > COLUMNS) wide.push({text: line, width});
      }
    } else if (line.trim() === '') {
      flush();
      lines++;
    } else {
      if (OWN_LINE.test(line)) flush();
      paragraph.push(line.trim());
    }
  }
  flush();
  return {lines, wide};
}

/** Cells that one line of Markdown takes. */
export function widthOf(text: string): number {
  return stringWidth(bare(text));
}
