/** Gives one lab of a demo: what the keys of the instructor, or the pause, make of the session and of the slide. */
import {type Event, HumanTypist, nextPace, type Session, type Show, wordsPerMinute} from '../../course/index.ts';
import type {AppModel, OpenLab} from '../app/model.ts';
import type {UiCode} from '../say.ts';
import {Auto, type Later} from './auto.ts';
import {keys} from './calm.ts';
import {doNext} from './deeds.ts';
import {Poll} from './polling.ts';
import {DemoScreen} from './screen.ts';
import {Slides} from './slides.ts';
import {TakeOver} from './takeover.ts';

/** What of a demo goes on from one lab to the next. */
export interface Course {
  auto: number | null;
  /** The pause that the key for automatic gives. */
  pause: number;
  keyMs: number;
  loop: boolean;
  /** Place in the playlist, 1-based. */
  lab: number;
  labs: number;
}

export interface DirectorTargets {
  /** This lab is over: on to the next one. False: it was the last. */
  onward(): boolean;
  later?: Later;
}

type Params = Record<string, string | number>;

export class Director {
  readonly lab: DemoScreen;
  readonly course: Course;
  readonly slides = new Slides();
  readonly auto: Auto;
  readonly poll: Poll;
  readonly typist: HumanTypist;
  taken: TakeOver | undefined;
  /** The next key answers whether to leave. */
  leaving = false;
  private blank = false;
  /** Sentences of the moment, until the next key. */
  private told: {code: UiCode; params?: Params}[] = [];
  private said = '';
  /** Checks whose solution was typed and that do not hold all the same. */
  tried = '';
  private readonly targets: DirectorTargets;
  private session: Session | undefined;

  constructor(app: AppModel, open: OpenLab, course: Course, targets: DirectorTargets) {
    this.course = course;
    this.targets = targets;
    this.typist = new HumanTypist(course.keyMs);
    const next = () => {
      this.next();
      app.changed();
    };
    this.auto = new Auto({ready: () => this.ready, next}, targets.later);
    this.auto.seconds = course.auto;
    this.lab = new DemoScreen(app, open, {
      onSession: session => this.begin(session),
      onEvent: event => this.hear(event),
      onDone: () => {
        this.told = this.told.filter(({code}) => code !== 'demo.running' && code !== 'demo.working');
        this.auto.touch();
      },
    });
    this.poll = new Poll(this.lab);
  }

  get show(): Show {
    const {course, blank, taken} = this;
    const {auto, keyMs, lab, labs, loop} = course;
    const minutes = this.lab.state?.lab.minutes ?? 0;
    return {blank, block: this.slides.block, taken: taken?.side ?? null, auto, keyMs, lab, labs, loop, minutes};
  }

  /** Sentences for the slide. */
  calm(): string[] {
    const {say, glyphs} = this.lab.app.look;
    const named = keys(this.lab.app.look);
    const told = this.told.map(({code, params}) => say(code, {...named, ...params}));
    if (this.taken && this.lab.panes?.focused === undefined) told.unshift(say('demo.resume', named));
    const choice = this.poll.cursor;
    if (choice !== undefined) told.push(say('demo.counting', {...named, choice: choice + 1, upDown: glyphs.upDown}));
    return told;
  }

  tell(code: UiCode, params?: Params): void {
    this.told = [{code, ...(params && {params})}];
  }

  /** A key was pressed: what was said before has been read. */
  heed(): void {
    this.told = [];
    this.lab.held = false;
    this.lab.notice = undefined;
  }

  setBlank(blank: boolean): void {
    this.blank = blank;
    this.say();
  }

  get dark(): boolean {
    return this.blank;
  }

  /** A hand whose line was taken away (its stage is gone) stops at its next key, and is nobody's hand until then. */
  get typing(): boolean {
    return this.typist.typing && this.lab.busy > 0;
  }

  /** Space, PageDown, the clicker: whatever comes next. */
  next(): void {
    const {lab} = this;
    this.poll.close();
    if (lab.view !== 'main') lab.view = 'main';
    else if (lab.failed !== undefined || lab.state?.ended) this.onward();
    else if (!lab.state) return;
    else if (this.taken) void this.resume();
    else if ((this.typing && this.typist.hurry()) || this.turnPage()) this.auto.touch();
    else if (lab.busy > 0) this.stillAtWork();
    else doNext(this);
    this.say();
  }

  /** Back to the step before, on a fresh stage. */
  back(): void {
    this.leaveAll();
    this.lab.run(session => session.back());
  }

  rebuild(): void {
    this.leaveAll();
    this.lab.run(session => session.resetStep());
  }

