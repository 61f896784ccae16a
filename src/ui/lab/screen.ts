/** The state of the lab screen: opens a session, folds its events, and remembers where the learner looks. */
import {
  type Event,
  fold,
  initialState,
  type LabState,
  type Session,
  type Side,
  type Words,
} from '../../course/index.ts';
import type {Look} from '../app/look.ts';
import type {AppModel, OpenLab} from '../app/model.ts';
import {infoOf} from '../app/said.ts';
import {demoLayout} from '../demo/layout.ts';
import type {UiCode} from '../say.ts';
import type {Screen} from '../screen/screen.ts';
import {ACTS, actingSide, attentionOf, GOES_ON} from './attention.ts';
import {fullCells, toggleFull} from './full.ts';
import {type Layout, layoutOf, type Rect} from './layout.ts';
import {pendingIndex, pendingKey, predictionKey} from './lesson.ts';
import {Panes} from './panes.ts';
import type {Picture} from './pictures/name.ts';
import {type LabText, labText, MarkdownCache} from './text.ts';
import {isDark} from './watched.ts';
import {XrayCursor} from './xray/cursor.ts';

export type View = 'main' | 'journal' | 'ablation' | 'xray' | 'steps';

export class LabScreen {
  readonly app: AppModel;
  readonly number: string;
  readonly title: Words | undefined;
  state: LabState | undefined;
  session: Session | undefined;
  panes: Panes | undefined;
  /** Why the lab could not be opened. */
  failed: unknown;
  /** 0 terminals, 1 both sides, 2 journal: what a narrow screen shows below the lesson. */
  tab = 0;
  view: View = 'main';
  readonly xray = new XrayCursor();
  /** What the panel of both sides shows; undefined: what the lesson asks for. */
  picture: Picture | undefined;
  /** The side whose terminal has the whole screen: only while it has the keyboard too. */
  full: Side | undefined;
  choice = 0;
  /** First line of the lesson that the learner scrolled to; undefined: wherever the attention is. */
  lessonTop: number | undefined;
  journalTop: number | undefined;
  checksTop: number | undefined;
  /** Index of the step that is chosen in the list of steps. */
  stepChoice = 0;
  /** What is wrong in the lab's file since it was opened. */
  problems: readonly Words[] = [];
  /** Opened again because its file has changed: said until the learner has gone on. */
  reloaded: boolean;
  /** Where it was opened; undefined: at its beginning. */
  readonly atStep: string | undefined;
  attention = 'pending';
  held = false;
  reached = -1;
  busy = 0;
  /** Errors up to this position in the stream have been seen. */
  dismissed = -1;
  notice: {code: UiCode; params?: Record<string, string>} | undefined;
  /** Mistakes that a step began with, by check: nobody has made them, so nobody is told, until they went away once. */
  readonly inherited = new Map<string, string>();
  private acted = false;
  /** A question at the bottom that the next key answers. */
  asking: 'reset-lab' | 'ablate' | undefined;
  readonly changed = new Set<string>();
  /** The container that something was typed into last, or that came last. */
  private lastBox: Side | undefined;
  /** The side that Tab goes to next. */
  nextSide: Side = 'host';
  /** What was drawn last: how far one can scroll. */
  extent = {
    lesson: {top: 0, last: 0, height: 1},
    journal: {top: 0, last: 0, height: 1},
    checks: {top: 0, last: 0, height: 1},
  };
  private markdown: {look: Look; cache: MarkdownCache} | undefined;
  private opening: Promise<void> | undefined;
  private closing: Promise<void> | undefined;

  constructor(app: AppModel, open: OpenLab) {
    this.app = app;
    this.number = open.number;
    this.title = open.title;
    this.atStep = open.atStep;
    this.reloaded = open.reloaded ?? false;
    void this.open(open);
  }

  get layout(): Layout {
    const {columns, rows} = this.app.size;
    return this.state?.show ? demoLayout(columns, rows, this.view === 'xray') : layoutOf(columns, rows);
  }

  /** The container side that is shown: where someone types or typed last, else the newest, else the first of the lab. */
  get boxSide(): Side {
    const {state, panes} = this;
    const open = Object.keys(state?.terminals ?? {}).filter(side => side !== 'host');
    const busy = [panes?.focused, this.lastBox].find(side => side !== undefined && open.includes(side));
    if (busy !== undefined) return busy;
    const blocks = state?.lab.steps.flatMap(step => step.blocks) ?? [];
    const first = blocks.find(block => block.kind === 'container');
    return open.at(-1) ?? (first?.kind === 'container' ? first.id : 'box');
  }

  get text(): LabText | undefined {
    const {look} = this.app;
    if (!this.state || !this.markdown) return undefined;
    if (this.markdown.look !== look) this.loadMarkdown();
    return labText(this.state, look, this.markdown.cache);
  }

  /** Any input, also what goes to a terminal: a key's frame is drawn before more output is parsed. */
  onInput(): void {
    this.panes?.pump.hold();
  }

  leaveTerminal(): void {
    const {panes} = this;
    if (panes?.focused !== undefined) this.nextSide = panes.focused === 'host' ? this.boxSide : 'host';
    panes?.leave();
  }

  /** Puts emulators and cursor where the layout wants them; called before each frame. */
  place(screen: Screen): void {
    this.xray.follow(this, this.view === 'xray');
    const {panes, layout} = this;
    if (!panes) {
      screen.setRegions({});
      screen.setCursor(undefined);
      return;
    }
    const {full} = this;
    const places: Record<Side, Rect> =
      full === undefined
        ? {host: layout.hostCells, [this.boxSide]: layout.boxCells}
        : {[full]: fullCells(this.app.size)};
    for (const [side, rect] of Object.entries(places)) panes.resize(side, rect);
    const visible = this.view === 'main' && (layout.wide || this.tab === 0) && !isDark(this);
    screen.setRegions(visible ? panes.regions(places) : {});
    panes.placeCursor(screen, visible ? places : {});
  }

