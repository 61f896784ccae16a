/** In a demo's process: the sockets for its speaker and its class, and what is said of them. */
import {type Hub, openHub, render, type ShareProblem, type Words} from '../course/index.ts';
import {cliWords} from './words.ts';

export interface Sharing {
  hub: Hub;
  /** What could not be opened, one sentence each: the demo goes on all the same. */
  problems: Words[];
  /** How the class can follow; undefined: nothing is shared. */
  invitation: Words | undefined;
}

/**
 * Opens the hub of a demo. Give it each session with `hub.tell`, and close it when the demo ends.
 * @param share also for everyone on this machine, without the notes
 */
export async function openSharing(share: boolean): Promise<Sharing> {
  const hub = await openHub({share});
  return {
    hub,
    problems: hub.problems.map(problemWords),
    invitation: hub.sockets.share === undefined ? undefined : words('share.invitation', {pid: process.pid}),
  };
}

function problemWords({audience, folder, reason}: ShareProblem): Words {
  const known = `share.why.${reason}`;
  const why = (lang: 'en' | 'zh') => (cliWords[known] ? render(cliWords, lang, known) : reason);
  const code = `share.no.${audience}`;
  return {
    en: render(cliWords, 'en', code, {folder, why: why('en')}),
    zh: render(cliWords, 'zh', code, {folder, why: why('zh')}),
  };
}

function words(code: string, params: Record<string, string | number>): Words {
  return {en: render(cliWords, 'en', code, params), zh: render(cliWords, 'zh', code, params)};
}
