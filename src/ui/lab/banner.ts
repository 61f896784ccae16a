/** Lines that stay on top of the lesson however it scrolls: that the stage was built anew, and what is wrong in the lab's file. */
import type {LabState} from '../../course/index.ts';
import {clip} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import type {LabScreen} from './screen.ts';

const PROBLEMS_SHOWN = 2;

/** At most `most` lines of `width` cells. */
export function bannerLines(lab: LabScreen, state: LabState, width: number, most: number): string[] {
  const {style, glyphs} = lab.app.look;
  const told = rebuiltSentence(lab, state);
  const good = told ? marked(style.accent(glyphs.changed), told, width, style.bold) : [];
  const mapped = isMapped(state) ? marked(glyphs.dot, lab.app.look.say('lab.mapped'), width, text => text) : [];
  const lines = [...good, ...mapped, ...problemLines(lab, width)];
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `${clip(lines[most - 1]!, width - 2, '')} ${glyphs.cut}`];
}

/** Said in the first step: the session has the root of a user namespace, not the machine's. */
function isMapped({session, current}: LabState): boolean {
  return current === 0 && session !== null && !session.root && session.stage === 'private';
}

/** Why this is not the stage that the learner had before, until they have gone on from it. */
function rebuiltSentence(lab: LabScreen, state: LabState): string | undefined {
  const {say} = lab.app.look;
  if (state.rebuilding) return undefined;
  if (lab.reloaded) {
    const gone = lab.atStep !== undefined && !state.lab.steps.some(step => step.id === lab.atStep);
    return say(gone ? 'lab.reloadedStepGone' : 'lab.reloaded');
  }
  return state.rebuilt ? say(`lab.rebuilt.${state.rebuilt.why}`) : undefined;
}

function problemLines({app, problems}: LabScreen, width: number): string[] {
  const {style, glyphs, say, lang} = app.look;
  if (problems.length === 0) return [];
  const first = problems.slice(0, PROBLEMS_SHOWN).map(problem => problem[lang] ?? problem.en);
  return [
    ...marked(style.bad(glyphs.error), say('lab.fileBroken'), width, style.bold),
    ...first.flatMap(line => wrap(line, width - 2).map(part => `  ${part}`)),
  ];
}

function marked(symbol: string, text: string, width: number, paint: (text: string) => string): string[] {
  return wrap(`${symbol} ${text}`, width).map(paint);
}
