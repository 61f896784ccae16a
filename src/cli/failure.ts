/** A failure that is said in one sentence and ends the program with a status. */
import type {Lang, Params} from '../course/index.ts';
import type {SettingsFile} from './settings/types.ts';

export const EXIT = {ok: 0, failed: 1, usage: 2, notRun: 3} as const;

export class CliFailure extends Error {
  readonly code: string;
  readonly params: Params;
  readonly status: number;
  /** Lines below the sentence, already in the reader's language. */
  readonly details: string[];

  /** `code` is a key of cliWords; `status` one of EXIT. */
  constructor(status: number, code: string, params: Params = {}, details: string[] = []) {
    super(code);
    this.code = code;
    this.params = params;
    this.status = status;
    this.details = details;
  }
}

/** What every command gets from the command line. */
export interface Context {
  lang: Lang;
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: NodeJS.ProcessEnv;
  version: string;
  labsDir: string;
  settings: SettingsFile;
}
