/** What can be done with a key on the screens, and which key does it unless the learner's settings name another. */
import type {Glyphs} from '../text/glyphs.ts';
import type {KeyName} from './keys.ts';

/** Where a key is pressed. The keys of 'everywhere' hold on every screen. */
export type Place = 'everywhere' | 'home' | 'lab' | 'demo' | 'notes' | 'quiz';

/**
 * Every action that has a key of its own, with its keys. Arrows, Page Up and Page Down, digits, Ctrl-C and Ctrl-Z are fixed:
 * they mean the same in every program.
 */
export const ACTIONS = {
  everywhere: {
    help: ['?'],
    language: ['L'],
    theme: ['T'],
    quit: ['q'],
    leave: ['escape'],
  },
  home: {
    open: ['enter'],
    anew: ['n'],
    demo: ['d'],
    quiz: ['z'],
    search: ['/'],
    doctor: ['x'],
  },
  lab: {
    advance: ['enter'],
    back: ['left'],
    next: ['right'],
    hint: ['h'],
    solution: ['s'],
    ablate: ['b'],
    journal: ['j'],
    xray: ['x'],
    picture: ['p'],
    steps: ['l'],
    terminal: ['tab'],
    'other-terminal': ['shift-tab'],
    'full-screen': ['f'],
    'previous-tab': ['['],
    'next-tab': [']'],
    'checks-up': ['<'],
    'checks-down': ['>'],
    'reset-step': ['r'],
    'reset-lab': ['R'],
  },
  demo: {
    next: [' ', 'right', 'enter'],
    back: ['left'],
    blank: ['.', 'b'],
    take: ['t'],
    'other-terminal': ['tab'],
    'full-screen': ['f'],
    poll: ['p'],
    auto: ['a'],
    faster: ['+', '='],
    slower: ['-'],
    picture: ['v'],
    xray: ['x'],
    journal: ['j'],
    without: ['w'],
    steps: ['l'],
    rebuild: ['r'],
    'next-lab': ['n'],
    'previous-lab': ['N'],
  },
  notes: {
    clock: ['c'],
  },
  quiz: {
    answer: ['enter'],
    tick: [' '],
    hint: ['h'],
    skip: ['s'],
    again: ['r'],
    show: ['m'],
    terminal: ['tab'],
    'other-terminal': ['shift-tab'],
    'full-screen': ['f'],
  },
} as const satisfies Record<Place, Record<string, readonly KeyName[]>>;

export type ActionsOf<P extends Place> = keyof (typeof ACTIONS)[P] & string;
export type Action = {[P in Place]: ActionsOf<P>}[Place];
export type LabAction = ActionsOf<'lab'> | ActionsOf<'everywhere'>;
export type QuizAction = ActionsOf<'quiz'> | ActionsOf<'everywhere'>;
export type DemoAction = ActionsOf<'demo'> | ActionsOf<'everywhere'>;
export type HomeAction = ActionsOf<'home'> | ActionsOf<'everywhere'>;

/** Keys by action, as the settings file has them: only what differs from ACTIONS. */
export type KeyOverrides = {[P in Place]?: Partial<Record<string, readonly KeyName[]>>};

const LABELS: Record<string, (glyphs: Glyphs) => string> = {
  enter: glyphs => glyphs.enter,
  escape: () => 'Esc',
  tab: () => 'Tab',
  'shift-tab': glyphs => glyphs.shiftTab,
  left: glyphs => glyphs.left,
  right: glyphs => glyphs.right,
  ' ': () => 'Space',
};

/** Which key does what, and how a key is written in a footer. */
export class Keymap {
  private readonly keys: Record<Place, Map<string, readonly KeyName[]>>;
  private readonly actions: Record<Place, Map<KeyName, string>>;

  constructor(overrides: KeyOverrides = {}) {
    const keys = (place: Place) =>
      new Map(
        Object.entries<readonly KeyName[]>(ACTIONS[place]).map(([action, usual]) => [
          action,
          overrides[place]?.[action] ?? usual,
        ]),
      );
    this.keys = {
      everywhere: keys('everywhere'),
      home: keys('home'),
      lab: keys('lab'),
      demo: keys('demo'),
      notes: keys('notes'),
      quiz: keys('quiz'),
    };
    const actions = (place: Place) =>
      new Map([...this.keys[place]].flatMap(([action, list]) => list.map(key => [key, action] as const)));
    this.actions = {
      everywhere: actions('everywhere'),
      home: actions('home'),
      lab: actions('lab'),
      demo: actions('demo'),
      notes: actions('notes'),
      quiz: actions('quiz'),
    };
  }

  /** What a key does there; undefined: nothing. */
  action<P extends Place>(place: P, key: KeyName): ActionsOf<P> | undefined {
    return this.actions[place].get(key) as ActionsOf<P> | undefined;
  }

  /** The keys of an action, as the settings name them. */
  keysOf(place: Place, action: string): readonly KeyName[] {
    return this.keys[place].get(action) ?? [];
  }

  /** Every key of an action as a help screen writes them: 'h, ?'. */
  labels<P extends Place>(place: P, action: ActionsOf<P>, glyphs: Glyphs): string {
    return this.keysOf(place, action)
      .map(key => keyLabel(key, glyphs))
      .join(', ');
  }

  /** The first key of an action as a footer writes it; empty: it has none. */
  label<P extends Place>(place: P, action: ActionsOf<P>, glyphs: Glyphs): string {
    const key = this.keysOf(place, action)[0];
    return key === undefined ? '' : keyLabel(key, glyphs);
  }
}

/** 'enter' as '⏎', 'h' as 'h', 'ctrl-g' as 'Ctrl-G'. */
export function keyLabel(key: KeyName, glyphs: Glyphs): string {
  return LABELS[key]?.(glyphs) ?? key.replace(/^ctrl-(.)$/, (_, letter: string) => `Ctrl-${letter.toUpperCase()}`);
}
