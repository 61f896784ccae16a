/** What each key does in a quiz. */
import type {QuizAction} from '../app/actions.ts';
import type {KeyName} from '../app/keys.ts';
import {enterFull} from '../lab/full.ts';
import type {QuizScreen} from './screen.ts';

const DEEDS: Partial<Record<QuizAction, (quiz: QuizScreen) => void>> = {
  answer: enter,
  tick: quiz => quiz.answer?.tick(),
  hint,
  skip: quiz => give(quiz, null),
  again: again,
  show: quiz => {
    if (quiz.take?.phase === 'told') void quiz.show();
  },
  terminal: quiz => focus(quiz, false),
  'other-terminal': quiz => focus(quiz, true),
  'full-screen': quiz => quiz.stage && enterFull(quiz.stage),
};

const SCROLL: Record<string, number> = {up: -1, down: 1, 'page-up': -1, 'page-down': 1};

export function quizKey(quiz: QuizScreen, name: KeyName): void {
  if (quiz.shown) {
    quiz.shown.key(name);
    return;
  }
  const {keys} = quiz.app;
  const {stage} = quiz;
  const leaves = keys.action('everywhere', name) === 'leave';
  quiz.notice = undefined;
  if (stage) stage.notice = undefined;
  if (quiz.asking && leaves) leave(quiz);
  // Any other key only stays: nobody gives an answer by it.
  else if (quiz.asking) quiz.asking = false;
  else {
    if ((quiz.typing && typed(quiz, name)) || (!leaves && moved(quiz, name))) return;
    const action = keys.action('quiz', name);
    if (leaves) leave(quiz);
    else if (action) DEEDS[action]?.(quiz);
  }
}

/** q and Ctrl-C: the first one asks. @returns false: it is meant */
export function interrupt(quiz: QuizScreen): boolean {
  const {take} = quiz;
  if (quiz.asking || !take || take.phase === 'over') return false;
  ask(quiz, 'Ctrl-C');
  return true;
}

/** Enter, Esc and Tab mean the same in the field; all else is text. */
function typed(quiz: QuizScreen, name: KeyName): boolean {
  const {answer} = quiz;
  if (name === 'escape') {
    quiz.field = false;
    return true;
  }
  if (!answer?.edit(name)) return false;
  quiz.top = undefined;
  return true;
}

function moved(quiz: QuizScreen, name: KeyName): boolean {
  const {answer, take} = quiz;
  const asking = take?.phase === 'asking' && answer !== undefined;
  if (asking && (name === 'up' || name === 'down') && answer.move(name === 'up' ? -1 : 1)) {
    quiz.top = undefined;
    return true;
  }
  if (asking && /^[1-9]$/.test(name) && Number(name) <= answer.order.length) {
    answer.tick(Number(name) - 1);
    quiz.top = undefined;
    return true;
  }
  const step = SCROLL[name];
  if (!step) return false;
  const {top, last, height} = quiz.extent;
  const by = name.startsWith('page') ? step * Math.max(1, height - 2) : step;
  quiz.top = Math.max(0, Math.min(last, (quiz.top ?? top) + by));
  return true;
}

function enter(quiz: QuizScreen): void {
  const {take, answer} = quiz;
  if (!take) return;
  if (take.phase === 'over') void quiz.app.closeLab();
  else if (take.phase === 'told') void take.next();
  else if (take.phase !== 'asking' || !answer) return;
  else if (answer.form === 'field' && !quiz.field) quiz.field = true;
  else {
    const response = answer.response();
    if (response !== undefined) {
      give(quiz, response);
      return;
    }
    const {keys, look} = quiz.app;
    const label = (action: 'tick' | 'skip') => keys.label('quiz', action, look.glyphs);
    quiz.notice =
      answer.form === 'field'
        ? {
            code: 'quiz.empty',
            params: {leave: keys.label('everywhere', 'leave', look.glyphs), skip: label('skip')},
          }
        : {code: 'quiz.noneTicked', params: {tick: label('tick'), skip: label('skip')}};
  }
}

function give(quiz: QuizScreen, response: Parameters<NonNullable<QuizScreen['take']>['answer']>[0]): void {
  const {take, current} = quiz;
  if (!take || !current || take.phase !== 'asking') return;
  if (response && current.asked.live && !current.live && current.failed === undefined) {
    quiz.notice = {code: 'quiz.notYet'};
    return;
  }
  if (quiz.answer) quiz.answer.lifted = false;
  void take.answer(response);
}

function hint(quiz: QuizScreen): void {
  if (quiz.take?.phase !== 'asking') return;
  if (!quiz.take.hint()) quiz.notice = {code: quiz.take.graded ? 'quiz.noHints' : 'quiz.noHint'};
}

/** After an answer: once more. Before it: a fresh stage. */
function again(quiz: QuizScreen): void {
  const {take} = quiz;
  if (take?.phase === 'told') take.retry();
  else if (take?.phase === 'asking') void take.reset().catch(() => {});
}

function focus({stage}: QuizScreen, other: boolean): void {
  const {panes, boxSide} = stage ?? {};
  if (!stage || !panes || boxSide === undefined) return;
  const opposite = stage.nextSide === 'host' ? boxSide : 'host';
  const wanted = other ? opposite : stage.nextSide;
  if (!panes.enter(wanted) && !panes.enter(wanted === 'host' ? boxSide : 'host'))
    stage.notice = {code: 'lab.noTerminalYet'};
}

function leave(quiz: QuizScreen): void {
  const {take, app} = quiz;
  if (!take || take.phase === 'over') void app.closeLab();
  else if (!quiz.asking) ask(quiz, app.keys.label('everywhere', 'leave', app.look.glyphs));
  else {
    quiz.asking = false;
    // Whoever practises sees what came of it; a graded quiz is not over.
    if (!take.graded && take.done.length > 0) void take.stop();
    else void app.closeLab();
  }
}

function ask(quiz: QuizScreen, key: string): void {
  const {graded, left} = quiz.take!;
  quiz.asking = true;
  const code = !graded ? 'quiz.leave' : left === undefined ? 'quiz.leaveGraded' : 'quiz.leaveTimed';
  quiz.notice = {code, params: {key}};
}
