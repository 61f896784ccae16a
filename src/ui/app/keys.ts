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
  /** A printable character is its own name. */
  | (string & {});

/** More characters at once than anyone types are a paste, and a paste is no command. */
const TYPED_AT_ONCE = 3;

/** Control characters that arrive together with others, and so without a name. */
const CONTROL: Record<string, KeyName> = {'\x03': 'ctrl-c', '\x1a': 'ctrl-z', '\r': 'enter', '\t': 'tab'};

/** The keys in one report: several characters arrive together over a slow line. */
export function keysOf(input: string, key: Key): KeyName[] {
  if (key.ctrl && input === 'c') return ['ctrl-c'];
  if (key.ctrl && input === 'z') return ['ctrl-z'];
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
  const pasted = characters.length > TYPED_AT_ONCE;
  return characters
    .flatMap(one => CONTROL[one] ?? (one < ' ' ? [] : [one]))
    .filter(name => !pasted || name === 'ctrl-c');
}
