/** What a person may do with a session that is only watched, and what is said of it. */
import type {LabState, Session, Watched} from '../../course/index.ts';
import type {LabAction} from '../app/actions.ts';
import type {Look} from '../app/look.ts';
import type {UiCode} from '../say.ts';

/** Where one looks is one's own business. */
const LOOKING: readonly LabAction[] = ['journal', 'picture', 'checks-up', 'checks-down', 'previous-tab', 'next-tab'];
/** And a recording can be wound on and back. */
const WINDING: readonly LabAction[] = ['advance', 'back', 'next', 'steps', 'ablate'];

/** Whether a key does something here. */
export function isAllowed(action: LabAction, watched: Watched | undefined): boolean {
  if (!watched || LOOKING.includes(action)) return true;
  return watched.how === 'replay' && WINDING.includes(action);
}

/** Why a key does nothing here. */
export function refusal(key: string, watched: Watched, {keys, glyphs}: Look): Notice {
  if (watched.how !== 'replay') return {code: 'watch.onlyLook'};
  return {code: 'watch.noKernel', params: {key, advance: keys.label('lab', 'advance', glyphs)}};
}

interface Notice {
  code: UiCode;
  params?: Record<string, string>;
}

/** Whether a demo's screen is dark. A replay never is: nobody could tell that it is one. */
export function isDark(lab: {state: LabState | undefined; session: Session | undefined}): boolean {
  return lab.state?.show?.blank === true && lab.session?.watched?.how !== 'replay';
}

/** 'REPLAY of 2026-11-21, Linux 6.18': so that nobody takes it for what happens here and now. Empty: it does. */
export function watchedLabel(session: Session | undefined, {say}: Look): string {
  const watched = session?.watched;
  return watched ? say(`watch.${watched.how}`, {date: dayOf(watched.at), kernel: kernelOf(watched.kernel)}) : '';
}

/** The day, where the reader is. */
function dayOf(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '?';
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** '6.18' of '6.18.44-cloud-amd64'. */
function kernelOf(release: string): string {
  return /^\d+\.\d+/.exec(release)?.[0] ?? '?';
}
