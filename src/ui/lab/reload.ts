/** An author saves the lab's file while the lab is open: it is read again, and the lab goes on at the same step. */
import type {Words} from '../../course/index.ts';
import type {AppModel, OpenLab} from '../app/model.ts';
import {LabScreen} from './screen.ts';

/** The screen of an open lab, and after each reload the one that took its place. */
export class OpenedLab {
  screen: LabScreen;
  private readonly app: AppModel;
  private readonly opened: OpenLab;
  private unwatch: (() => void) | undefined;
  private reloading: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(app: AppModel, opened: OpenLab) {
    this.app = app;
    this.opened = opened;
    this.screen = new LabScreen(app, opened);
    // Somebody else's session has its own text.
    if (!opened.session) this.unwatch = app.deps.watchLab?.(opened.number, problems => this.changed(problems));
  }

  close(reason: 'left' | 'failed'): Promise<void> {
    this.closed = true;
    this.unwatch?.();
    return this.screen.close(reason);
  }

  private changed(problems: Words[]): void {
    this.screen.problems = problems;
    if (problems.length === 0) this.reloading = this.reloading.then(() => this.reload());
    this.app.changed();
  }

  private async reload(): Promise<void> {
    const old = this.screen;
    const {state} = old;
    await old.close('left');
    if (this.closed) return;
    const atStep = state?.lab.steps[state.current]?.id ?? old.atStep;
    this.screen = new LabScreen(this.app, {...this.opened, atStep, reloaded: true});
    this.screen.tab = old.tab;
    this.screen.picture = old.picture;
    this.app.changed();
  }
}
