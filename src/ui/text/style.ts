/** Styles as SGR sequences: the sixteen colours of the terminal's own palette, or none of them (NO_COLOR). */

export interface Style {
  color: boolean;
  bold(text: string): string;
  dim(text: string): string;
  italic(text: string): string;
  underline(text: string): string;
  inverse(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
  accent(text: string): string;
  code(text: string): string;
}

const paint = (open: string, close: string) => (text: string) => `\x1b[${open}m${text}\x1b[${close}m`;
const plain = (text: string) => text;

/** With color false, bold, dim and inverse stay (they are no colours), and code is set in backticks instead. */
export function makeStyle(color: boolean): Style {
  return {
    color,
    bold: paint('1', '22'),
    dim: paint('2', '22'),
    italic: paint('3', '23'),
    underline: paint('4', '24'),
    inverse: paint('7', '27'),
    good: color ? paint('32', '39') : plain,
    bad: color ? paint('31', '39') : paint('1', '22'),
    warn: color ? paint('35', '39') : plain,
    accent: color ? paint('36', '39') : plain,
    code: color ? paint('36', '39') : text => `\`${text}\``,
  };
}
