/** Questions and results for programs of others; loaded when one is written or read (quizFiles() of the course's face). */
export {quizExportWords} from '../words/quiz-export.ts';
export {ENDINGS, type Exported, exportQuestions, QUESTION_FORMATS, type QuestionFormat} from './export/export.ts';
export {exportResults, RESULT_FORMATS, ResultExportError, type ResultFormat} from './export/results/results.ts';
export type {CardOptions, Frozen, LeftOut} from './export/types.ts';
export type {GiftNote} from './import/gift.ts';
export {type Imported, importGift} from './import/quiz-md.ts';
export {loadPool} from './load.ts';
