/** What an error says to a person. */
import type {Words} from '../../course/index.ts';
import type {EngineErrorInfo} from '../../engine/index.ts';

/** In each language where it brings words, else as it is. */
export function wordsOf(error: unknown): Words {
  return (error as {words?: Words} | null)?.words ?? {en: messageOf(error)};
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The code and parameters of an error, as the session's own errors have them. */
export function infoOf(error: unknown): EngineErrorInfo {
  const {info} = error as {info?: EngineErrorInfo};
  return info ?? {code: 'session.internal', params: {message: messageOf(error)}};
}
