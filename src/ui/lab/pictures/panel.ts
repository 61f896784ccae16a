/** What the panel of both sides shows: a picture, and the facts below it. */
import type {LabState, Side} from '../../../course/index.ts';
import type {UiCode} from '../../say.ts';
import {factLines, pictureNow} from '../facts.ts';
import {layerLines, unionOf} from '../layers.ts';
import {cpuLines} from '../plot.ts';
import type {LabScreen} from '../screen.ts';
import type {Picture} from './name.ts';
import {hasNetwork} from './network.ts';
import {processLines} from './processes.ts';
import {topologyLines} from './topology.ts';

/** The pictures that there is something to draw of, in the order in which the key goes through them. */
export function picturesOf(state: LabState, box: Side): Picture[] {
  const {now} = state.facts;
  const pictures: Picture[] = [];
  if (state.processes.length > 0) pictures.push('processes');
  if (hasNetwork(now)) pictures.push('topology');
  if (unionOf(now[box]) ?? unionOf(now.host)) pictures.push('layers');
  if (Object.values(now).some(facts => facts?.cpu !== undefined)) pictures.push('cpu');
  return [...pictures, 'facts'];
}

/** What is drawn now: what the learner chose as long as there is such a thing, else what the lesson asks for. */
function drawnNow(lab: LabScreen, state: LabState): Picture {
  const {picture} = lab;
  if (picture && picturesOf(state, lab.boxSide).includes(picture)) return picture;
  return pictureNow(state, lab.reached) ?? 'facts';
}

/** The next picture; after the last one, what the lesson asks for. On a narrow screen the first press shows the panel. */
export function nextPicture(lab: LabScreen): void {
  const {state} = lab;
  if (!state) return;
  const hidden = lab.view !== 'main' || (!lab.layout.wide && lab.tab !== 1);
  lab.view = 'main';
  if (!lab.layout.wide) lab.tab = 1;
  if (hidden) return;
  const asked = pictureNow(state, lab.reached) ?? 'facts';
  const round = [undefined, ...picturesOf(state, lab.boxSide).filter(one => one !== asked)];
  lab.picture = round[(round.indexOf(lab.picture) + 1) % round.length];
}

/** 'both sides · processes' */
export function bothTitle(lab: LabScreen): string {
  const {say, glyphs} = lab.app.look;
  const drawn = lab.state ? drawnNow(lab, lab.state) : 'facts';
  const name = drawn === 'facts' && lab.picture !== 'facts' ? '' : ` ${glyphs.dot} ${say(codes[drawn])}`;
  return say('lab.both') + name;
}

/** 'p picture' */
export function bothNote({app}: LabScreen): string {
  const {say, keys, glyphs} = app.look;
  return `${keys.label('lab', 'picture', glyphs)} ${say('key.picture')}`;
}

const codes: Record<Picture, UiCode> = {
  processes: 'picture.processes',
  topology: 'picture.topology',
  layers: 'picture.layers',
  cpu: 'picture.cpu',
  facts: 'picture.facts',
};

/** At most `height` lines of at most `width` cells, drawn anew with each sample. */
export function bothLines(lab: LabScreen, state: LabState, width: number, height: number): string[] {
  const {look} = lab.app;
  const picture = linesOf(drawnNow(lab, state), lab, state, width, height) ?? [];
  const rest = Math.max(0, height - picture.length);
  return [...picture, ...factLines(state, lab.boxSide, lab.changed, lab.reached, look, width, rest)];
}

function linesOf(
  picture: Picture,
  lab: LabScreen,
  state: LabState,
  width: number,
  height: number,
): string[] | undefined {
  const {look} = lab.app;
  const {now} = state.facts;
  switch (picture) {
    case 'processes':
      return apart(processLines(state.processes, lab.boxSide, look, width, height), height);
    case 'topology':
      return apart(topologyLines(now, lab.boxSide, look, width, height), height);
    case 'cpu':
      // Half of the room: the numbers belong to the curve.
      return cpuLines(lab, now, look, width, Math.floor(height / 2));
    case 'layers':
      // The container's view where it has one of its own, else the host's.
      return layerLines(now[lab.boxSide], look, width, height) ?? layerLines(now.host, look, width, height);
    case 'facts':
      return undefined;
  }
}

/** A tree, or boxes, and facts would run into each other. */
function apart(lines: string[] | undefined, height: number): string[] | undefined {
  return lines && lines.length < height ? [...lines, ''] : lines;
}
