/** The screens' face. Nothing here loads ink: whoever asks a question about the terminal need not wait for it. */
import type {DrawPicture, ScreenSize} from '../course/index.ts';
import type {Projector} from './demo/fits.ts';
import type {UiDeps} from './deps.ts';
import type {PlainDeps} from './plain/deps.ts';
import type {LineSource} from './plain/quiz/lines.ts';
import type {PlainQuizDeps} from './plain/quiz/start.ts';

export {ACTIONS, Keymap, type KeyOverrides} from './app/actions.ts';
export type {KeyName} from './app/keys.ts';
export {type Settings, THEMES, type Theme} from './app/settings.ts';
export type {Elsewhere, HomeLab, LabProgress, Mode, OpenOptions, UiDeps} from './deps.ts';
export {actionWords, sayAction} from './help/words.ts';
export {asciiOnly, canRunScreen, languageOf, type NoScreen, noColor, whyNoScreen} from './locale.ts';

export type {PlainDeps} from './plain/deps.ts';
export type {LineSource} from './plain/quiz/lines.ts';

/**
 * The same labs line by line, for where no screen can be shown. Resolves to the exit status as startUi does; that of a lab
 * that failed or left something behind is 1.
 * @throws what openSession rejects with, where a lab was named
 */
export async function startPlain(deps: PlainDeps): Promise<number> {
  const {run} = await import('./plain/start.ts');
  return run(deps);
}

/**
 * Shows the home screen (or `deps.startLab`) and resolves to the exit status once the learner has left: 0, or 128 + the
 * signal that ended it. The terminal is then as it was, and the session has ended. Call it only where canRunScreen().
 * @throws what crashed inside, after the terminal was given back
 */
export async function startUi(deps: UiDeps): Promise<number> {
  const {run} = await import('./app/start.tsx');
  return run(deps);
}

/** Lines from a keyboard or a pipe, for startPlainQuiz(): opened first, so that no quiz is begun that nobody takes. */
export async function openLines(stdin: NodeJS.ReadStream): Promise<LineSource> {
  const {openLines: open} = await import('./plain/quiz/lines.ts');
  return open(stdin);
}

/** A quiz line by line, or as JSON. Resolves to the exit status: 1 where a graded one was not taken to its end. */
export async function startPlainQuiz(deps: PlainQuizDeps): Promise<number> {
  const {run} = await import('./plain/quiz/start.ts');
  return run(deps);
}

/** Draws the pictures of a lab for paper, as the screens draw them. */
export async function loadPictures(): Promise<DrawPicture> {
  const {printPicture} = await import('./lab/pictures/print.ts');
  return printPicture;
}

/** What a demo of this size has room for: asked before there is a class. */
export async function projectorOf(size: ScreenSize): Promise<Projector> {
  const {projector} = await import('./demo/fits.ts');
  return projector(size);
}
