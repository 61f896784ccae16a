/** A playlist of labs in front of a class: one director after the other. Loaded when a demo begins. */
import type {AppModel, LabPart, OpenLab} from '../app/model.ts';
import type {Mode} from '../deps.ts';
import {labFooter} from '../lab/header.ts';
import {type Course, Director} from './director.ts';
import {demoFooter} from './header.ts';
import {demoKey, firstKey} from './keys.ts';
import {SleepWatch} from './sleep.ts';
import {DemoView} from './View.tsx';

type Demo = Extract<Mode, {kind: 'demo'}>;

/** Seconds that the key for automatic waits where the command line named none. */
const PAUSE_S = 6;
const MINUTE_MS = 60_000;

class Playlist {
  director: Director;
  private readonly app: AppModel;
  private readonly mode: Demo;
  private readonly course: Course;
  private readonly sleep = new SleepWatch();
  private switching: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(app: AppModel, mode: Demo, open: OpenLab) {
    const {auto, keyMs, loop, labs} = mode;
    this.app = app;
    this.mode = mode;
    this.course = {auto, pause: auto ?? PAUSE_S, keyMs, loop, lab: 1, labs: labs.length};
    this.director = this.direct(open);
    this.sleep.start(ms => this.awake(ms));
  }

  /** Another lab of the list; from its end to its beginning only where it is to go on for ever. */
  go(by: 1 | -1): boolean {
    const {labs} = this.mode;
    const to = this.course.lab + by;
    if (!this.course.loop && (to < 1 || to > labs.length)) return false;
    this.course.lab = ((to - 1 + labs.length) % labs.length) + 1;
    const number = labs[this.course.lab - 1]!;
    const old = this.director;
    old.auto.stop();
    this.switching = this.switching.then(async () => {
      await old.close('left').catch(() => {});
      if (this.closed) return;
      this.director = this.direct({number, ...this.titleOf(number)});
      this.app.changed();
    });
    return true;
  }

  async close(reason: 'left' | 'failed'): Promise<void> {
    this.closed = true;
    this.sleep.stop();
    await this.switching;
    await this.director.close(reason);
  }

  private direct(open: OpenLab): Director {
    return new Director(this.app, open, this.course, {onward: () => this.go(1)});
  }

  private titleOf(number: string): Pick<OpenLab, 'title'> {
    const {labs} = this.app;
    const title = labs.state === 'ready' ? labs.value.find(lab => lab.number === number)?.title : undefined;
    return title ? {title} : {};
  }

  private awake(ms: number): void {
    const {director} = this;
    const {say} = this.app.look;
    const long = ms >= 2 * MINUTE_MS;
    const count = Math.round(ms / (long ? MINUTE_MS : 1000));
    director.tell('demo.slept', {time: say(long ? 'demo.minutes' : 'demo.seconds', {count})});
    director.lab.run(session => session.refresh());
    this.app.changed();
  }
}

/** @param open its first lab */
export function openDemo(app: AppModel, open: OpenLab): LabPart {
  const {mode} = app.deps;
  const list = new Playlist(
    app,
    mode?.kind === 'demo' ? mode : {kind: 'demo', labs: [open.number], auto: null, loop: false, keyMs: 0},
    open,
  );
  const screen = () => list.director.lab;
  return {
    first: name => firstKey(list.director, name),
    key: name => demoKey(list.director, list, name),
    onInput: () => screen().onInput(),
    leaveTerminal: () => screen().leaveTerminal(),
    place: one => screen().place(one),
    close: reason => list.close(reason),
    get dark() {
      return list.director.dark;
    },
    render: () => <Given director={list.director} />,
  };
}

function Given({director}: {director: Director}) {
  const {lab} = director;
  const footer = (width: number) =>
    lab.notice || lab.panes?.focused !== undefined ? labFooter(lab, width) : demoFooter(lab, width, director.typing);
  const counting = director.poll.cursor;
  return <DemoView lab={lab} giving={{calm: director.calm(), footer, ...(counting !== undefined && {counting})}} />;
}
