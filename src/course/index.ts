/** The course's face: what screens and commands may import. */
export {type CompileOptions, type Condition, compile} from './conditions/compile.ts';
export {type ConditionFacts, evaluate, type Judgement, judge} from './conditions/judge.ts';
export {type ConditionSchema, type ConditionScope, conditionSchema} from './conditions/schema.ts';
export type * from './events.ts';
export {fold} from './fold/fold.ts';
export type * from './fold/state.ts';
export {initialState} from './fold/state.ts';
export {findLabs, type LabRef, resolveLab} from './format/find.ts';
export {type LoadedLab, loadLab} from './format/load.ts';
export type * from './lab.ts';
export {lintFolder, lintLab} from './lint/lint.ts';
export {NewLabError, newLab} from './new/new-lab.ts';
export type * from './session.types.ts';
export {formatFinding, LAB_WORDS, sayFinding} from './words/lab.ts';
export {NEW_WORDS, REASON_WORDS} from './words/lab-meaning.ts';
export {type Params, render, type WordTable} from './words/say.ts';
