/** The state of the speaker's view: what the demo tells, where the speaker has scrolled to, and the clock. */
import {
  type Block,
  type Event,
  fold,
  initialState,
  type LabState,
  type NoteBlock,
  type Session,
  type WatchStatus,
} from '../../course/index.ts';
import type {KeyName} from '../app/keys.ts';
import type {Look} from '../app/look.ts';
import type {AppModel} from '../app/model.ts';
import {type LabText, labText, MarkdownCache} from '../lab/text.ts';
import {beganAt} from './clock.ts';

const TICK_MS = 1000;

export class NotesScreen {
  readonly app: AppModel;
  readonly session: Session;
  state: LabState;
  status: WatchStatus | undefined;
  /** First line of the note that the speaker scrolled to; undefined: its beginning. */
  top: number | undefined;
  /** What was drawn last: how far one can scroll. */
  extent = {top: 0, last: 0, height: 1};
  /** When the speaker began to count, ms since the epoch; undefined: with the lab. */
  private counted: number | undefined;
  private over: number | undefined;
  private markdown: {look: Look; cache: MarkdownCache} | undefined;
  private readonly ends: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(app: AppModel, session: Session) {
    this.app = app;
    this.session = session;
    this.state = session.events.reduce(fold, initialState(session.lab));
    const {mode} = app.deps;
    const status = mode && 'status' in mode ? mode.status : undefined;
    this.ends.push(session.onEvent(event => this.hear(event)));
    if (status) this.ends.push(status(one => this.told(one)));
    this.tick();
    void this.loadMarkdown();
  }

  get text(): LabText | undefined {
    if (!this.markdown) return undefined;
    if (this.markdown.look !== this.app.look) void this.loadMarkdown();
    return labText(this.state, this.markdown.look, this.markdown.cache);
  }

  /** True while a demo is at the other end. */
  get live(): boolean {
    return this.status === undefined || this.status.state === 'watching';
  }

  /** Notes of the step that the class sees. */
  get notes(): NoteBlock[] {
    const {lab, current, leftOut} = this.state;
    const blocks: Block[] = lab.steps[current]?.blocks ?? [];
    return blocks.filter((block, i): block is NoteBlock => block.kind === 'note' && !leftOut.includes(i));
  }

  /** Milliseconds that the lab, or the speaker's own count, has taken; undefined: it has not begun. */
  get elapsed(): number | undefined {
    const from = this.counted ?? beganAt(this.state);
    return from === undefined ? undefined : (this.over ?? Date.now()) - from;
  }

  get countsByHand(): boolean {
    return this.counted !== undefined;
  }

  key(name: KeyName): void {
    const {keys} = this.app;
    const step = {up: -1, down: 1, 'page-up': -this.page, 'page-down': this.page}[name as string];
    if (step) this.top = Math.max(0, Math.min(this.extent.last, (this.top ?? this.extent.top) + step));
    else if (keys.action('everywhere', name) === 'leave') this.app.quit(0);
    else if (keys.action('notes', name) === 'clock') this.counted = Date.now();
  }

  close(): void {
    clearTimeout(this.timer);
    for (const end of this.ends) end();
  }

  private get page(): number {
    return Math.max(1, this.extent.height - 2);
  }

  private hear(event: Event): void {
    if (event.type === 'bytes') return;
    if (event.type === 'step-entered') this.top = undefined;
    if (event.type === 'session-ended') this.over = Date.now();
    this.state = fold(this.state, event);
    this.app.changedSoon();
  }

  private told(status: WatchStatus): void {
    this.status = status;
    // Time that nobody spends on a demo is not counted on.
    if (status.state !== 'watching') this.over ??= Date.now();
    this.app.changedSoon();
  }

  /** At the full second, so that the clock never shows the one before. */
  private tick(): void {
    this.timer = setTimeout(
      () => {
        this.app.changed();
        this.tick();
      },
      TICK_MS - (Date.now() % TICK_MS) + 1,
    );
  }

  private async loadMarkdown(): Promise<void> {
    const {look} = this.app;
    const {makeMarkdown} = await import('../markdown/markdown.ts');
    if (this.app.look !== look) return this.loadMarkdown();
    this.markdown = {look, cache: new MarkdownCache(makeMarkdown(look.style, look.glyphs))};
    this.app.changedSoon();
  }
}
