/** Puts the quiz's screen together. Loaded when a quiz is opened. */
import type {AppModel, LabPart} from '../app/model.ts';
import {interrupt, quizKey} from './keys.ts';
import {wantedLines} from './question.ts';
import {QuizScreen} from './screen.ts';
import {QuizView} from './View.tsx';

export function openQuiz(app: AppModel): LabPart {
  const quiz = new QuizScreen(app);
  quiz.measure = () => wantedLines(quiz);
  return {
    key: name => quizKey(quiz, name),
    get typing() {
      return quiz.typing;
    },
    get help() {
      return quiz.shown ? ('lab' as const) : ('quiz' as const);
    },
    interrupt: () => interrupt(quiz),
    back: () => quiz.back(),
    onInput: () => (quiz.shown ? quiz.shown.onInput() : quiz.stage?.onInput()),
    leaveTerminal: () => (quiz.shown ? quiz.shown.leaveTerminal() : quiz.stage?.leaveTerminal()),
    place: screen => quiz.place(screen),
    close: reason => quiz.close(reason),
    render: () => <QuizView quiz={quiz} />,
  };
}
