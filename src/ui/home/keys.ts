/** What each key does on the home screen. */

import type {KeyName} from '../app/keys.ts';
import type {HomeState} from '../app/parts.ts';
import type {HomeLab} from '../deps.ts';
import {found} from './find.ts';

/** Lines that a key moves by. */
const MOVES: Record<string, number> = {up: -1, down: 1, 'page-up': -8, 'page-down': 8};
const LETTER_MOVES: Record<string, number> = {k: -1, j: 1};
const QUERY_MAX = 60;

export function homeKey(model: HomeState, name: KeyName): void {
  if (model.query !== undefined) searchKey(model, name);
  else listKey(model, name);
}

/** Positions of the labs that are shown. */
export function shownLabs(model: HomeState): number[] {
  return model.labs.state === 'ready' ? found(model.labs.value, model.query) : [];
}

/** The lab that Enter opens; undefined: none is shown. */
export function chosenLab(model: HomeState): HomeLab | undefined {
  if (model.labs.state !== 'ready' || !shownLabs(model).includes(model.selected)) return undefined;
  return model.labs.value[model.selected];
}

/** True where this host or the lab's own file stands in the way. */
export function isBarred(lab: HomeLab): boolean {
  return lab.broken !== undefined || (lab.unmet?.length ?? 0) > 0;
}

function listKey(model: HomeState, name: KeyName): void {
  const action = model.keys.action('home', name);
  const lab = chosenLab(model);
  const step = MOVES[name] ?? (action ? undefined : LETTER_MOVES[name]);
  if (step) move(model, step);
  else if (action === 'search') model.query = '';
  else if ((action === 'demo' || action === 'quiz') && lab) elsewhere(model, action, lab);
  else if (action === 'doctor') model.openDoctor();
  else if (action === 'open' && lab) open(model, lab, resumeAt(lab));
  else if (action === 'anew' && lab) open(model, lab, undefined);
  else if (model.keys.action('everywhere', name) === 'leave') {
    model.problems = [];
    model.progressProblems = [];
  }
}

function searchKey(model: HomeState, name: KeyName): void {
  const step = MOVES[name];
  const lab = chosenLab(model);
  if (step) move(model, step);
  else if (name === 'escape') model.query = undefined;
  else if (name === 'enter') {
    if (lab) open(model, lab, resumeAt(lab));
  } else if (name === 'backspace') search(model, withoutLast(model.query ?? ''));
  else if (name === 'ctrl-u') search(model, '');
  else if ([...name].length === 1) search(model, (model.query ?? '') + name);
}

function search(model: HomeState, query: string): void {
  model.query = query.slice(0, QUERY_MAX);
  const shown = shownLabs(model);
  if (!shown.includes(model.selected)) model.selected = shown[0] ?? model.selected;
}

/** Without the last character as a person sees it. */
function withoutLast(text: string): string {
  return [...new Intl.Segmenter().segment(text)]
    .slice(0, -1)
    .map(({segment}) => segment)
    .join('');
}

function move(model: HomeState, step: number): void {
  const shown = shownLabs(model);
  const at = shown.indexOf(model.selected);
  model.selected = shown[Math.max(0, Math.min(shown.length - 1, at + step))] ?? model.selected;
}

function resumeAt({progress}: HomeLab): string | undefined {
  return progress && !progress.done ? progress.step : undefined;
}

/** What stands in the way may have been mended meanwhile: a lab that is barred is looked at again. */
function open(model: HomeState, lab: HomeLab, atStep: string | undefined): void {
  if (isBarred(lab)) {
    void model.lookAgain();
    return;
  }
  model.query = undefined;
  void model.openLab(lab.number, atStep);
}

function elsewhere(model: HomeState, what: 'demo' | 'quiz', lab: HomeLab): void {
  if (isBarred(lab)) void model.lookAgain();
  else model.goElsewhere(what, lab.number);
}
