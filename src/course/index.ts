/** The course's face: what screens and commands may import. */
export {type CompileOptions, type Condition, compile} from './conditions/compile.ts';
export {type ConditionFacts, evaluate, type Judgement, judge} from './conditions/judge.ts';
export {type ConditionSchema, type ConditionScope, conditionSchema} from './conditions/schema.ts';
export {handedBack} from './demo/changes.ts';
export {HumanTypist, nextPace, PACE, type Typist, wordsPerMinute} from './demo/typist.ts';
export type * from './events.ts';
export {fold} from './fold/fold.ts';
export type * from './fold/state.ts';
export {initialState} from './fold/state.ts';
export {wordsOf} from './fold/words.ts';
export {findLabs, type LabRef, resolveLab} from './format/find.ts';
export {type LabHeader, loadHeader} from './format/header.ts';
export {type LoadedLab, loadLab} from './format/load.ts';
export {nearest} from './format/nearest.ts';
export {type LoadedQuiz, loadQuiz} from './format/quiz.ts';
export {type CollectOptions, collect} from './handout/collect.ts';
export type {IndexEntry} from './handout/contents.ts';
export {gather} from './handout/gather.ts';
export type {DrawPicture, Edition, Handout} from './handout/types.ts';
export {allRun, checkup} from './host/checkup.ts';
export {sayCure, sayHostFinding, sayRunsTitle, sayUnmet, sayVerdict, shownFindings} from './host/say.ts';
export type {CheckedFinding, Checkup, LabVerdict, Runs} from './host/types.ts';
export type * from './lab.ts';
export {lintFolder, lintLab, lintQuiz} from './lint/lint.ts';
export {CJK, chineseEmphasis} from './markdown/chinese.ts';
export {NewLabError, newLab} from './new/new-lab.ts';
export {statePlace} from './progress/place.ts';
export {type LabProgress, lastLeft, type Progress} from './progress/schema.ts';
export {type Notice, openProgress, type ProgressStore} from './progress/store.ts';
export {type Due, type DueStore, dayOf, dueItems, nextDue, openDue} from './quiz/due.ts';
export type {QuizLog} from './quiz/evidence.ts';
export type {ClassRow, GradedFile, GradeFinding, GradeOptions} from './quiz/grade.ts';
export {repairVerdict} from './quiz/kernel.ts';
export {type LiveQuestion, type OpenOptions, openQuestion} from './quiz/live.ts';
export type {Pool} from './quiz/load.ts';
export type {LogContent, LogHead} from './quiz/log.ts';
export {tally} from './quiz/score.ts';
export type {OpenedExam, SealedExam} from './quiz/seal.ts';
export {sayQuizError} from './quiz/take/say.ts';
export {fillOf, Take} from './quiz/take/take.ts';
export type {Current, Done, LiveStage, Phase, TakeOptions} from './quiz/take/types.ts';
export type * from './quiz/types.ts';
export {KINDS} from './quiz/types.ts';
export {type RecordedLab, type Recording, RecordingError, readRecording} from './record/reader.ts';
export {ReplaySession} from './record/replay.ts';
export {append, openRecorder, RECORDING_LIMIT, type Recorder, type RecorderTold} from './record/writer.ts';
export {type RehearseOptions, rehearsalStatus, rehearseLab} from './rehearse/rehearse.ts';
export {recordingRemarks, surroundings} from './rehearse/surroundings.ts';
export {rehearsalTable, remarkLine, sayRemark, unmetLines} from './rehearse/table.ts';
export type {LabRehearsal, Overflow, Remark, ScreenSize, StageTime} from './rehearse/types.ts';
export {type DriveOptions, unknownPrediction} from './run/drive.ts';
export {eventToJson, runJson} from './run/json.ts';
export {factText, plainMarkdown} from './run/lines.ts';
export {plainReporter, runPlain} from './run/plain.ts';
export {createSession} from './session/session.ts';
export {fillText} from './session/substitute.ts';
export type * from './session.types.ts';
export {type WatchOptions, type WatchStatus, watchDemo} from './share/client.ts';
export {type Hub, type HubOptions, openHub, type ShareProblem} from './share/hub.ts';
export {findSockets, placesOf} from './share/places.ts';
export {reportLines, sumLine} from './verify/table.ts';
export type {LabReport, Mutant, Rung, RungName} from './verify/types.ts';
export {type VerifyOptions, verifyLab, verifyStatus} from './verify/verify.ts';
export {engineWords} from './words/engine.ts';
export {type ErrorParts, errorParts, sayCall, sayErrno, sayError, sayFailure, sayReason} from './words/errors.ts';
export {factLabels, factMeanings} from './words/facts.ts';
export {hostWords} from './words/host.ts';
export {formatFinding, LAB_WORDS, sayFinding} from './words/lab.ts';
export {NEW_WORDS, REASON_WORDS} from './words/lab-meaning.ts';
export {isPlumbing, manPage} from './words/man-pages.ts';
export {QUIZ_FILE_WORDS} from './words/quiz.ts';
export {GRADE_WORDS} from './words/quiz-grade.ts';
export {rehearseWords} from './words/rehearse.ts';
export {type Params, render, type WordTable} from './words/say.ts';
export {sessionWords} from './words/session.ts';

/** Questions and results for programs of others; loaded only when one is written or read. */
export const quizFiles = () => import('./quiz/files.ts');
/** Lays handouts out; loaded only when one is written, since it brings the Markdown parser along. */
export const handoutPages = () => import('./handout/render.ts');

/** What `glassbox doctor --json` prints, and its schema; loaded only when it is asked for. */
export const doctorFiles = () => import('./host/schema.ts');

/** Quizzes: pool, drawing, logs, results, grading, sealing, exams; loaded when one is begun. */
export const quizzes = () => import('./quiz/index.ts');
