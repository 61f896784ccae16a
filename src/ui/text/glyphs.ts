/** Every symbol the screens draw, once for Unicode and once for ASCII. No meaning hangs on colour: it hangs on these. */

export interface Glyphs {
  topLeft: string;
  topRight: string;
  bottomLeft: string;
  bottomRight: string;
  horizontal: string;
  vertical: string;
  /** What has the keyboard is framed by these. */
  strongHorizontal: string;
  strongVertical: string;
  strongTopLeft: string;
  strongTopRight: string;
  strongBottomLeft: string;
  strongBottomRight: string;
  pass: string;
  fail: string;
  unsure: string;
  todo: string;
  here: string;
  same: string;
  differs: string;
  changed: string;
  barDone: string;
  barAhead: string;
  cut: string;
  dash: string;
  bullet: string;
  quote: string;
  /** Begins the rest of a line of code that had to be broken. */
  wrapped: string;
  error: string;
  hint: string;
  arrow: string;
  dot: string;
  enter: string;
  upDown: string;
  left: string;
  right: string;
  shiftTab: string;
  more: string;
  moreUp: string;
}

export const UNICODE: Glyphs = {
  topLeft: '┌',
  topRight: '┐',
  bottomLeft: '└',
  bottomRight: '┘',
  horizontal: '─',
  vertical: '│',
  strongHorizontal: '━',
  strongVertical: '┃',
  strongTopLeft: '┏',
  strongTopRight: '┓',
  strongBottomLeft: '┗',
  strongBottomRight: '┛',
  pass: '✓',
  fail: '✗',
  unsure: '?',
  todo: '○',
  here: '▸',
  same: '=',
  differs: '≠',
  changed: '●',
  barDone: '▰',
  barAhead: '▱',
  cut: '…',
  dash: '–',
  bullet: '•',
  quote: '│',
  wrapped: '↳',
  error: '✗',
  hint: '→',
  arrow: '→',
  dot: '·',
  enter: '⏎',
  upDown: '↑↓',
  left: '←',
  right: '→',
  shiftTab: '⇧Tab',
  more: '↓',
  moreUp: '↑',
};

export const ASCII: Glyphs = {
  topLeft: '+',
  topRight: '+',
  bottomLeft: '+',
  bottomRight: '+',
  horizontal: '-',
  vertical: '|',
  strongHorizontal: '=',
  strongVertical: '#',
  strongTopLeft: '#',
  strongTopRight: '#',
  strongBottomLeft: '#',
  strongBottomRight: '#',
  pass: '[ok]',
  fail: '[no]',
  unsure: '[?]',
  todo: '[ ]',
  here: '>',
  same: '=',
  differs: '!=',
  changed: '*',
  barDone: '#',
  barAhead: '.',
  cut: '~',
  dash: '-',
  bullet: '*',
  quote: '|',
  wrapped: '\\',
  error: '[!]',
  hint: '->',
  arrow: '->',
  dot: '-',
  enter: 'Enter',
  upDown: 'Up/Dn',
  left: 'Lt',
  right: 'Rt',
  shiftTab: 'S-Tab',
  more: 'v',
  moreUp: '^',
};
