/** What each key does on the lab screen. */

import type {PredictBlock} from '../../course/index.ts';
import {keyLabel, type LabAction} from '../app/actions.ts';
import type {KeyName} from '../app/keys.ts';
import {ablatable, flagName} from './ablation.ts';
import {stepChecks} from './checks.ts';
import {enterFull} from './full.ts';
import {nextPicture} from './pictures/panel.ts';
import type {LabScreen} from './screen.ts';
import {goToStep, moveStep, toggleSteps} from './steps.ts';
import {isAllowed, refusal} from './watched.ts';
import {listOf} from './xray/cursor.ts';

const TABS = 3;
const CLICKER: Partial<Record<KeyName, 'next' | 'back'>> = {'page-down': 'next', 'page-up': 'back'};

const DEEDS: Partial<Record<LabAction, (lab: LabScreen) => void>> = {
  advance: enter,
  back: lab => lab.run(session => session.back()),
  next: lab => lab.run(session => session.next()),
  terminal: lab => focus(lab, false),
  'other-terminal': lab => focus(lab, true),
  'full-screen': lab => enterFull(lab),
  hint,
  solution,
  ablate,
  journal,
  picture: nextPicture,
  xray,
  steps: toggleSteps,
  'checks-up': lab => scrollChecks(lab, -1),
  'checks-down': lab => scrollChecks(lab, 1),
  'reset-step': lab => lab.run(session => session.resetStep()),
  'reset-lab': lab => {
    lab.asking = 'reset-lab';
    lab.notice = {code: 'lab.resetLab', params: {key: keyOf(lab, 'reset-lab')}};
  },
};

export function labKey(lab: LabScreen, name: KeyName): void {
  const {keys} = lab.app;
  lab.notice = undefined;
  // A presenter's clicker does in the replay of a demo what it did in the demo.
  const clicked = isReplayedDemo(lab) ? (CLICKER[name] ?? keys.action('demo', name)) : undefined;
  if (clicked === 'next') enter(lab);
  else if (clicked === 'back') DEEDS.back?.(lab);
  else if (lab.asking) answer(lab, name);
  else if (keys.action('everywhere', name) === 'leave') leave(lab);
  else if (lab.state && lab.session && !navigate(lab, name)) {
    const action = keys.action('lab', name) ?? (name === ' ' && lab.session.watched ? 'advance' : undefined);
    const {watched} = lab.session;
    if (!action) return;
    if (isAllowed(action, watched)) DEEDS[action]?.(lab);
    else if (watched) lab.notice = refusal(keyLabel(name, lab.app.look.glyphs), watched, lab.app.look);
  }
}

/** In the list of steps and the journal, keys move about. */
export function isReplayedDemo({session, state, view}: LabScreen): boolean {
  return view === 'main' && session?.watched?.how === 'replay' && Boolean(state?.show);
}

function keyOf(lab: LabScreen, action: 'reset-lab' | 'solution'): string {
  return lab.app.keys.label('lab', action, lab.app.look.glyphs);
}

/** The prediction that waits for an answer from here. */
export function askedPrediction(lab: LabScreen): PredictBlock | undefined {
  const {state, session} = lab;
  if (session?.watched || state?.pending?.kind !== 'predict') return undefined;
  const {id} = state.pending;
  if (state.predictions[id]?.status !== 'asked') return undefined;
  const block = state.lab.steps[state.current]?.blocks.find(one => one.kind === 'predict' && one.id === id);
  return block?.kind === 'predict' ? block : undefined;
}

/** Moving about: choices, tabs, scrolling. True where the key was one of these. */
function navigate(lab: LabScreen, name: KeyName): boolean {
  const asked = lab.view === 'main' ? askedPrediction(lab) : undefined;
  const step = name === 'up' ? -1 : name === 'down' ? 1 : 0;
  if (asked && step) {
    const of = asked.choices.length + 1;
    lab.choice = (lab.choice + step + of) % of;
    lab.lessonTop = undefined;
    return true;
  }
  if (asked && /^\d$/.test(name) && Number(name) <= asked.choices.length) {
    lab.choice = name === '0' ? asked.choices.length : Number(name) - 1;
    lab.lessonTop = undefined;
    return true;
  }
  const action = lab.app.keys.action('lab', name);
  const turn = action === 'previous-tab' ? TABS - 1 : action === 'next-tab' ? 1 : 0;
  if (!lab.layout.wide && !lab.state?.show && (turn > 0 || (/^[123]$/.test(name) && !asked))) {
    lab.tab = turn > 0 ? (lab.tab + turn) % TABS : Number(name) - 1;
    lab.view = 'main';
    return true;
  }
  const page = name === 'page-up' ? -1 : name === 'page-down' ? 1 : 0;
  if (step || page) {
    scroll(lab, step, page);
    return true;
  }
  return false;
}

export function scroll(lab: LabScreen, step: number, page: number): void {
  if (lab.view === 'steps') {
    moveStep(lab, step + page * 8);
    return;
  }
  if (lab.view === 'xray') {
    if (step) lab.xray.move(listOf(lab.state!, lab.app.look), step < 0 ? -1 : 1);
    else lab.xray.scroll(page * Math.max(1, lab.xray.extent.height - 2));
    return;
  }
  const journal = lab.view === 'journal';
  const {top, last, height} = journal ? lab.extent.journal : lab.extent.lesson;
  const from = (journal ? lab.journalTop : lab.lessonTop) ?? top;
  const to = Math.max(0, Math.min(last, from + step + page * Math.max(1, height - 2)));
  if (journal) lab.journalTop = to;
  else lab.lessonTop = to;
}

