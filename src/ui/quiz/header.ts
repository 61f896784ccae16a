/** The top line and the line of keys of a quiz. */

import type {ActionsOf} from '../app/actions.ts';
import {footerLine, type KeyHint} from '../app/footer.ts';
import {hasHome} from '../app/watching.ts';
import {labFooter} from '../lab/header.ts';
import {clip, fitTo, spread} from '../text/width.ts';
import {clock} from './clock.ts';
import type {QuizScreen} from './screen.ts';

const MINUTE_MS = 60_000;

export function headerLine({app, take, current}: QuizScreen, width: number): string {
  const {say, style, glyphs, lang} = app.look;
  if (!take) return fitTo(` ${style.bold(say('key.quiz'))}`, width);
  const {title} = take.options;
  const label = take.graded ? `${style.inverse(style.bold(` ${say('quiz.graded')} `))} ` : '';
  const name = `${label}${style.bold(title[lang] ?? title.en)}`;
  const dot = ` ${glyphs.dot} `;
  const at = current ? `${dot}${say('quiz.number', {n: current.asked.n, of: take.of})}` : '';
  const {left} = take;
  const time = left === undefined || take.phase === 'over' ? '' : say('quiz.left', {time: clock(left)});
  const short = left !== undefined && left < MINUTE_MS;
  const right = time ? (short ? style.inverse(style.bold(` ${time} `)) : `${time} `) : '';
  const width10 = Math.min(20, take.of);
  const done = take.of > 0 ? Math.round((take.done.length / take.of) * width10) : 0;
  const bar = style.accent(glyphs.barDone.repeat(done)) + glyphs.barAhead.repeat(width10 - done);
  return spread(` ${name}${at}`, `  ${right} ${bar} `, width, glyphs.cut);
}

/** '03 PID · reading · 1 point' */
export function questionTitle({app, current}: QuizScreen): string {
  if (!current) return '';
  const {say, glyphs} = app.look;
  const {number, kind, points} = current.asked;
  const worth = say(points === 1 ? 'quiz.point' : 'quiz.points', {points});
  return [number, say(`quiz.kind.${kind}`), worth].join(` ${glyphs.dot} `);
}

export function quizFooter(quiz: QuizScreen, width: number): string {
  const {app, notice, stage} = quiz;
  const {look} = app;
  const {say, style, glyphs} = look;
  if (notice) return fitTo(clip(` ${style.bold(say(notice.code, notice.params))}`, width, glyphs.cut), width);
  if (stage && (stage.notice || stage.panes?.focused !== undefined)) return labFooter(stage, width);
  return footerLine(look, width, hints(quiz), always(quiz));
}

/** A sentence that asks before leaving may need more than the last line. */
export function asksLong(quiz: QuizScreen): string | undefined {
  const {notice, app} = quiz;
  return quiz.asking && notice ? app.look.say(notice.code, notice.params) : undefined;
}

function always(quiz: QuizScreen): KeyHint[] {
  const {keys, say, glyphs} = quiz.app.look;
  const leave = keys.label('everywhere', 'leave', glyphs);
  if (quiz.typing) return [[leave, say('key.keys')]];
  const over = !quiz.take || quiz.take.phase === 'over';
  return [
    [keys.label('everywhere', 'help', glyphs), say('key.help')],
    [leave, say(!over ? 'key.end' : hasHome(quiz.app.deps.mode) ? 'key.labs' : 'key.quit')],
  ];
}

function hints(quiz: QuizScreen): KeyHint[] {
  const {take, answer, current, app} = quiz;
  const {keys, say, glyphs} = app.look;
  const key = (action: ActionsOf<'quiz'>) => keys.label('quiz', action, glyphs);
  const enter = key('answer');
  const language: KeyHint = [keys.label('everywhere', 'language', glyphs), say('key.lang')];
  const scroll: KeyHint = ['PgUp/PgDn', say('key.scroll')];
  const terminals: KeyHint[] = current?.live
    ? [
        [key('terminal'), say('key.terminal')],
        [key('full-screen'), say('key.fullScreen')],
      ]
    : [];
  if (!take) return [language];
  if (take.phase === 'over') return [[enter, say(hasHome(app.deps.mode) ? 'key.labs' : 'key.quit')], scroll, language];
  if (take.phase === 'told') {
    const last = take.done.length === take.of;
    return [
      [enter, say(last ? 'key.toResult' : 'key.nextQuestion')],
      [key('again'), say('key.again')],
      [key('show'), say('key.showMe')],
      scroll,
      ...terminals,
      language,
    ];
  }
  if (!answer || !current || take.phase === 'judging') return [language];
  if (quiz.typing) return [[enter, say('key.answer')], ...terminals.slice(0, 1)];
  const {form} = answer;
  const list: KeyHint[] = [];
  if (form === 'field') list.push([enter, say('key.type')]);
  else list.push([enter, say(form === 'deed' ? 'key.doneIt' : 'key.answer')]);
  if (answer.order.length > 0) list.push([glyphs.upDown, say('key.choose')]);
  if (form === 'multiple') list.push([key('tick'), say('key.tick')]);
  if (form === 'order') list.push([key('tick'), say('key.move')]);
  list.push(...terminals.slice(0, 1));
  if (!take.graded && (current.item.block.hints?.length ?? 0) > 0) list.push([key('hint'), say('key.hint')]);
  list.push([key('skip'), say('key.skip')]);
  if (current.asked.live) list.push([key('again'), say('key.freshStage')]);
  list.push(...terminals.slice(1), scroll, language);
  return list;
}
