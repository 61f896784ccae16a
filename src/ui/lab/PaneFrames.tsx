/** Frames and titles of the two terminals; what is inside is drawn by the live regions, or said here while there is none. */
import {Box} from 'ink';
import type {LabState, Side} from '../../course/index.ts';
import {Lines, panelLines} from '../app/panel.tsx';
import {cells, clip, fitTo} from '../text/width.ts';
import {lookingBack} from './header.ts';
import type {Layout, Rect} from './layout.ts';
import type {LabScreen} from './screen.ts';
import type {LabText} from './text.ts';

interface Props {
  lab: LabScreen;
  state: LabState;
  text: LabText;
  layout: Layout;
}

export function PaneFrames({lab, state, text, layout}: Props) {
  const sides: [Side, Rect][] = [
    ['host', layout.host],
    [lab.boxSide, layout.box],
  ];
  const [left, right] = sides.map(([side, rect]) =>
    layout.wide ? framed(lab, state, side, rect) : titled(lab, state, side, rect),
  );
  if (layout.wide) {
    return (
      <Box>
        <Lines width={layout.host.w} lines={left!} />
        <Lines width={layout.box.w} lines={right!} />
      </Box>
    );
  }
  const {glyphs, style} = text.look;
  const bar = style.dim(glyphs.vertical);
  return <Lines width={layout.body.w} lines={left!.map((line, i) => line + bar + right![i]!)} />;
}

function title(lab: LabScreen, state: LabState, side: Side): {name: string; note: string} {
  const {say, glyphs, keys} = lab.app.look;
  const pid = state.containers[side]?.running ? ` (pid ${state.containers[side].pid})` : '';
  const name = side === 'host' ? say('lab.host') : `${say('lab.container')} ${side}${pid}`;
  const terminal = state.terminals[side];
  const back = lab.panes?.back(side) ?? 0;
  if (back > 0) return {name, note: lookingBack(lab, back)};
  if (lab.panes?.focused === side) {
    const take = keys.label('demo', 'take', glyphs);
    return {name, note: state.show ? say('demo.back', {take}) : say('lab.back')};
  }
  const unsure = terminal?.open && !terminal.sure ? `${glyphs.unsure} ${say('lab.unsure')} ` : '';
  const noKey = state.show || lab.session?.watched;
  if (noKey || !lab.panes?.has(side) || lab.panes.focused !== undefined) return {name, note: unsure};
  const tab = keys.label('lab', lab.nextSide === side ? 'terminal' : 'other-terminal', glyphs);
  return {name, note: `${unsure}[${tab}]`};
}

/** What to say in a pane that has no terminal, or whose program has ended. */
function placeholder(lab: LabScreen, side: Side): string {
  const {say} = lab.app.look;
  if (lab.panes?.has(side)) return '';
  if (side === 'host') return say('lab.noTerminal');
  const blocks = lab.state?.lab.steps.flatMap(step => step.blocks) ?? [];
  return say(blocks.some(block => block.kind === 'container') ? 'lab.noContainer' : 'lab.onlyHost');
}

function framed(lab: LabScreen, state: LabState, side: Side, {w, h}: Rect): string[] {
  const {name, note} = title(lab, state, side);
  const said = placeholder(lab, side);
  const lines = said ? ['', `  ${lab.app.look.style.dim(said)}`] : [];
  return panelLines({
    look: lab.app.look,
    width: w,
    height: h,
    title: name + gone(lab, state, side),
    note,
    lines,
    strong: lab.panes?.focused === side,
  });
}

/** How a container ended, for its title. */
function gone(lab: LabScreen, state: LabState, side: Side): string {
  const container = state.containers[side];
  if (!container || container.running) return '';
  const {say, glyphs} = lab.app.look;
  const {code, signal} = container.status ?? {};
  const how = signal ? say('lab.signal', {signal}) : say('lab.exit', {code: code ?? '?'});
  return ` ${glyphs.dot} ${say('lab.containerGone', {how})}`;
}

function titled(lab: LabScreen, state: LabState, side: Side, {w, h}: Rect): string[] {
  const {look} = lab.app;
  const {style, glyphs} = look;
  const strong = lab.panes?.focused === side;
  const {name, note} = title(lab, state, side);
  const left = clip(` ${name}${gone(lab, state, side)}`, Math.max(8, w - cells(note) - 2), glyphs.cut);
  const line = `${fitTo(left, Math.max(cells(left), w - cells(note) - 1))}${note} `;
  const head = strong ? style.inverse(style.bold(fitTo(line, w))) : style.underline(fitTo(line, w));
  const said = placeholder(lab, side);
  return [head, ...Array.from({length: h - 1}, (_, i) => fitTo(i === 1 && said ? `  ${style.dim(said)}` : '', w))];
}
