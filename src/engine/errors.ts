/** Errors of the engine: a code and parameters, never a sentence (src/course/words has the sentences). */
import type {EngineErrorInfo, Journal, JournalEntry} from './types.ts';

export class EngineError extends Error implements EngineErrorInfo {
  override readonly name = 'EngineError';
  readonly code: string;
  readonly params: Record<string, string | number>;
  declare readonly call?: JournalEntry;
  declare readonly journal?: Journal;

  constructor(info: EngineErrorInfo) {
    super(`${info.code} ${JSON.stringify(info.params)}`);
    this.code = info.code;
    this.params = info.params;
    // Not enumerable: an error that is printed whole must not fill the screen with its journal.
    Object.defineProperties(this, {call: {value: info.call}, journal: {value: info.journal}});
  }

  /** The plain data of it, for events. */
  get info(): EngineErrorInfo {
    const {code, params, call, journal} = this;
    return {code, params, ...(call ? {call} : {}), ...(journal ? {journal} : {})};
  }
}

/** Plain data of whatever was thrown: foreign errors become 'internal' with their message. */
export function errorInfo(error: unknown): EngineErrorInfo {
  if (error instanceof EngineError) return error.info;
  const {message, stack} = error instanceof Error ? error : {message: String(error), stack: ''};
  return {code: 'internal', params: {message, where: stack?.split('\n')[1]?.trim() ?? ''}};
}
