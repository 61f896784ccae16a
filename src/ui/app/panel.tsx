/** Boxes of text in exact cells. Lines come cut to their width, so that Ink neither wraps nor measures twice. */
import {Box, Text} from 'ink';
import type {Glyphs} from '../text/glyphs.ts';
import {cells, clip, fitTo} from '../text/width.ts';
import type {Look} from './look.ts';

export interface PanelProps {
  look: Look;
  width: number;
  height: number;
  title: string;
  /** At the right end of the top border. */
  note?: string;
  lines: string[];
  /** Drawn thick: this has the keyboard. */
  strong?: boolean;
}

/** `height` lines of `width` cells: a frame with its title in the border, and as many of the lines as there is room for. */
export function panelLines({look, width, height, title, note = '', lines, strong = false}: PanelProps): string[] {
  const {glyphs, style} = look;
  const {horizontal, vertical, topLeft, topRight, bottomLeft, bottomRight} = strong ? strongBorder(glyphs) : glyphs;
  const paint = strong ? (text: string) => style.bold(style.accent(text)) : style.dim;
  const inner = width - 2;
  const right = note && cells(note) + 4 < inner ? ` ${note} ` : '';
  const left = clip(title, Math.max(0, inner - cells(right) - 4), glyphs.cut);
  const named = left === '' ? '' : ` ${left} `;
  const rest = Math.max(0, inner - 1 - cells(named) - cells(right) - (right ? 1 : 0));
  const name = strong ? style.bold(named) : named;
  const top =
    paint(topLeft + horizontal) +
    name +
    paint(horizontal.repeat(rest)) +
    (right ? style.bold(right) + paint(horizontal) : '') +
    paint(topRight);
  const bottom = paint(bottomLeft + horizontal.repeat(inner) + bottomRight);
  const side = paint(vertical);
  const body = Array.from({length: Math.max(0, height - 2)}, (_, i) => side + fitTo(lines[i] ?? '', inner) + side);
  return [top, ...body, bottom].slice(0, height);
}

function strongBorder(glyphs: Glyphs) {
  return {
    horizontal: glyphs.strongHorizontal,
    vertical: glyphs.strongVertical,
    topLeft: glyphs.strongTopLeft,
    topRight: glyphs.strongTopRight,
    bottomLeft: glyphs.strongBottomLeft,
    bottomRight: glyphs.strongBottomRight,
  };
}

export function Panel(props: PanelProps) {
  return <Lines width={props.width} lines={panelLines(props)} />;
}

/** Ready lines as one piece of text. */
export function Lines({width, lines}: {width: number; lines: string[]}) {
  // Ink cuts the whole text at the first line that is too long: none may be.
  const safe = lines.map(line => (cells(line) > width ? fitTo(line, width) : line));
  return (
    <Box width={width} height={lines.length} flexShrink={0}>
      <Text wrap="truncate">{safe.join('\n')}</Text>
    </Box>
  );
}
