/** One line of facts: those that the lab shows in this step, both sides, what has just changed marked. */
import type {LabState} from '../../course/index.ts';
import type {Facts, FactValue} from '../../engine/index.ts';
import type {Look} from '../app/look.ts';
import {factLabel} from '../course-words.ts';
import {factPaths, read, show, shownNow} from '../lab/facts.ts';
import type {LabScreen} from '../lab/screen.ts';
import {cells, clip, fitTo} from '../text/width.ts';

const GAP = 3;
const VALUE = 26;

/** Exactly `width` cells: as many facts as fit, the most important first. */
export function factsLine(lab: LabScreen, state: LabState, width: number): string {
  const {look} = lab.app;
  const {host} = state.facts.now;
  const inside = state.facts.now[lab.boxSide];
  if (!host && !inside) return fitTo('', width);
  const asked = shownNow(state, lab.reached)?.facts.length ?? 0;
  // Without a `show` block: the two that any container is about.
  const paths = factPaths(state, lab.reached).slice(0, asked > 0 ? asked : 2);
  let line = '';
  for (const path of paths) {
    const piece = pieceOf(path, host, inside, isChanged(lab, path), look);
    if (piece === undefined) continue;
    const next = line === '' ? ` ${piece}` : line + ' '.repeat(GAP) + piece;
    if (cells(next) > width) break;
    line = next;
  }
  return fitTo(line, width);
}

function isChanged(lab: LabScreen, path: string): boolean {
  return lab.changed.has(`host.${path}`) || lab.changed.has(`${lab.boxSide}.${path}`);
}

/** 'host name vm ≠ tiger'; undefined: neither side has it. */
function pieceOf(
  path: string,
  host: Facts | null | undefined,
  inside: Facts | null | undefined,
  changed: boolean,
  look: Look,
): string | undefined {
  const {glyphs, style, lang} = look;
  const [left, right] = [read(host, path), read(inside, path)];
  if (left === undefined && right === undefined) return undefined;
  const say = (value: FactValue | undefined) => clip(show(value, look), VALUE, glyphs.cut);
  const relation = say(left) === say(right) ? glyphs.same : glyphs.differs;
  const values = inside ? `${say(left)} ${relation} ${say(right)}` : say(left);
  const label = style.dim(factLabel(lang, path));
  return changed ? style.bold(`${glyphs.changed} ${label} ${style.bold(values)}`) : `${label} ${values}`;
}