  /** Runs something of the session; whatever it throws is shown as the session's own errors are. */
  run(deed: (session: Session) => Promise<void> | void): void {
    const {session} = this;
    if (!session || this.closing) return;
    this.busy++;
    this.dismissed = this.state?.seq ?? -1;
    this.problems = [];
    Promise.resolve()
      .then(() => deed(session))
      .catch(error => this.trouble(error))
      .finally(() => {
        this.busy--;
        this.app.changedSoon();
      });
  }

  close(reason: 'left' | 'failed'): Promise<void> {
    this.closing ??= (async () => {
      this.panes?.leave();
      await this.opening;
      await this.session?.end(reason);
      this.panes?.close();
    })();
    return this.closing;
  }

  private open({atStep, session: given, started, glance}: OpenLab): Promise<void> {
    this.opening = (async () => {
      const {hostCells} = this.layout;
      const size = {cols: hostCells.w, rows: hostCells.h};
      try {
        const [session] = await Promise.all([
          given ?? this.app.deps.openSession(this.number, {size, atStep, ...(glance && {glance})}),
          this.loadMarkdown(),
        ]);
        this.attach(session);
        // Not awaited: whoever leaves now must not wait for a stage that is still being built.
        if (!this.closing && !session.watched && !started) this.run(one => one.start());
      } catch (error) {
        this.failed = error;
      }
      this.app.changed();
    })();
    return this.opening;
  }

  private async loadMarkdown(): Promise<void> {
    const {look} = this.app;
    const {makeMarkdown} = await import('../markdown/markdown.ts');
    if (this.app.look !== look) return this.loadMarkdown();
    this.markdown = {look, cache: new MarkdownCache(makeMarkdown(look.style, look.glyphs))};
    this.app.changedSoon();
  }

  protected attach(session: Session): void {
    this.session = session;
    this.panes = new Panes(session, this.app.terminal, {
      onChange: () => {
        if (this.panes?.focused === undefined) this.full = undefined;
        this.app.changed();
      },
      onFull: () => {
        toggleFull(this);
        this.app.changed();
      },
    });
    this.state = session.events.reduce(fold, initialState(session.lab));
    session.onRewind?.(() => this.rewound(session));
    session.onEvent(event => this.hear(event));
  }

  /** The stream begins anew: nothing of what was shown holds any more. */
  private rewound(session: Session): void {
    this.state = initialState(session.lab);
    this.panes?.clear();
    this.attention = 'pending';
    this.held = false;
    this.dismissed = -1;
    this.reached = -1;
    this.lessonTop = undefined;
    this.checksTop = undefined;
    this.changed.clear();
    this.inherited.clear();
    this.app.changedSoon();
  }

  protected hear(event: Event): void {
    const before = this.state;
    if (!before || !this.panes) return;
    this.panes.hear(event);
    if (event.type === 'bytes') return;
    this.state = fold(before, event);
    this.note(event, before);
    this.app.changedSoon();
  }

  private note(event: Event, before: LabState): void {
    if (event.type === 'check') this.inherit(event.id, event.mistake);
    const look = attentionOf(event, this.held, {
      mistake: id => this.inherited.get(id) ?? before.checks[id]?.mistake ?? null,
    });
    if (look) {
      this.attention = look.key;
      this.held = look.hold;
      this.lessonTop = undefined;
      this.checksTop = undefined;
    }
    if (before.phase === 'running' && GOES_ON.has(event.type)) this.reloaded = false;
    if (event.type === 'step-entered') {
      this.reached = -1;
      this.acted = false;
      this.inherited.clear();
    }
    if (ACTS.has(event.type)) this.acted = true;
    if (event.type === 'pending') this.reach();
    if (event.type === 'pending' && event.block?.kind === 'run') this.nextSide = event.block.on;
    const acting = actingSide(event);
    if (acting !== undefined && acting !== 'host') this.lastBox = acting;
    if (event.type === 'prediction-asked') this.choice = 0;
    if (event.type === 'command-typed' || event.type === 'step-entered') this.changed.clear();
    // The first sample of a side is no change.
    if (event.type === 'facts') for (const path of event.changed) if (path.includes('.')) this.changed.add(path);
    if (event.type === 'ablation-started') this.view = 'ablation';
    if (event.type === 'rebuilding') this.view = 'main';
  }

  private inherit(check: string, mistake: string | undefined): void {
    if (!this.acted && mistake) this.inherited.set(check, mistake);
    else if (this.inherited.get(check) !== mistake) this.inherited.delete(check);
  }

  /** What was once shown of a step stays shown, also when something in it has to be done again. */
  private reach(): void {
    const step = this.state?.lab.steps[this.state.current];
    if (step && this.state) this.reached = Math.max(this.reached, pendingIndex(step, this.state.pending));
  }

  /** Name of the lesson's or the checks' piece that the learner should see. */
  get attentionKey(): string {
    const {state, attention} = this;
    if (!state || attention === 'pending') return state ? pendingKey(state) : '';
    return attention.startsWith('predict ') ? predictionKey(state, attention.slice('predict '.length)) : attention;
  }

  private trouble(error: unknown): void {
    if (!this.state) return;
    const one = {seq: this.state.seq + 1, error: infoOf(error), where: 'screen', fatal: false};
    this.state = {...this.state, errors: [...this.state.errors, one]};
    this.attention = 'error';
    this.held = true;
  }
}
