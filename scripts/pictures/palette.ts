/** The colours of the pictures' terminal: what a dark terminal gives to the 256 numbers of a palette. */

export const BACKGROUND = '#14171c';
export const FOREGROUND = '#d6dae1';
export const WINDOW = {bar: '#20252d', edge: '#363d48', title: '#a3acb9', dots: ['#e2675e', '#d9a83f', '#57b060']};

const SIXTEEN = [
  ...['#2a3038', '#f07f78', '#8fd08a', '#e2c06c', '#7fb2f5', '#d79bea', '#6ccfd6', '#d6dae1'],
  ...['#7b8594', '#ff9c95', '#aee5a8', '#f3d68b', '#a3caff', '#e6b8f5', '#95e4ea', '#ffffff'],
];

const hex = (...channels: number[]): string =>
  `#${channels.map(one => Math.round(one).toString(16).padStart(2, '0')).join('')}`;
const channels = (color: string): number[] => [1, 3, 5].map(at => Number.parseInt(color.slice(at, at + 2), 16));

/** xterm's 256 colours: sixteen of the theme's own, a cube of 6×6×6, 24 greys. */
export function paletteColor(index: number): string {
  if (index < 16) return SIXTEEN[index]!;
  if (index >= 232) return hex(...Array<number>(3).fill(8 + (index - 232) * 10));
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const at = index - 16;
  return hex(level(Math.floor(at / 36)), level(Math.floor(at / 6) % 6), level(at % 6));
}

/** SGR 2, "faint": as terminals do, some way towards what is behind. */
export function fade(color: string, behind: string): string {
  const back = channels(behind);
  return hex(...channels(color).map((one, i) => one * 0.62 + back[i]! * 0.38));
}
