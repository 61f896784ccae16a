/** Styles as SGR sequences: the sixteen colours of the terminal's own palette, or none of them (NO_COLOR). */
import type {Theme} from '../app/settings.ts';

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

type Paint = (text: string) => string;

const paint =
  (open: string, close: string): Paint =>
  text =>
    `\x1b[${open}m${text}\x1b[${close}m`;
const plain = (text: string) => text;

/** Codes of one theme: [good, bad, warn, accent] as SGR, each with what ends it. */
const COLORS = {
  dark: ['32', '31', '35', '36'],
  // Cyan is hard to see on white.
  light: ['32', '31', '35', '34'],
} as const;

/**
 * Without colour, bold, dim and inverse stay (they are no colours), and code is set in backticks instead. High contrast
 * draws everything in the terminal's own foreground at full strength: nothing is dimmed, and what fails is inverted.
 */
export function makeStyle(theme: Theme): Style {
  const weights = {
    bold: paint('1', '22'),
    italic: paint('3', '23'),
    underline: paint('4', '24'),
    inverse: paint('7', '27'),
  };
  const dim = paint('2', '22');
  const code = (text: string) => `\`${text}\``;
  if (theme === 'none')
    return {...weights, color: false, dim, good: plain, bad: weights.bold, warn: plain, accent: plain, code};
  if (theme === 'contrast') {
    const {bold, underline, inverse} = weights;
    return {...weights, color: false, dim: plain, good: bold, bad: inverse, warn: underline, accent: bold, code};
  }
  const [good, bad, warn, accent] = COLORS[theme].map(sgr => paint(sgr, '39')) as [Paint, Paint, Paint, Paint];
  return {...weights, color: true, dim, good, bad, warn, accent, code: accent};
}
