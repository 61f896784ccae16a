/** The X-ray drawn: the list of processes, and the one under the cursor as host, kernel and process have it. */
import {Box} from 'ink';
import type {LabState} from '../../../course/index.ts';
import type {Look} from '../../app/look.ts';
import {Lines, panelLines} from '../../app/panel.tsx';
import {cells, clip, fitTo} from '../../text/width.ts';
import {safe, strokesOf} from '../pictures/lines.ts';
import {stateNote} from '../pictures/processes.ts';
import type {Twig} from '../pictures/tree.ts';
import type {LabScreen} from '../screen.ts';
import {listOf} from './cursor.ts';
import {groupLines, headLine} from './draw.ts';
import {groupsOf} from './groups.ts';

const LIST_ROWS = 5;

export function XrayView({lab, state}: {lab: LabScreen; state: LabState}) {
  const {columns, rows} = lab.app.size;
  const {look} = lab.app;
  const list = listOf(state, look);
  const height = rows - 2;
  if (lab.layout.wide) {
    const side = Math.min(44, Math.max(30, Math.floor(columns * 0.28)));
    return (
      <Box>
        <Lines width={side} lines={listPanel(lab, list, side, height)} />
        <Lines width={columns - side} lines={picturePanel(lab, state, columns - side, height)} />
      </Box>
    );
  }
  const top = Math.min(LIST_ROWS, Math.max(1, list.length)) + 2;
  return (
    <>
      <Lines width={columns} lines={listPanel(lab, list, columns, top)} />
      <Lines width={columns} lines={picturePanel(lab, state, columns, height - top)} />
    </>
  );
}

function listPanel(lab: LabScreen, list: readonly Twig[], width: number, height: number): string[] {
  const {look} = lab.app;
  const room = height - 2;
  const at = list.findIndex(({row}) => row.pid === lab.xray.pid);
  lab.xray.stands(at);
  // The cursor stays in the middle where there is more than fits.
  const first = Math.max(0, Math.min(list.length - room, at - Math.floor(room / 2)));
  const shown = list
    .slice(first, first + room)
    .map(twig => listLine(twig, twig.row.pid === lab.xray.pid, look, width - 4));
  const lines = list.length === 0 ? [look.style.dim(look.say('xray.none'))] : shown;
  const note = list.length > room ? `${at + 1}/${list.length}` : look.glyphs.upDown;
  const title = look.say('xray.processes');
  return panelLines({look, width, height, title, note, lines: lines.map(line => ` ${line}`)});
}

function listLine({row, branch}: Twig, here: boolean, look: Look, width: number): string {
  const {glyphs, style, say} = look;
  const inside = row.nspids.at(-1);
  const numbers = row.nspids.length > 1 ? `${row.pid} ${strokesOf(look).linked} ${inside}` : `${row.pid}`;
  const side = row.side === 'keeper' ? say('xray.keeper') : row.side === 'host' ? say('xray.host') : safe(row.side);
  const note = stateNote(row, look);
  const text = `${branch}${numbers} ${safe(row.comm)}${note && ` (${note})`}`;
  const room = width - 2 - cells(side) - 1;
  const line = `${fitTo(clip(text, room, glyphs.cut), room)} ${side}`;
  return here ? style.inverse(style.bold(fitTo(`${glyphs.here} ${line}`, width))) : `  ${line}`;
}

function picturePanel(lab: LabScreen, state: LabState, width: number, height: number): string[] {
  const {look, xray} = {look: lab.app.look, xray: lab.xray};
  const {style, say, glyphs} = look;
  const {facts, ended} = xray.seen(state);
  const {host} = state.facts.now;
  const room = width - 4;
  const panel = (lines: string[], note = '') =>
    panelLines({look, width, height, title: titleOf(lab, state), note, lines: lines.map(line => ` ${line}`)});
  if (xray.pid === undefined) return panel(['', style.dim(say('xray.none'))]);
  const pid = String(xray.pid);
  if (!facts || !host) return panel(['', style.dim(ended ? say('xray.gone', {pid}) : say('xray.asking'))]);
  const above = [headLine(look, room), ...(ended ? [style.warn(`${glyphs.error} ${say('xray.ended', {pid})}`)] : [])];
  const left = Math.max(1, height - 2 - above.length);
  const lines = groupLines(groupsOf({host, facts, look}), look, room, left);
  xray.extent = {last: Math.max(0, lines.length - left), height: left};
  xray.top = Math.min(xray.top, xray.extent.last);
  const {top, extent} = xray;
  const more = (top > 0 ? glyphs.moreUp : '') + (top < extent.last ? glyphs.more : '');
  const shown = lines.slice(top, top + left).map(line => (ended ? style.dim(line) : line));
  return panel([...above, ...shown], more && `${say('lab.more')} ${more}`);
}

/** 'X-ray · sh · 22689 ⇄ 1 · box' */
function titleOf(lab: LabScreen, state: LabState): string {
  const {look} = lab.app;
  const {say, glyphs} = look;
  const row = state.processes.find(one => one.pid === lab.xray.pid);
  if (!row) return say('xray.title');
  const numbers = row.nspids.join(` ${strokesOf(look).linked} `);
  const side = row.side === 'keeper' ? say('xray.keeper') : row.side === 'host' ? say('xray.host') : safe(row.side);
  return [say('xray.title'), safe(row.comm), numbers, side].join(` ${glyphs.dot} `);
}
