/** The lab screen drawn: Ink lays out the panels, the terminals' room is left blank for the live regions. */
import {Box} from 'ink';
import type {LabState} from '../../course/index.ts';
import {Lines, Panel} from '../app/panel.tsx';
import {DemoView} from '../demo/View.tsx';
import {cells, clip, fitTo, spread} from '../text/width.ts';
import {bannerLines} from './banner.ts';
import {checkSegments} from './checks.ts';
import {failureLines} from './failure.ts';
import {fullCells} from './full.ts';
import {headerLine, labFooter, summaryLine, tabLine} from './header.ts';
import {journalTail} from './journal.ts';
import type {Layout} from './layout.ts';
import {type LessonView, lessonSegments, pendingKey} from './lesson.ts';
import {moreNote} from './more.ts';
import {Other} from './Other.tsx';
import {PaneFrames} from './PaneFrames.tsx';
import {bothLines, bothNote, bothTitle} from './pictures/panel.ts';
import type {LabScreen} from './screen.ts';
import {type Segment, windowOf} from './segments.ts';
import type {LabText} from './text.ts';
import {XrayView} from './xray/View.tsx';

interface Drawing {
  lab: LabScreen;
  state: LabState;
  text: LabText;
  layout: Layout;
}

export function LabView({lab}: {lab: LabScreen}) {
  if (lab.state?.show) return <DemoView lab={lab} />;
  const {columns, rows} = lab.app.size;
  const {state, text, layout} = lab;
  const ready = state && text && state.current >= 0 && !lab.failed;
  if (lab.full !== undefined) {
    const {h} = fullCells(lab.app.size);
    return <Lines width={columns} lines={[...Array<string>(h).fill(''), labFooter(lab, columns)]} />;
  }
  return (
    <Box width={columns} height={rows} flexDirection="column">
      <Lines width={columns} lines={[headerLine(lab, columns)]} />
      {ready && lab.view === 'xray' ? (
        <XrayView lab={lab} state={state} />
      ) : ready ? (
        <Body lab={lab} state={state} text={text} layout={layout} />
      ) : (
        <Waiting lab={lab} width={columns} height={rows - 2} />
      )}
      <Lines width={columns} lines={[labFooter(lab, columns)]} />
    </Box>
  );
}

/** Before the first step: the stage is being built, or could not be. */
function Waiting({lab, width, height}: {lab: LabScreen; width: number; height: number}) {
  const {say} = lab.app.look;
  const {rebuilding, errors} = lab.state ?? {rebuilding: null, errors: []};
  const doing = rebuilding ? say(`lab.rebuilding.${rebuilding.why}`) : say('lab.building');
  const ended = lab.failed !== undefined || errors.length > 0;
  const lines = ended ? failureLines(lab, width - 2) : [doing];
  return (
    <Lines
      width={width}
      lines={Array.from({length: height}, (_, i) => (i === 0 ? '' : fitTo(` ${lines[i - 1] ?? ''}`, width)))}
    />
  );
}

function Body({lab, state, text, layout}: Drawing) {
  const {columns} = lab.app.size;
  if (layout.wide) {
    return (
      <>
        <Box>
          <LessonPanel lab={lab} state={state} text={text} layout={layout} />
          <ChecksPanel lab={lab} state={state} text={text} layout={layout} />
        </Box>
        {lab.view === 'main' ? (
          <WideMain lab={lab} state={state} text={text} layout={layout} />
        ) : (
          <Other lab={lab} state={state} text={text} layout={layout} />
        )}
      </>
    );
  }
  return (
    <>
      <LessonStrip lab={lab} state={state} text={text} layout={layout} />
      <Lines width={columns} lines={[tabLine(lab, columns)]} />
      {lab.view === 'main' ? (
        <Tab lab={lab} state={state} text={text} layout={layout} />
      ) : (
        <Other lab={lab} state={state} text={text} layout={layout} />
      )}
      <Lines width={columns} lines={[summaryLine(lab, text, columns)]} />
    </>
  );
}

/** The step's title, or what is going on with the stage. */
function lessonTitle(lab: LabScreen, state: LabState, text: LabText): string {
  const {say} = lab.app.look;
  if (state.rebuilding) return say(`lab.rebuilding.${state.rebuilding.why}`);
  return text.plain(state.lab.steps[state.current]!.title);
}

/** Lesson lines in a window that follows the attention; remembers how far one can scroll. */
function lessonWindow(lab: LabScreen, segments: Segment[], height: number) {
  // What is looked at may be a check, which has a panel of its own: the lesson then stays where it goes on.
  const looked = segments.some(({key}) => key === lab.attentionKey) ? lab.attentionKey : pendingKey(lab.state!);
  const window = windowOf(segments, height, looked, lab.lessonTop);
  lab.extent.lesson = {top: window.top, last: window.last, height};
  return window;
}

