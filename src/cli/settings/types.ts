/** What the settings file can say, and what can be wrong with it. */
import type {Params} from '../../course/index.ts';
import type {Settings} from '../../ui/index.tsx';

/** Only what the file says, and of that only what is right. */
export type FileSettings = Partial<Omit<Settings, 'keys'>> & Pick<Settings, 'keys'>;

export interface Problem {
  /** Both count from 1. */
  line: number;
  col: number;
  /** A key of settingsWords. */
  code: string;
  params: Params;
}

export interface SettingsFile {
  file: string;
  exists: boolean;
  settings: FileSettings;
  problems: Problem[];
}
