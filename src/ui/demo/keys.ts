/** What each key does while a demo is given. */
import type {DemoAction} from '../app/actions.ts';
import type {KeyName} from '../app/keys.ts';
import {enterFull} from '../lab/full.ts';
import {ablate, answer, scroll} from '../lab/keys.ts';
import {picturesOf} from '../lab/pictures/panel.ts';
import type {LabScreen} from '../lab/screen.ts';
import {goToStep, toggleSteps} from '../lab/steps.ts';
import type {Director} from './director.ts';

export interface Playlist {
  /** Another lab of it; false: there is none. */
  go(by: 1 | -1): boolean;
}

const DEEDS: Partial<Record<DemoAction, (director: Director, playlist: Playlist) => void>> = {
  next: director => director.next(),
  back: director => director.back(),
  blank: director => director.setBlank(true),
  take: director => director.take(),
  'other-terminal': director => director.take(true),
  'full-screen': director => {
    director.take(director.taken !== undefined);
    if (director.lab.panes?.focused !== undefined) enterFull(director.lab);
  },
  poll: director => director.openPoll(),
  auto: director => director.toggleAuto(),
  faster: director => director.pace('faster'),
  slower: director => director.pace('slower'),
  picture: ({lab}) => nextPicture(lab),
  xray: ({lab}) => toggle(lab, 'xray'),
  journal: ({lab}) => {
    toggle(lab, 'journal');
    lab.journalTop = undefined;
  },
  without: ({lab}) => ablate(lab),
  steps: ({lab}) => toggleSteps(lab),
  rebuild: director => director.rebuild(),
  'next-lab': (director, playlist) => playlist.go(1) || director.tell('demo.onlyLab'),
  'previous-lab': (director, playlist) => playlist.go(-1) || director.tell('demo.onlyLab'),
};

/** Keys that it wants before anybody else: while the screen is dark, while something is asked, and the one that quits. */
export function firstKey(director: Director, name: KeyName): boolean {
  const {lab} = director;
  if (director.dark) {
    director.setBlank(false);
    director.auto.touch();
    return true;
  }
  const everywhere = lab.app.keys.action('everywhere', name);
  const leaves = everywhere === 'leave' || everywhere === 'quit';
  if (director.leaving) {
    director.leaving = false;
    director.heed();
    if (leaves) void lab.app.closeLab();
    // Whoever stays has already pressed the key that goes on.
    return leaves;
  }
  if (director.poll.key(name)) return true;
  if (!leaves) return false;
  director.heed();
  if (director.poll.cursor !== undefined) director.poll.close();
  else if (lab.view !== 'main' && everywhere === 'leave') lab.view = 'main';
  else {
    director.leaving = true;
    const key = lab.app.keys.label('everywhere', everywhere, lab.app.look.glyphs);
    director.tell('demo.leave', {key});
    director.auto.stop();
  }
  return true;
}

export function demoKey(director: Director, playlist: Playlist, name: KeyName): void {
  const {lab} = director;
  director.heed();
  if (lab.asking) answer(lab, name);
  else if (name === 'page-down' && lab.view === 'main') director.next();
  else if (name === 'page-up' && lab.view === 'main') director.back();
  else if (lab.view === 'steps' && lab.app.keys.action('demo', name) === 'next') goToStep(lab);
  else if (!moved(lab, name)) {
    const action = lab.app.keys.action('demo', name);
    if (action) DEEDS[action]?.(director, playlist);
  }
  director.say();
  director.auto.touch();
}

/** Scrolling: the slide, or what stands in the terminals' place. */
function moved(lab: LabScreen, name: KeyName): boolean {
  const step = name === 'up' ? -1 : name === 'down' ? 1 : 0;
  const page = name === 'page-up' ? -1 : name === 'page-down' ? 1 : 0;
  if ((!step && !page) || !lab.state) return false;
  scroll(lab, step, page);
  return true;
}

function toggle(lab: LabScreen, view: 'xray' | 'journal'): void {
  lab.view = lab.view === view ? 'main' : view;
}

/** The pictures that there are, one after the other; then the terminals again. */
function nextPicture(lab: LabScreen): void {
  const {state} = lab;
  if (!state) return;
  const list = picturesOf(state, lab.boxSide);
  const at = lab.tab === 1 && lab.picture ? list.indexOf(lab.picture) : -1;
  lab.view = 'main';
  lab.picture = list[at + 1];
  lab.tab = lab.picture ? 1 : 0;
}
