/** A key that does two things where both are seen: the line in the file that is to blame goes, the usual key comes back. */
import {ACTIONS, type KeyName, type KeyOverrides} from '../../ui/index.tsx';

export type Place = keyof typeof ACTIONS;

/** A key that the file gives to an action; `at` is its offset in the file. */
export interface Given {
  place: Place;
  action: string;
  key: KeyName;
  at: number;
}

export interface Conflict {
  blamed: Given;
  /** What does it already: 'lab.hint'. */
  other: string;
}

interface Holder {
  place: Place;
  action: string;
  given: Given | undefined;
}

export const PLACES = Object.keys(ACTIONS) as Place[];

/** Everywhere's keys hold beside those of each screen; those of two screens never meet. */
const SCREENS = PLACES.filter(place => place !== 'everywhere');

/** Drops as few of the given keys as it takes for each key to do one thing; the later in the file gives way. */
export function settle(all: readonly Given[]): {keys: KeyOverrides; conflicts: Conflict[]} {
  let given = [...all];
  const conflicts: Conflict[] = [];
  for (let found = clash(given); found; found = clash(given)) {
    const {blamed} = found;
    conflicts.push(found);
    given = given.filter(one => one !== blamed);
  }
  return {keys: overrides(given), conflicts};
}

function clash(given: readonly Given[]): Conflict | undefined {
  for (const screen of SCREENS) {
    const holders = new Map<KeyName, Holder>();
    for (const place of ['everywhere', screen] as const) {
      for (const [action, usual] of Object.entries<readonly KeyName[]>(ACTIONS[place])) {
        const own = given.filter(one => one.place === place && one.action === action);
        const list: Holder[] = own.map(one => ({place, action, given: one}));
        for (const [i, key] of (own.length > 0 ? own.map(one => one.key) : usual).entries()) {
          const holder = list[i] ?? {place, action, given: undefined};
          const before = holders.get(key);
          if (!before) holders.set(key, holder);
          else if (before.action !== action || before.place !== place) {
            const conflict = blame(before, holder);
            if (conflict) return conflict;
          }
        }
      }
    }
  }
  return undefined;
}

function blame(one: Holder, other: Holder): Conflict | undefined {
  const later = (one.given?.at ?? -1) > (other.given?.at ?? -1) ? one : other;
  const {place, action} = later === one ? other : one;
  return later.given && {blamed: later.given, other: `${place}.${action}`};
}

function overrides(given: readonly Given[]): KeyOverrides {
  const keys: KeyOverrides = {};
  for (const {place, action, key} of given) {
    const before = keys[place]?.[action] ?? [];
    if (!before.includes(key)) keys[place] = {...keys[place], [action]: [...before, key]};
  }
  return keys;
}
