/** What takes the place of the terminals for a while: the journal in full, a flag left out, the list of steps. */
import type {LabState} from '../../course/index.ts';
import {Lines, panelLines} from '../app/panel.tsx';
import {ablationLines, flagName} from './ablation.ts';
import {journalFull} from './journal.ts';
import type {Layout} from './layout.ts';
import {moreNote} from './more.ts';
import type {LabScreen} from './screen.ts';
import {type Segment, windowOf} from './segments.ts';
import {stepLines} from './steps.ts';
import type {LabText} from './text.ts';

interface Drawing {
  lab: LabScreen;
  state: LabState;
  text: LabText;
  layout: Layout;
}

/** The journal in full, or the result of leaving a flag out, over the whole body. */
export function Other({lab, state, text, layout}: Drawing) {
  const {look} = lab.app;
  const {w, h} = layout.body;
  if (lab.view === 'ablation' && state.ablation) {
    const title = look.say('ablation.title', {flag: flagName(state.ablation.without)});
    const lines = ablationLines(state.ablation, state, text, w - 4).map(line => ` ${line}`);
    return <Lines width={w} lines={panelLines({look, width: w, height: h, title, lines})} />;
  }
  if (lab.view === 'steps') {
    const title = look.say('steps.title');
    const lines = stepLines(lab, state, text, w - 4, h - 2).map(line => ` ${line}`);
    return <Lines width={w} lines={panelLines({look, width: w, height: h, title, lines})} />;
  }
  const all: Segment[] = [{key: 'journal', lines: journalFull(state, text, w - 4)}];
  const room = h - 2;
  const window = windowOf(all, room, 'journal', lab.journalTop ?? Number.MAX_SAFE_INTEGER);
  lab.extent.journal = {top: window.top, last: window.last, height: room};
  const lines = window.lines.map(line => ` ${line}`);
  return (
    <Lines
      width={w}
      lines={panelLines({
        look,
        width: w,
        height: h,
        title: look.say('lab.journal'),
        note: moreNote(lab, window),
        lines,
      })}
    />
  );
}
