/** Somebody else's session, or a recorded one: shown as it comes, instead of the home screen. */
import type {Mode} from '../deps.ts';
import type {OpenLab} from './parts.ts';

type Watching = Extract<Mode, {sessions: unknown}>;

/** True where nothing is opened by a key: there is no home screen. */
export function isWatching(mode: Mode | undefined): mode is Watching {
  return mode !== undefined && 'sessions' in mode;
}

/** True where one learner chooses among labs: elsewhere there is no home screen to go back to. */
export function hasHome(mode: Mode | undefined): boolean {
  return mode === undefined || mode.kind === 'learn';
}

/** Opens each session as it begins. @returns ends the watching; undefined: nothing is watched */
export function watch(mode: Mode | undefined, open: (what: OpenLab) => void): (() => void) | undefined {
  if (!isWatching(mode)) return undefined;
  return mode.sessions(session => {
    const {number, title} = session.lab;
    open({number, title, session});
  });
}
