/** Pictures as plain lines, for paper: no colours, as wide as a page. */
import {stripVTControlCharacters} from 'node:util';
import type {DrawPicture, LabState, Lang} from '../../../course/index.ts';
import {makeLook} from '../../app/look.ts';
import {layerLines} from '../layers.ts';
import {processLines} from './processes.ts';
import {topologyLines} from './topology.ts';

/** Cells on a page, and lines that nobody needs more of. */
const WIDTH = 96;
const HEIGHT = 60;

/** Of the newest container that runs; undefined for a picture that needs time to be drawn (the CPU's curve). */
export const printPicture: DrawPicture = (picture, state, lang) =>
  linesOf(picture, state, lang)?.map(line => stripVTControlCharacters(line).trimEnd());

function linesOf(
  picture: Parameters<DrawPicture>[0],
  {facts: {now}, processes, containers}: LabState,
  lang: Lang,
): string[] | undefined {
  const look = makeLook(lang, false, 'none');
  const newest = Object.values(containers).findLast(one => one.running)?.id ?? 'host';
  switch (picture) {
    case 'processes':
      return processLines(processes, newest, look, WIDTH, HEIGHT);
    case 'topology':
      return topologyLines(now, newest, look, WIDTH, HEIGHT);
    case 'layers':
      return layerLines(now[newest], look, WIDTH, HEIGHT) ?? layerLines(now.host, look, WIDTH, HEIGHT);
    case 'cpu':
      return undefined;
  }
}
