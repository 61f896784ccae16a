/** `glassbox follow`: a demo that is shared on this machine, to look on. Needs no root. */
import type {Settings, Theme} from '../../ui/index.tsx';
import type {Context} from '../failure.ts';
import {lookOn} from '../look-on.ts';

/** @throws CliFailure (usage) */
export function follow(context: Context, [target]: string[], options: Record<string, unknown>): Promise<number> {
  const look = {theme: options.theme as Theme | undefined, ascii: options.ascii as Settings['ascii'] | undefined};
  return lookOn(context, {how: 'follow', target, look});
}
