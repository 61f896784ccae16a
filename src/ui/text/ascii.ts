/**
 * Writing for terminals that draw in ASCII: because they know nothing else, or because they give two cells to characters
 * that count as one here, which would push every border out of line.
 */

/** Signs in sentences, spelled out before lines are laid out. */
const SPELLED: Record<string, string> = {
  '……': '...',
  '——': '--',
  '…': '...',
  '—': '--',
  '→': '->',
  '←': '<-',
  '≠': '!=',
  '≤': '<=',
  '≥': '>=',
  '⏎': 'Enter',
};

/** Signs of one cell, and letters that look like them. */
const PLAIN = new Map(
  [
    ['‘’‚′', "'"],
    ['“”„″', '"'],
    ['–—‐‑‒−─━┄┈', '-'],
    ['│┃├┤┝┠┥┨', '|'],
    ['┌┐└┘┏┓┗┛┬┴┼┯┷┿╭╮╯╰', '+'],
    ['…', '~'],
    ['·∙', '.'],
    ['•●★▪■', '*'],
    ['○□', 'o'],
    ['▰▮█', '#'],
    ['▱', '.'],
    ['↳', '\\'],
    ['×✗', 'x'],
    ['✓', 'v'],
    ['→▸▶⇒', '>'],
    ['←◂◀⇐', '<'],
    ['↑⇧', '^'],
    ['↓', 'v'],
    ['≠', '#'],
    ['⇄↔', '='],
    ['⏎', '<'],
  ].flatMap(([signs, plain]) => [...signs!].map(sign => [sign, plain!] as const)),
);

const spelled = new RegExp(Object.keys(SPELLED).join('|'), 'g');
const plain = new RegExp(`[${[...PLAIN.keys()].join('')}]`, 'g');

/** A sentence without arrows, dashes and other signs; its width changes. */
export function spellSigns(text: string): string {
  return text.replace(spelled, sign => SPELLED[sign]!);
}

/** A drawn line with every sign as one ASCII character, cell by cell: nothing moves. Letters stay, also Chinese ones. */
export function plainSigns(line: string): string {
  return line.replace(plain, sign => PLAIN.get(sign)!);
}
