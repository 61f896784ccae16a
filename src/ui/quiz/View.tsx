/** The quiz drawn: the question above, of a live one both terminals below; after the last answer the table. */
import {Box} from 'ink';
import type {Current} from '../../course/index.ts';
import {Lines, panelLines} from '../app/panel.tsx';
import {fullCells} from '../lab/full.ts';
import {labFooter} from '../lab/header.ts';
import {PaneFrames} from '../lab/PaneFrames.tsx';
import {windowOf} from '../lab/segments.ts';
import {fitTo, spread} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import {asksLong, headerLine, questionTitle, quizFooter} from './header.ts';
import {overLines} from './over.ts';
import {areaOf, attentionOf, fieldColumn, questionSegments} from './question.ts';
import {said} from './said.ts';
import type {QuizScreen} from './screen.ts';

/** Lines of text longer than this are hard to read. */
const LINE = 100;

export function QuizView({quiz}: {quiz: QuizScreen}) {
  if (quiz.shown) return quiz.shown.render();
  const {app, stage, current} = quiz;
  const {columns, rows} = app.size;
  if (stage?.full !== undefined) {
    const {h} = fullCells(app.size);
    return <Lines width={columns} lines={[...Array<string>(h).fill(''), labFooter(stage, columns)]} />;
  }
  const foot = footLines(quiz, columns);
  return (
    <Box width={columns} height={rows} flexDirection="column">
      <Lines width={columns} lines={[headerLine(quiz, columns)]} />
      {current && quiz.take ? <Question quiz={quiz} current={current} /> : <Plain quiz={quiz} height={rows - 2} />}
      <Lines width={columns} lines={[foot.at(-1)!]} />
      {foot.length > 1 && (
        <Box position="absolute" marginTop={rows - foot.length}>
          <Lines width={columns} lines={foot} />
        </Box>
      )}
    </Box>
  );
}

/** What asks before leaving is said in full. */
function footLines(quiz: QuizScreen, width: number): string[] {
  const long = asksLong(quiz);
  if (!long) return [quizFooter(quiz, width)];
  const {style} = quiz.app.look;
  return wrap(long, width - 2).map(line => style.bold(fitTo(` ${line}`, width)));
}

/** Before the first question and after the last. */
function Plain({quiz, height}: {quiz: QuizScreen; height: number}) {
  const {take, failed, app} = quiz;
  const {look, size} = app;
  const {say, lang} = look;
  const width = size.columns;
  const room = Math.min(LINE, width - 4);
  const lines =
    failed !== undefined
      ? wrap(say('quiz.failed', {why: said(failed, lang)}), room)
      : take?.phase === 'over'
        ? [look.style.bold(say(take.late ? 'quiz.late' : 'quiz.over')), '', ...overLines(take, look, room)]
        : [say('quiz.loading')];
  const last = Math.max(0, lines.length - (height - 1));
  const top = Math.min(quiz.top ?? 0, last);
  quiz.extent = {top, last, height: height - 1};
  const shown = ['', ...lines.slice(top)];
  return <Lines width={width} lines={Array.from({length: height}, (_, i) => fitTo(`  ${shown[i] ?? ''}`, width))} />;
}

function Question({quiz, current}: {quiz: QuizScreen; current: Current}) {
  const {app, stage} = quiz;
  const {columns, rows} = app.size;
  const text = stage?.text;
  const state = stage?.state;
  const body = questionBody(quiz, current, columns);
  const layout = stage && state && text ? stage.layout : undefined;
  const height = layout ? layout.lesson.h : rows - 2;
  return (
    <>
      <Lines width={columns} lines={body.draw(height)} />
      {layout && <PaneFrames lab={stage!} state={state!} text={text!} layout={layout} />}
    </>
  );
}

/** The question's part of the screen, for whatever height it will get. */
function questionBody(quiz: QuizScreen, current: Current, columns: number) {
  const {look, size} = quiz.app;
  const {framed, margin, width} = areaOf(size);
  const segments = questionSegments(quiz, current, width);
  const draw = (height: number): string[] => {
    const room = framed ? height - 2 : height - 1;
    const window = windowOf(segments, room, attentionOf(quiz), quiz.top ?? topOf(segments, room, attentionOf(quiz)));
    quiz.extent = {top: window.top, last: window.last, height: room};
    const field = segments.slice(
      0,
      segments.findIndex(one => one.key === 'field'),
    );
    const row = field.reduce((sum, one) => sum + one.lines.length, 0) - window.top;
    quiz.fieldAt = row >= 0 && row < room ? {x: margin + fieldColumn(quiz, width), y: 2 + row} : undefined;
    const {glyphs, style, say} = look;
    const more =
      window.last === 0
        ? ''
        : `${say('lab.more')} ${(window.top > 0 ? glyphs.moreUp : '') + (window.top < window.last ? glyphs.more : '')}`;
    if (framed) {
      const lines = window.lines.map(line => ` ${line}`);
      return panelLines({look, width: columns, height, title: questionTitle(quiz), note: more, lines});
    }
    const head = spread(` ${style.bold(questionTitle(quiz))}`, more ? `${style.dim(more)} ` : '', columns, glyphs.cut);
    return [head, ...Array.from({length: room}, (_, i) => fitTo(` ${window.lines[i] ?? ''}`, columns))];
  };
  return {draw};
}

/** After the answer the verdict stands at the top, where not all of it has room. */
function topOf(segments: {key: string; lines: string[]}[], room: number, attention: string): number | undefined {
  if (attention !== 'told') return undefined;
  const at = segments.findIndex(one => one.key === 'told');
  const total = segments.reduce((sum, one) => sum + one.lines.length, 0);
  if (at < 0 || total <= room) return 0;
  return segments.slice(0, at).reduce((sum, one) => sum + one.lines.length, 0);
}
