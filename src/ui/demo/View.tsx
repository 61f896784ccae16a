/** A demo drawn for a class: the slide, both terminals, one line of facts, one of checks. The same for who follows or replays. */
import {Box} from 'ink';
import type {LabState} from '../../course/index.ts';
import {Lines} from '../app/panel.tsx';
import {failureLines} from '../lab/failure.ts';
import {fullCells} from '../lab/full.ts';
import {labFooter, summaryLine} from '../lab/header.ts';
import type {Layout} from '../lab/layout.ts';
import {Other} from '../lab/Other.tsx';
import {PaneFrames} from '../lab/PaneFrames.tsx';
import {bothLines} from '../lab/pictures/panel.ts';
import type {LabScreen} from '../lab/screen.ts';
import type {LabText} from '../lab/text.ts';
import {isDark} from '../lab/watched.ts';
import {XrayView} from '../lab/xray/View.tsx';
import {fitTo} from '../text/width.ts';
import {calmSentences} from './calm.ts';
import {factsLine} from './facts.ts';
import {demoHeader} from './header.ts';
import {slideLines} from './slide.ts';

/** What only the one who gives the demo has on the screen. */
export interface Giving {
  /** Sentences of the moment. */
  calm: string[];
  /** Index of the choice whose hands are being counted. */
  counting?: number;
  footer(width: number): string;
}

export function DemoView({lab, giving}: {lab: LabScreen; giving?: Giving}) {
  const {columns, rows} = lab.app.size;
  const {state, text, layout} = lab;
  if (isDark(lab)) return <Lines width={columns} lines={Array<string>(rows).fill('')} />;
  if (lab.full !== undefined)
    return (
      <Lines width={columns} lines={[...Array<string>(fullCells(lab.app.size).h).fill(''), labFooter(lab, columns)]} />
    );
  const ready = state && text && state.current >= 0 && !lab.failed;
  return (
    <Box width={columns} height={rows} flexDirection="column">
      <Lines width={columns} lines={[demoHeader(lab, columns)]} />
      {ready && lab.view === 'xray' ? (
        <XrayView lab={lab} state={state} />
      ) : ready ? (
        <Body lab={lab} state={state} text={text} layout={layout} giving={giving} />
      ) : (
        <Waiting lab={lab} calm={giving?.calm ?? []} width={columns} height={rows - 2} />
      )}
      <Footer lab={lab} giving={giving} />
    </Box>
  );
}

/** Drawn last: what the key to go on does depends on how much of the slide was shown. */
function Footer({lab, giving}: {lab: LabScreen; giving: Giving | undefined}) {
  const {columns} = lab.app.size;
  return <Lines width={columns} lines={[giving?.footer(columns) ?? labFooter(lab, columns)]} />;
}

interface BodyProps {
  lab: LabScreen;
  state: LabState;
  text: LabText;
  layout: Layout;
  giving: Giving | undefined;
}

function Body({lab, state, text, layout, giving}: BodyProps) {
  const {columns} = lab.app.size;
  const {h} = layout.lesson;
  const calm = [...calmSentences(state, text, lab.dismissed), ...(giving?.calm ?? [])];
  const view = {calm, ...(giving?.counting !== undefined && {counting: giving.counting})};
  return (
    <>
      <Lines width={columns} lines={slideLines(lab, state, text, {width: columns, height: h}, view)} />
      {lab.view === 'main' ? (
        <Middle lab={lab} state={state} text={text} layout={layout} />
      ) : (
        <Other lab={lab} state={state} text={text} layout={layout} />
      )}
      <Lines width={columns} lines={[factsLine(lab, state, columns), summaryLine(lab, text, columns)]} />
    </>
  );
}

/** Both terminals, or in their place a picture. */
function Middle({lab, state, text, layout}: Omit<BodyProps, 'giving'>) {
  const {w, h} = layout.body;
  if (lab.tab === 0) return <PaneFrames lab={lab} state={state} text={text} layout={layout} />;
  const lines = bothLines(lab, state, w - 4, h - 1);
  return <Lines width={w} lines={Array.from({length: h}, (_, i) => (i === 0 ? '' : `  ${lines[i - 1] ?? ''}`))} />;
}

/** The stage is being built, or the lab cannot be shown here. */
function Waiting({lab, calm, width, height}: {lab: LabScreen; calm: string[]; width: number; height: number}) {
  const {say, style} = lab.app.look;
  const {rebuilding, errors} = lab.state ?? {rebuilding: null, errors: []};
  const doing = rebuilding ? say(`lab.rebuilding.${rebuilding.why}`) : say('lab.building');
  const failed = lab.failed !== undefined || errors.length > 0;
  const lines = ['', ...(failed ? failureLines(lab, width - 6) : [doing]), '', ...calm.map(style.bold)];
  return <Lines width={width} lines={Array.from({length: height}, (_, i) => fitTo(`   ${lines[i] ?? ''}`, width))} />;
}
