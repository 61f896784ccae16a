/** Whatever was thrown, as an error of an event. */
import {EngineError, type EngineErrorInfo} from '../../engine/index.ts';
import {ValueError} from './substitute.ts';

/** Code and parameters of the engine's errors and of ours; anything else is 'session.internal' {message}. */
export function infoOf(error: unknown): EngineErrorInfo {
  if (error instanceof EngineError) return error.info;
  if (error instanceof ValueError) return {code: error.code, params: error.params};
  const message =
    error instanceof Error ? `${error.message} ${error.stack?.split('\n')[1]?.trim() ?? ''}`.trim() : String(error);
  return {code: 'session.internal', params: {message}};
}
