/** All steps of the lab, and the way to any of them. */
import type {LabState} from '../../course/index.ts';
import type {Look} from '../app/look.ts';
import {cells, clip, fitTo} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import type {LabScreen} from './screen.ts';
import type {LabText} from './text.ts';

type Status = 'done' | 'skipped' | 'here' | 'ahead';

function statusOf(state: LabState, index: number): Status {
  if (index === state.current) return 'here';
  const status = state.steps[index]?.status;
  return status === 'done' || status === 'skipped' ? status : 'ahead';
}

/** Opens the list with the present step chosen, or closes it. */
export function toggleSteps(lab: LabScreen): void {
  lab.view = lab.view === 'steps' ? 'main' : 'steps';
  lab.stepChoice = Math.max(0, lab.state?.current ?? 0);
}

export function moveStep(lab: LabScreen, by: number): void {
  const of = lab.state?.steps.length ?? 0;
  lab.stepChoice = Math.max(0, Math.min(of - 1, lab.stepChoice + by));
}

/** Goes to the chosen step; for the one where the learner is, back to it. */
export function goToStep(lab: LabScreen): void {
  const {state, stepChoice} = lab;
  const step = state?.steps[stepChoice];
  if (!state || !step) return;
  if (lab.session?.recorded?.(step.id) === false) {
    lab.notice = {code: 'watch.stepUnrecorded', params: {index: String(stepChoice + 1)}};
    return;
  }
  if (state.ended && !lab.session?.watched) {
    lab.notice = {code: 'steps.ended'};
    return;
  }
  lab.view = 'main';
  if (stepChoice !== state.current) lab.run(session => session.goTo(step.id));
}

/** A line for each step in a window around the chosen one, and below what going there does. */
export function stepLines(lab: LabScreen, state: LabState, text: LabText, width: number, height: number): string[] {
  const {look} = text;
  const what = wrap(consequence(lab, state, look), width);
  const room = Math.max(1, height - what.length - 1);
  const first = Math.max(0, Math.min(lab.stepChoice - Math.floor(room / 2), state.steps.length - room));
  const list = state.lab.steps
    .slice(first, first + room)
    .map((step, i) => stepLine(first + i, text.plain(step.title), lab, state, look, width));
  return [...list, ...Array<string>(Math.max(0, height - list.length - what.length)).fill(''), ...what];
}

function stepLine(index: number, title: string, lab: LabScreen, state: LabState, look: Look, width: number): string {
  const {glyphs, style, say} = look;
  const status = statusOf(state, index);
  const symbol = {done: glyphs.pass, skipped: glyphs.dash, here: glyphs.here, ahead: glyphs.todo}[status];
  const marks = Math.max(...[glyphs.pass, glyphs.dash, glyphs.here, glyphs.todo].map(cells));
  const chosen = index === lab.stepChoice;
  const word = say(`steps.${status}`);
  const left = `${chosen ? glyphs.arrow : ' '.repeat(cells(glyphs.arrow))} ${fitTo(symbol, marks)} ${String(index + 1).padStart(2)}  `;
  const room = width - cells(left) - cells(word) - 2;
  const line = `${left}${fitTo(clip(title, room, glyphs.cut).replaceAll('\x1b[0m', ''), room)}  ${word}`;
  if (chosen) return style.inverse(line);
  return status === 'here' ? style.bold(line) : line;
}

/** What Enter does: it may cost what was done by hand, or leave checks to the lab. */
function consequence(lab: LabScreen, state: LabState, {say, keys, glyphs}: Look): string {
  const index = lab.stepChoice + 1;
  if (lab.session?.watched) return say('watch.goStep', {key: keys.label('lab', 'advance', glyphs), index});
  if (state.ended) return say('steps.ended');
  const by = lab.stepChoice - state.current;
  const code = by === 0 ? 'steps.stay' : by < 0 ? 'steps.goBack' : 'steps.goAhead';
  const key = keys.label('lab', 'advance', glyphs);
  return say(code, {key, index, reset: keys.label('lab', 'reset-step', glyphs)});
}
