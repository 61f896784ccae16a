/** What the plain mode needs from whoever starts it (src/cli/learn.ts). */
import type {Lang} from '../../course/index.ts';
import type {UiDeps} from '../deps.ts';
import type {LineInput} from './input.ts';
import type {Paper} from './paper.ts';

export interface PlainDeps extends Pick<UiDeps, 'stdin' | 'stdout' | 'labs' | 'hostReport' | 'openSession'> {
  lang: Lang;
  /** Called when the learner switches the language. */
  saveLang?(lang: Lang): void;
  /** Who says what is to be done: a person at a keyboard, lines from a pipe or a file, or nobody (CI). */
  input: 'keyboard' | 'lines' | 'nobody';
  /** Number of a lab to open instead of the list. */
  startLab?: string;
  /** Takes a lab through by itself, as `glassbox run` does; resolves to the exit status. */
  walk(number: string): Promise<number>;
  /** Any error as a person should read it. */
  describe(error: unknown, lang: Lang): Promise<string>;
}

/** Where a lab's talk comes from and goes to. */
export interface TalkIo {
  input: LineInput;
  paper: Paper;
  /** A person types: prompts are shown, and lines that come while a command runs go to it. */
  keyboard: boolean;
  leave: AbortSignal;
}
