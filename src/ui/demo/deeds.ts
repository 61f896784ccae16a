/** What the key to go on does, once there is nothing more to look at: the next deed of the session. */
import type {Session} from '../../course/index.ts';
import {stepChecks} from '../lab/checks.ts';
import type {UiCode} from '../say.ts';
import type {DemoScreen} from './screen.ts';
import type {Slides} from './slides.ts';

/** What a deed needs of whoever directs. */
interface Director {
  readonly lab: DemoScreen;
  readonly slides: Slides;
  /** The check whose solution was typed last. */
  tried: string;
  readonly auto: {touch(): void};
  tell(code: UiCode): void;
  say(): void;
  onward(): void;
}

export function doNext(director: Director): void {
  const {lab, slides} = director;
  const state = lab.state!;
  const looked = slides.next(state);
  lab.lessonTop = undefined;
  const {pending} = state;
  if (!looked && pending?.kind === 'predict') {
    if (slides.block === pending.at) lab.run(session => askKernel(director, session, pending.id));
    else slides.ask(pending.at);
  } else if (!looked && pending) lab.run(session => session.advance());
  else if (!looked) finishStep(director);
  director.auto.touch();
}

/** Nobody's guess is locked in: the class has shown its hands. The command below the question answers it. */
async function askKernel(director: Director, session: Session, id: string): Promise<void> {
  const {lab, slides} = director;
  session.predict(id, null);
  const pending = lab.state?.pending;
  if (!lab.state || !pending) return;
  if (pending.kind === 'predict') slides.ask(pending.at);
  // Text of its own before the command is to be read first.
  else if ((pending.kind === 'run' || pending.kind === 'container') && !slides.next(lab.state)) await session.advance();
  director.say();
}

/** What is for a learner's hands: the lab types the solution. Where that does not do, the next step is built without it. */
function finishStep(director: Director): void {
  const {lab} = director;
  const state = lab.state!;
  const open = stepChecks(state).find(check => state.checks[check.id]?.verdict !== 'pass');
  if (!open) return;
  const place = `${state.current} ${open.id}`;
  const next = state.steps[state.current + 1];
  if (director.tried !== place) {
    director.tried = place;
    lab.run(async session => {
      await session.solution(open.id, true);
      if (lab.state?.checks[open.id]?.verdict !== 'pass') director.tell('demo.notDone');
    });
  } else if (next) lab.run(session => session.goTo(next.id, {anew: true}));
  else director.onward();
}
