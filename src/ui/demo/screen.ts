/** The lab's screen as the one who gives a demo has it: tells the director what happens. */
import type {Event, Session, Show} from '../../course/index.ts';
import type {AppModel, OpenLab} from '../app/model.ts';
import {LabScreen} from '../lab/screen.ts';

export interface Listener {
  /** There is a session, not started yet. */
  onSession(session: Session): void;
  /** An event that the state has taken in. */
  onEvent(event: Event): void;
  /** Something that was asked of the session is done. */
  onDone(): void;
}

export class DemoScreen extends LabScreen {
  /** Set by the director before anything can be heard: opening a session takes a turn of the event loop at least. */
  listener: Listener | undefined;

  constructor(app: AppModel, open: OpenLab, listener: Listener) {
    super(app, open);
    this.listener = listener;
  }

  get show(): Show | undefined {
    return this.state?.show ?? undefined;
  }

  override run(deed: (session: Session) => Promise<void> | void): void {
    super.run(async session => {
      try {
        await deed(session);
      } finally {
        // By then it no longer counts as busy.
        setImmediate(() => this.listener?.onDone());
      }
    });
  }

  protected override attach(session: Session): void {
    super.attach(session);
    this.listener?.onSession(session);
  }

  protected override hear(event: Event): void {
    super.hear(event);
    if (event.type !== 'bytes') this.listener?.onEvent(event);
  }
}
