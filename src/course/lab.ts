/** The model of a lab after parsing (docs/writing-labs.md). Words exist per language; structure and commands once. */
import type {ContainerSpec, IdMapping} from '../engine/index.ts';

export type Lang = 'en' | 'zh';
/** Text in each language; English is always there. Markdown where the field says so. */
export type Words = {en: string; zh?: string};

/** Position of a block in its file, 1-based. */
export interface Pos {
  file: string;
  line: number;
  col: number;
}

/** Where a command is typed: 'host', or the id of a container. */
export type Side = string;

export interface Requires {
  /** 'mapped': the root of a user namespace will do. */
  root?: boolean | 'mapped';
  namespaces?: string[];
  tools?: string[];
  filesystems?: string[];
  controllers?: string[];
}

export interface Lab {
  format: 1;
  /** 'uts' */
  id: string;
  /** '01', from the folder's name '01-uts'. */
  number: string;
  dir: string;
  title: Words;
  question: Words;
  minutes: number;
  sources: string[];
  requires: Requires;
  /** Variables drawn once per run: name -> values to pick from. */
  vars: Record<string, {pick: string[]}>;
  langs: Lang[];
  /** What stands above the first step. Markdown. */
  intro?: Words;
  steps: Step[];
  cleanup: RunBlock[];
}

export interface Step {
  id: string;
  title: Words;
  blocks: Block[];
  pos: Pos;
}

interface Common {
  pos: Pos;
  /** CEL condition: the block counts only where it is true. */
  when?: string;
}

export type Block =
  | ProseBlock
  | ContainerBlock
  | RunBlock
  | ShowBlock
  | PredictBlock
  | CheckBlock
  | QuizBlock
  | NoteBlock
  | DriftBlock;

/** Markdown. */
export interface ProseBlock extends Common {
  kind: 'prose';
  text: Words;
}

/** `yaml container #box` */
export interface ContainerBlock extends Common {
  kind: 'container';
  id: string;
  spec: ContainerSpec;
  /** Namespaces that the ablation key may leave out, one at a time. */
  without: string[];
  /** Namespaces that are left out of the spec before it is started, with ${…} for what is drawn; 'none' is nothing. */
  lacks?: string[];
  /** Maps of ids that stand instead on a stage whose user namespace lacks the ids of the spec's. */
  single?: {uidMappings: IdMapping[]; gidMappings: IdMapping[]};
}

/** `sh run #r1 on=host` */
export interface RunBlock extends Common {
  kind: 'run';
  id?: string;
  on: Side;
  /** One command per line, ${name} replaced by vars and ${box.pid}-like facts before typing. */
  commands: string[];
  /** Expected status, or the name of an errno that the command must print ("EPERM"). */
  expect: number | string;
  /** The command opens another shell (so its prompt is waited for). */
  enters?: string;
}

/** `yaml show` */
export interface ShowBlock extends Common {
  kind: 'show';
  /** Fact paths to stand side by side after the step. */
  facts: string[];
  picture?: 'layers' | 'topology' | 'processes' | 'cpu';
}

/** `yaml predict #p1`: asked before the run block below it. */
export interface PredictBlock extends Common {
  kind: 'predict';
  id: string;
  ask: Words;
  /** Exactly one `when` must hold after the run: that choice is the kernel's answer. */
  choices: {id: string; text: Words; when: string}[];
  /** Said after the reveal. Markdown. */
  because?: Words;
}

/** `cel check #isolated` with its hints, solution and mistakes. */
export interface CheckBlock extends Common {
  kind: 'check';
  id: string;
  /** What is to be true, in words for the learner. */
  title: Words;
  expr: string;
  hints: Words[];
  solve: RunBlock[];
  mistakes: Mistake[];
}

export interface Mistake {
  id: string;
  pos: Pos;
  /** What a person would type, for verify. */
  commands: RunBlock[];
  /** CEL that recognises it. */
  when: string;
  /** CEL: only where it holds can the mistake be made. */
  only?: string;
  say: Words;
}

/** `yaml quiz #q1` */
export interface QuizBlock extends Common {
  kind: 'quiz';
  id: string;
  type: 'single' | 'multiple' | 'number' | 'text' | 'order' | 'hands-on';
  ask: Words;
  /** What a question of its type asks for beyond it; undefined: nothing but its type. */
  asks?: 'prediction' | 'diagnosis' | 'reading';
  /** It cannot be asked in a user namespace: what it shows needs root of the machine. */
  needs?: 'root';
  /** With `when` the kernel says which is right (`right` is false then): of single exactly one holds. */
  choices?: {id: string; text: Words; right: boolean; because: Words; when?: string}[];
  /** number, text: CEL or literal; order: ids in order. */
  answer?: string;
  because?: Words;
  /** hands-on: CEL over facts, how to solve it, and one wrong attempt. */
  check?: string;
  solve?: RunBlock[];
  /** Commands of the first of `mistakes`. */
  wrong?: RunBlock[];
  /** Of any type. */
  hints?: Words[];
  mistakes?: Mistake[];
}

/** Speaker's note. Markdown. */
export interface NoteBlock extends Common {
  kind: 'note';
  text: Words;
}

/** "Notes versus kernel". Markdown. */
export interface DriftBlock extends Common {
  kind: 'drift';
  text: Words;
}

/** What lint and the parser say: `file:line:col: what, and how to mend it`. */
export interface Finding {
  file: string;
  line: number;
  col: number;
  severity: 'error' | 'warning';
  /** Message code with parameters, worded by src/course/words. */
  code: string;
  params: Record<string, string | number>;
}
