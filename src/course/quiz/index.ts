/** Everything of quizzes but their screens; loaded when one is begun, graded or written (quizzes() of the course's face). */
export {sameAnswer} from './answers.ts';
export {ask, drawItems, drawQuiz, ofLab, seedOf} from './draw.ts';
export {type Due, type DueStore, dayOf, dueItems, nextDue, openDue} from './due.ts';
export {beginLog, type LogOptions, logPlace, openLogs, type QuizLog, readLog, resumeLog} from './evidence.ts';
export {type LoadedExam, loadExam, parseExam} from './exam.ts';
export {exportResults, RESULT_FORMATS, type ResultFormat} from './export/results/results.ts';
export {QuizError} from './fault.ts';
export {
  type ClassRow,
  classTable,
  type GradedFile,
  type GradeFinding,
  type GradeOptions,
  gradeFile,
  gradeFiles,
  gradeResult,
  regraded,
} from './grade.ts';
export {loadPool, type Pool} from './load.ts';
export type {LogContent, LogHead} from './log.ts';
export {isLive, itemsOf, kindOf, liveAnswer, requiresOf, staticKey} from './pool.ts';
export {buildResult, parseResult, readResult, resultText, unanswered, writeResult} from './result.ts';
export {POINTS, type Score, score, type Tally, tally, tallyByLab} from './score.ts';
export {type OpenedExam, openExam, resultKey, type SealedExam, sealExam, sealedTitle} from './seal.ts';
export {openStage} from './take/live.ts';
export type * from './types.ts';
export {KINDS} from './types.ts';
