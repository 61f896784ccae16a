/** Keys as the screens know them, from what Ink's useInput reports. */
import type {Key} from 'ink';

export type KeyName =
  | 'enter'
  | 'escape'
  | 'tab'
  | 'shift-tab'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'page-up'
  | 'page-down'
  | 'ctrl-c'
  | 'ctrl-z'
  | 'ctrl-u'
  | 'backspace'
  /** A printable character is its own name. */
  | (string & {});

/** More characters at once than anyone types are a paste, and a paste is no command; a key held down is no paste. */
const TYPED_AT_ONCE = 3;

/** Control characters that arrive together with others, and so without a name. */
const CONTROL: Record<string, KeyName> = {
  '\x03': 'ctrl-c',
  '\x08': 'backspace',
  '\x15': 'ctrl-u',
  '\x1a': 'ctrl-z',
  '\r': 'enter',
  '\t': 'tab',
  '\x7f': 'backspace',
};

/**
 * The keys in one report: several characters arrive together over a slow line.
 * @param typing letters are text: an input method, too, gives several at once, and what is pasted is text as well
 */
export function keysOf(input: string, key: Key, typing = false): KeyName[] {
  if (key.ctrl && /^[a-z]$/.test(input)) return [`ctrl-${input}`];
  if (key.backspace) return ['backspace'];
  if (key.return) return ['enter'];
  if (key.escape) return ['escape'];
  if (key.tab) return [key.shift ? 'shift-tab' : 'tab'];
  if (key.upArrow) return ['up'];
  if (key.downArrow) return ['down'];
  if (key.leftArrow) return ['left'];
  if (key.rightArrow) return ['right'];
  if (key.pageUp) return ['page-up'];
  if (key.pageDown) return ['page-down'];
  if (key.ctrl || key.meta || input === '') return [];
  const characters = [...input];
  const pasted = characters.length > TYPED_AT_ONCE && new Set(characters).size > 1 && !typing;
  return characters
    .flatMap(one => CONTROL[one] ?? (one < ' ' ? [] : [one]))
    .filter(name => !pasted || name === 'ctrl-c');
}
