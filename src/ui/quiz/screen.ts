/** The state of the quiz's screen: the quiz as it is taken, the answer that is being made, and where one looks. */

import type {Current, Take} from '../../course/index.ts';
import type {Look} from '../app/look.ts';
import type {AppModel} from '../app/model.ts';
import type {LabPart} from '../app/parts.ts';
import {layoutOf} from '../lab/layout.ts';
import {MarkdownCache} from '../lab/text.ts';
import {sayIn, type UiCode} from '../say.ts';
import type {Screen} from '../screen/screen.ts';
import {Answer} from './answer.ts';
import {QuizStage} from './stage.ts';

/** The time left is drawn anew so often. */
const TICK_MS = 1000;

export class QuizScreen {
  readonly app: AppModel;
  take: Take | undefined;
  /** Why it could not be opened. */
  failed: unknown;
  answer: Answer | undefined;
  stage: QuizStage | undefined;
  /** The lab at the step that a question is about, while it is looked at. */
  shown: LabPart | undefined;
  /** The field has the keyboard: letters are text. */
  field = false;
  /** First line that was scrolled to; undefined: wherever the answer is. */
  top: number | undefined;
  /** What was drawn last: how far one can scroll, and where the field's end stands. */
  extent = {top: 0, last: 0, height: 1};
  fieldAt: {x: number; y: number} | undefined;
  notice: {code: UiCode; params?: Record<string, string | number>} | undefined;
  /** The next key to leave leaves. */
  asking = false;
  /** Lines that the question wants: whoever draws it knows. */
  measure: () => number = () => 0;
  private seen: Current | undefined;
  private markdown: {look: Look; cache: MarkdownCache} | undefined;
  private readonly opening: Promise<void>;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(app: AppModel) {
    this.app = app;
    this.opening = this.open();
  }

  get current(): Current | undefined {
    return this.take?.current;
  }

  /** Letters are text and no commands. */
  get typing(): boolean {
    return this.field && this.take?.phase === 'asking' && !this.shown && this.stage?.panes?.focused === undefined;
  }

  /** Markdown as lines; undefined: what draws it is still being loaded. */
  lines(source: string, width: number): string[] | undefined {
    if (this.markdown?.look !== this.app.look) void this.loadMarkdown();
    return this.markdown?.cache.lines(source, width);
  }

  place(screen: Screen): void {
    const {stage, shown} = this;
    if (shown) {
      shown.place(screen);
      return;
    }
    if (stage) stage.wanted = this.measure();
    if (stage) stage.place(screen);
    else screen.setRegions({});
    if (this.typing) screen.setCursor(() => this.fieldAt);
    else if (stage?.panes?.focused === undefined) screen.setCursor(undefined);
  }

  /** Opens the lab at the step that the question is about, over the quiz. */
  async show(): Promise<void> {
    const {current} = this;
    if (!current || this.shown) return;
    const {openLab} = await import('../lab/open.tsx');
    if (this.closed || this.current !== current) return;
    const {number, show} = current.item;
    this.shown = openLab(this.app, {number, atStep: show, glance: true});
    const params = {leave: this.app.keys.label('everywhere', 'leave', this.app.look.glyphs)};
    this.app.message = {en: sayIn('en')('quiz.showing', params), zh: sayIn('zh')('quiz.showing', params)};
    this.app.changed();
  }

  /** From there back to the quiz. @returns false: there one was already */
  back(): boolean {
    const {shown} = this;
    if (!shown) return false;
    this.shown = undefined;
    // Its terminals had the sizes and the regions; the next frame gives them to ours.
    void shown.close('left').finally(() => this.app.changed());
    this.app.changed();
    return true;
  }

  async close(reason: 'left' | 'failed'): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    this.stage?.leaveTerminal();
    await this.shown?.close(reason).catch(() => {});
    await this.opening;
    await this.stage?.close(reason);
    await this.take?.close();
  }

  private async open(): Promise<void> {
    try {
      const [take] = await Promise.all([this.app.deps.openQuiz!(), this.loadMarkdown()]);
      this.take = take;
      take.onChange(() => this.heard());
      if (this.closed) return;
      if (take.left !== undefined) {
        this.timer = setInterval(() => this.app.changedSoon(), TICK_MS);
        this.timer.unref();
      }
      const {columns, rows} = this.app.size;
      const {hostCells} = layoutOf(columns, rows);
      // Not awaited: whoever leaves now must not wait for a stage that is still being built.
      void take.begin({cols: hostCells.w, rows: hostCells.h});
    } catch (error) {
      this.failed = error;
    }
    this.app.changed();
  }

  private heard(): void {
    const {current, take} = this;
    if (current !== this.seen) {
      this.seen = current;
      this.answer = current && new Answer(current.item, current.asked);
      this.field = this.answer?.form === 'field';
      this.notice = undefined;
    }
    if (current?.live !== this.stage?.live) {
      void this.stage?.close('left');
      this.stage = current?.live && new QuizStage(this.app, current.item.number, current.item.block, current.live);
    }
    if (take?.phase !== 'asking') this.stage?.leaveTerminal();
    this.top = undefined;
    this.app.changedSoon();
  }

  private async loadMarkdown(): Promise<void> {
    const {look} = this.app;
    const {makeMarkdown} = await import('../markdown/markdown.ts');
    if (this.app.look !== look) return this.loadMarkdown();
    if (this.markdown?.look === look) return;
    this.markdown = {look, cache: new MarkdownCache(makeMarkdown(look.style, look.glyphs))};
    this.app.changedSoon();
  }
}
