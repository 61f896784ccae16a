/** What a learner may choose, and keeps: the settings file is read by whoever starts the screens (src/cli/settings). */
import type {Lang} from '../../course/index.ts';
import type {KeyOverrides} from './actions.ts';

/** Colours made for a dark or a light background, for poor projectors and eyes, or none at all. */
export const THEMES = ['dark', 'light', 'contrast', 'none'] as const;
export type Theme = (typeof THEMES)[number];

export interface Settings {
  lang: Lang;
  theme: Theme;
  /** Borders and symbols in ASCII: always, never, or where the terminal's widths demand it. */
  ascii: 'auto' | 'yes' | 'no';
  keys: KeyOverrides;
}
