/** What the app's state is made with. */
import type {UiDeps} from '../deps.ts';
import type {LabPart, OpenLab, Terminal} from './parts.ts';

export interface Setup<App> {
  openLab(app: App, open: OpenLab): Promise<LabPart>;
  /** Loads the code of the next screen while nobody waits for it. */
  prefetch(): void;
  deps: UiDeps;
  terminal: Terminal;
  ascii: boolean;
  size: {columns: number; rows: number};
  /** Called once, when the app is to end; nothing of it runs any more. */
  onQuit(status: number): void;
}