/** A small screen has lesson and checks in one: there, the same keys move both. */
function scrollChecks(lab: LabScreen, by: number): void {
  const {top, last} = lab.layout.wide ? lab.extent.checks : lab.extent.lesson;
  // Several keys may come before the next drawing: what is drawn is the beginning only.
  const from = (lab.layout.wide ? lab.checksTop : lab.lessonTop) ?? top;
  const to = Math.max(0, Math.min(last, from + by));
  if (lab.layout.wide) lab.checksTop = to;
  else lab.lessonTop = to;
}

function enter(lab: LabScreen): void {
  if (lab.view === 'steps') {
    goToStep(lab);
    return;
  }
  if (lab.view !== 'main') lab.view = 'main';
  if (lab.session?.watched) {
    playOn(lab);
    return;
  }
  const asked = askedPrediction(lab);
  if (asked) {
    const choice = asked.choices[lab.choice]?.id ?? null;
    lab.run(session => session.predict(asked.id, choice));
  } else if (lab.state?.ended) void lab.app.closeLab();
  else if (lab.busy === 0) {
    if (lab.state?.pending?.kind === 'run') lab.tab = 0;
    lab.run(session => session.advance());
  }
}

/** A second press while it plays hurries it. */
function playOn(lab: LabScreen): void {
  const {top, last, height} = lab.extent.lesson;
  // As in the demo, a slide that holds more is read to its end first.
  if (isReplayedDemo(lab) && lab.busy === 0 && top < last) {
    lab.lessonTop = Math.min(last, top + Math.max(1, height - 1));
    return;
  }
  if (lab.session?.ahead?.() === null && lab.busy === 0) {
    const {keys, glyphs} = lab.app.look;
    const params = {back: keys.label('lab', 'back', glyphs), leave: keys.label('everywhere', 'leave', glyphs)};
    lab.notice = {code: 'watch.atEnd', params};
    return;
  }
  lab.lessonTop = undefined;
  lab.run(session => session.advance());
}

function leave(lab: LabScreen): void {
  if (lab.view !== 'main') lab.view = 'main';
  else void lab.app.closeLab();
}

function focus(lab: LabScreen, other: boolean): void {
  const {panes, boxSide} = lab;
  if (!panes || lab.state?.ended) return;
  const opposite = lab.nextSide === 'host' ? boxSide : 'host';
  const wanted = other ? opposite : lab.nextSide;
  lab.view = 'main';
  lab.tab = 0;
  // A side without a terminal cannot take the keyboard; the other one may.
  if (!panes.enter(wanted) && !panes.enter(wanted === 'host' ? boxSide : 'host')) {
    lab.notice = {code: 'lab.noTerminalYet'};
  }
}

function xray(lab: LabScreen): void {
  lab.view = lab.view === 'xray' ? 'main' : 'xray';
}

function journal(lab: LabScreen): void {
  lab.view = lab.view === 'journal' ? 'main' : 'journal';
  lab.journalTop = undefined;
}

function hint(lab: LabScreen): void {
  const state = lab.state!;
  const open = stepChecks(state).filter(check => state.checks[check.id]?.verdict !== 'pass');
  const left = open.some(check => (state.checks[check.id]?.hints ?? 0) < check.hints.length);
  if (left) lab.run(session => session.hint());
  else if (open.length > 0) lab.notice = {code: 'lab.noMoreHints', params: {key: keyOf(lab, 'solution')}};
  else lab.notice = {code: 'lab.noHint'};
}

/** First shows the solution of the first open check; again: types it. */
function solution(lab: LabScreen): void {
  const state = lab.state!;
  const check = stepChecks(state).find(one => state.checks[one.id]?.verdict !== 'pass');
  if (!check) {
    lab.notice = {code: 'lab.noSolution'};
    return;
  }
  const shown = state.checks[check.id]?.solution ?? false;
  lab.run(session => session.solution(check.id, shown));
}

export function ablate(lab: LabScreen): void {
  if (lab.session?.watched) {
    if (lab.state?.ablation) lab.view = lab.view === 'ablation' ? 'main' : 'ablation';
    else lab.notice = {code: 'watch.noAblation'};
    return;
  }
  const what = ablatable(lab.state!);
  if (!what) lab.notice = {code: 'lab.noAblation'};
  else if (what.without.length === 1) lab.run(session => session.ablate(what.container, what.without[0]!));
  else {
    lab.asking = 'ablate';
    lab.notice = {
      code: 'ablation.choose',
      params: {list: what.without.map((one, i) => `${i + 1} ${flagName(one)}`).join('  ')},
    };
  }
}

export function answer(lab: LabScreen, name: KeyName): void {
  const {asking} = lab;
  lab.asking = undefined;
  if (asking === 'reset-lab' && lab.app.keys.action('lab', name) === 'reset-lab')
    lab.run(session => session.resetLab());
  const what = asking === 'ablate' ? ablatable(lab.state!) : undefined;
  const without = what?.without[Number(name) - 1];
  if (what && without) lab.run(session => session.ablate(what.container, without));
}
