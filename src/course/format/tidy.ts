/** Chinese is written without spaces, but a line break in Markdown or folded YAML becomes one. */

const WIDE_MARK = '，。：；、！？）」』】》”’…（「『【《“‘';
const AFTER = `[${WIDE_MARK}]`;
const HAN = '\\p{Script=Han}';

const BREAK = new RegExp(
  `(?<=${AFTER})[ \\t]*\\n[ \\t]*(?=\\S)|(?<=${HAN})[ \\t]*\\n[ \\t]*(?=[${WIDE_MARK}]|${HAN})|(?<=\\S)[ \\t]*\\n[ \\t]*(?=${AFTER})`,
  'gu',
);
const FOLD = new RegExp(`(?<=${AFTER}) (?=\\S)|(?<=${HAN}) (?=[${WIDE_MARK}]|${HAN})|(?<=\\S) (?=${AFTER})`, 'gu');
/** Beginnings of lines that must stay on a line of their own. */
const OWN_LINE = /^\s*(?:[-*+>|#]|\d+[.)]|`{3}|~{3})/;

/**
 * `text` (Markdown) without the line breaks and folded spaces that would show as gaps between Chinese characters. Lists,
 * tables, quotes and fenced examples keep their lines.
 */
export function tidyChinese(text: string): string {
  const parts = text.split(/(^(`{3,}|~{3,})[\s\S]*?^\2[^\n]*$)/m);
  let tidy = '';
  for (let i = 0; i < parts.length; i += 3) {
    const prose = parts[i]!;
    const joined = prose.replace(BREAK, (gap, offset: number) =>
      OWN_LINE.test(prose.slice(offset + gap.length)) ? gap : '',
    );
    tidy += joined.replace(FOLD, '') + (parts[i + 1] ?? '');
  }
  return tidy;
}