  /** The keyboard goes to a terminal, for a question from the class; pressed again, the demo goes on. */
  take(other = false): void {
    const {lab} = this;
    const {state, panes, nextSide, boxSide} = lab;
    if (!state || !panes || state.ended) return;
    if (this.taken && !other) {
      void this.resume();
      return;
    }
    this.typist.hurry();
    const opposite = nextSide === 'host' ? boxSide : 'host';
    // Once taken, Tab goes to the side that was left last but one: nextSide says so already.
    const wanted = other && !this.taken ? opposite : nextSide;
    const side = [wanted, wanted === 'host' ? boxSide : 'host'].find(one => panes.enter(one));
    if (side === undefined) {
      this.tell('lab.noTerminalYet');
      return;
    }
    lab.view = 'main';
    lab.tab = 0;
    if (this.taken) this.taken.side = side;
    else this.taken = new TakeOver(side, state);
    this.auto.stop();
    this.say();
  }

  /** Says what has changed meanwhile; the demo goes on. */
  async resume(): Promise<void> {
    const {taken, session, lab} = this;
    if (!taken || !session) return;
    lab.leaveTerminal();
    this.taken = undefined;
    // What was wrong while they typed has been seen.
    lab.dismissed = lab.state?.seq ?? -1;
    await session.refresh();
    if (lab.state) session.show?.({type: 'handed-back', side: taken.side, ...taken.result(lab.state)});
    this.say();
    this.auto.touch();
    lab.app.changed();
  }

  pace(to: 'faster' | 'slower'): void {
    this.course.keyMs = nextPace(this.course.keyMs, to);
    this.typist.keyMs = this.course.keyMs;
    if (this.course.keyMs === 0) this.tell('demo.atOnce');
    else this.tell('demo.pace', {words: wordsPerMinute(this.course.keyMs)});
    this.say();
  }

  toggleAuto(): void {
    this.course.auto = this.course.auto === null ? this.course.pause : null;
    this.auto.seconds = this.course.auto;
    if (this.course.auto === null) this.tell('demo.autoOff');
    else this.tell('demo.autoOn', {seconds: this.course.auto, key: keys(this.lab.app.look).auto!});
    this.say();
    this.auto.touch();
  }

  /** Counts the hands for the question at hand, and puts it on the slide. */
  openPoll(): void {
    const at = this.poll.toggle();
    if (at === undefined) this.tell('demo.noQuestion');
    else if (at >= 0) this.slides.ask(at);
    this.say();
  }

  /** Tells everyone who watches what of the demo has changed. */
  say(): void {
    const {show} = this;
    const text = JSON.stringify(show);
    if (text === this.said || !this.session) return;
    this.said = text;
    this.session.show?.({type: 'show', show});
  }

  close(reason: 'left' | 'failed'): Promise<void> {
    this.auto.seconds = null;
    this.auto.stop();
    this.typist.hurry();
    return this.lab.close(reason);
  }

  private get ready(): boolean {
    const {lab} = this;
    const asked = this.leaving || this.poll.cursor !== undefined || this.taken !== undefined;
    return !asked && !this.blank && lab.busy === 0 && lab.view === 'main' && lab.state?.phase !== 'rebuilding';
  }

  private begin(session: Session): void {
    this.session = session;
    session.setTypist?.(this.typist.type);
    this.say();
  }

  private hear(event: Event): void {
    const {lab, slides} = this;
    const state = lab.state!;
    const before = slides.block;
    slides.hear(event, state);
    if (slides.block !== before || event.type === 'step-entered') lab.lessonTop = undefined;
    if (event.type === 'rebuilding') {
      this.taken = undefined;
      this.poll.close();
    }
    // A command of the lab's own that was still at work when the terminal was taken.
    if (event.type === 'facts' && lab.busy > 0) this.taken?.excuse(state);
    if (event.type === 'terminal-closed' && !state.ended && this.taken === undefined && lab.busy === 0) {
      const {text} = lab;
      if (text) this.tell('demo.terminalClosed', {side: text.side(event.side)});
    }
    if (event.type === 'command-typed') lab.tab = 0;
    if (event.type === 'session-ended') this.tellEnd();
    if (event.type === 'rebuilt' && state.rebuilt?.why === 'lost') {
      // The error and the closed terminals have come to nothing: one sentence for all of it.
      lab.dismissed = event.seq;
      this.tell('lab.rebuilt.lost');
    }
    this.say();
    if (event.type !== 'facts' && event.type !== 'processes' && event.type !== 'show') this.auto.touch();
  }

  private tellEnd(): void {
    if (!this.lab.state?.done) this.tell('demo.labOver');
  }

  /** The next lab of the playlist. */
  onward(): void {
    if (!this.targets.onward()) this.tell('demo.end');
  }

  /** More text on this page than the slide holds. */
  private turnPage(): boolean {
    const {lab} = this;
    const {top, last, height} = lab.extent.lesson;
    if (top >= last) return false;
    lab.lessonTop = Math.min(last, top + Math.max(1, height - 1));
    return true;
  }

  private stillAtWork(): void {
    const running = Object.values(this.lab.state?.terminals ?? {}).find(one => one.by === 'lab' && one.command);
    if (running?.command) this.tell('demo.running', {command: running.command});
    else this.tell('demo.working');
  }

  private leaveAll(): void {
    this.poll.close();
    this.typist.hurry();
    this.lab.leaveTerminal();
    this.taken = undefined;
    this.tried = '';
    this.lab.view = 'main';
  }
}