function lessonView({reached, choice, busy, session}: LabScreen): LessonView {
  // Whoever looks on has nothing to choose, and no key to go on with.
  if (session?.watched) return {reached, choice: -1, busy: busy > 0 || session.watched.how !== 'replay'};
  return {reached, choice, busy: busy > 0};
}

function LessonPanel({lab, state, text, layout}: Drawing) {
  const {w, h} = layout.lesson;
  const banner = bannerLines(lab, state, w - 4, Math.ceil((h - 2) / 2));
  const window = lessonWindow(lab, lessonSegments(state, text, lessonView(lab), w - 4), h - 2 - banner.length);
  const title = lessonTitle(lab, state, text);
  const lines = [...banner, ...window.lines].map(line => ` ${line}`);
  return <Panel look={lab.app.look} width={w} height={h} title={title} note={moreNote(lab, window)} lines={lines} />;
}

function ChecksPanel({lab, state, text, layout}: Drawing) {
  const {w, h} = layout.checks!;
  const window = windowOf(checkSegments(state, text, w - 4, lab), h - 2, lab.attentionKey, lab.checksTop);
  lab.extent.checks = {top: window.top, last: window.last, height: h - 2};
  const lines = window.lines.map(line => ` ${line}`);
  return (
    <Panel
      look={lab.app.look}
      width={w}
      height={h}
      title={text.look.say('lab.checks')}
      note={checksNote(lab, window)}
      lines={lines}
    />
  );
}

/** That there is more, and the keys that show it. */
function checksNote(lab: LabScreen, window: {top: number; last: number}): string {
  const {keys, glyphs} = lab.app.look;
  const note = moreNote(lab, window);
  const label = (action: 'checks-up' | 'checks-down') => keys.label('lab', action, glyphs);
  return note && `${label('checks-up')} ${label('checks-down')} ${note}`;
}

/** Narrow: lesson and checks in one strip. Checks that need no words are in the summary line only. */
function LessonStrip({lab, state, text, layout}: Drawing) {
  const {w, h} = layout.lesson;
  const {style} = lab.app.look;
  const title: Segment = {key: 'title', lines: [style.bold(lessonTitle(lab, state, text))]};
  const lesson = lessonSegments(state, text, lessonView(lab), w - 2);
  const help = checkSegments(state, text, w - 2, lab);
  const banner = bannerLines(lab, state, w - 2, Math.ceil(h / 2));
  const segments = [title, ...lesson, {key: 'gap', lines: ['']}, ...help];
  const window = lessonWindow(lab, segments, h - banner.length);
  const note = moreNote(lab, window);
  const lines = [...banner, ...window.lines].map(line => fitTo(` ${line}`, w));
  while (lines.length < h) lines.push('');
  if (note) lines[h - 1] = spread(clip(lines[h - 1]!, w - cells(note) - 5, ''), style.dim(`(${note}) `), w, '');
  return <Lines width={w} lines={lines} />;
}

function WideMain({lab, state, text, layout}: Drawing) {
  const {look} = lab.app;
  const facts = layout.facts!;
  const journal = layout.journal!;
  const pad = (line: string) => ` ${line}`;
  const note = state.journal.length > 0 ? look.say('journal.count', {count: state.journal.at(-1)!.n + 1}) : '';
  return (
    <>
      <PaneFrames lab={lab} state={state} text={text} layout={layout} />
      <Box>
        <Panel
          look={look}
          width={facts.w}
          height={facts.h}
          title={bothTitle(lab)}
          note={bothNote(lab)}
          lines={bothLines(lab, state, facts.w - 4, facts.h - 2).map(pad)}
        />
        <Panel
          look={look}
          width={journal.w}
          height={journal.h}
          title={look.say('lab.journal')}
          note={note}
          lines={journalTail(state, look, journal.w - 4, journal.h - 2).map(pad)}
        />
      </Box>
    </>
  );
}

function Tab({lab, state, text, layout}: Drawing) {
  const {look} = lab.app;
  const {w, h} = layout.body;
  if (lab.tab === 0) return <PaneFrames lab={lab} state={state} text={text} layout={layout} />;
  const lines = lab.tab === 1 ? bothLines(lab, state, w - 2, h) : journalTail(state, look, w - 2, h);
  return <Lines width={w} lines={Array.from({length: h}, (_, i) => ` ${lines[i] ?? ''}`)} />;
}
