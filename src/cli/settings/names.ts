/** Keys as the settings file names them. */
import type {KeyName} from '../../ui/index.tsx';

/** Named keys that can be given to an action, as the file writes them. */
export const NAMED: Record<string, KeyName> = {
  enter: 'enter',
  escape: 'escape',
  tab: 'tab',
  'shift-tab': 'shift-tab',
  left: 'left',
  right: 'right',
  space: ' ',
};

/** They do the same on every screen and in every program, so no action can have them. */
const FIXED = /^(up|down|page-up|page-down|backspace|ctrl-[cz]|[0-9])$/;

/** A terminal sends the same byte for these as for Backspace, Tab and Enter. */
const HIDDEN = /^ctrl-[hijm]$/;

export type ReadKey = {key: KeyName} | {wrong: 'key-fixed' | 'key-hidden' | 'key-unknown'};

/** One printable character is its own name; names of several letters may be written in any case. */
export function readKey(text: string): ReadKey {
  if (/^[^\p{C}\p{Z}\p{M}\d]$/u.test(text)) return {key: text};
  const name = text.toLowerCase();
  if (Object.hasOwn(NAMED, name)) return {key: NAMED[name]!};
  if (FIXED.test(name)) return {wrong: 'key-fixed'};
  if (HIDDEN.test(name)) return {wrong: 'key-hidden'};
  if (/^ctrl-[a-z]$/.test(name)) return {key: name};
  return {wrong: 'key-unknown'};
}

/** The inverse of readKey(). */
export function keyInFile(key: KeyName): string {
  return key === ' ' ? 'space' : key;
}
