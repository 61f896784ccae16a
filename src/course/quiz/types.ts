/**
 * The vocabulary of quizzes. A question stands in a lab's files; an *item* is that question with what it needs to be asked;
 * an *asked* question is an item drawn for one person; a *judged* one has its score, its reasons and its evidence.
 */
import type {FactValue} from '../../engine/index.ts';
import type {Lab, QuizBlock, Words} from '../lab.ts';

/**
 * What a question asks for. single, multiple, number, text, order need no stage. prediction: what will the kernel answer
 * about a container set up at random; diagnosis: what is wrong with one; reading: a value that only this machine shows;
 * repair: make it so, by hand.
 */
export const KINDS = [
  'single',
  'multiple',
  'number',
  'text',
  'order',
  'prediction',
  'diagnosis',
  'reading',
  'repair',
] as const;
export type Kind = (typeof KINDS)[number];

/** One question of the pool. */
export interface Item {
  /** 'pid/q-hands': the lab's id and the block's; unique in a course. */
  id: string;
  kind: Kind;
  /** '03' and 'pid' of the lab that it belongs to. */
  number: string;
  labId: string;
  /** The document it stands in: the lab itself, or its quiz.md. */
  doc: Lab;
  /** Id of its step in that document. */
  step: string;
  block: QuizBlock;
  /** none: no stage is needed; lab: the lab is brought to its step; own: its own step's blocks on a fresh stage. */
  stage: 'none' | 'lab' | 'own';
  /** The step of the lab that "show me" opens. */
  show: string;
}

/** A question as one person gets it: drawn from the seed, with today's values. Holds no answer. */
export interface Asked {
  /** Place in the quiz, 1-based. */
  n: number;
  item: string;
  kind: Kind;
  number: string;
  labId: string;
  /** Markdown, values filled in. */
  ask: Words;
  /** In the drawn order; for kind order too. */
  choices?: {id: string; text: Words}[];
  points: number;
  /** A stage stands behind it: the answer is the kernel's. */
  live: boolean;
  vars: Record<string, string>;
}

/** What a person answers. null: nothing (skipped, or the time was over). */
export type Response = {choices: string[]} | {order: string[]} | {text: string} | {done: true} | null;

export type QuizVerdict = 'right' | 'partly' | 'wrong' | 'unjudged';

/** What the score rests on: enough to score again on a machine without a kernel to ask. */
export interface Evidence {
  /** ISO time of the judging. */
  at: string;
  /** Facts by full path, as the expressions named them and the kernel answered; before. paths included. */
  values: Record<string, FactValue | null>;
  /** Values drawn for this question. */
  vars: Record<string, string>;
  /** What would have been right, in the words of Response: for live questions as the kernel had it at that moment. */
  key: Response;
  /** SHA-256 (hex) of the bytes of all terminals of this question's stage, in the stream's order; absent without a stage. */
  transcript?: string;
  /** Commands that were typed by hand, the last 50, with side and status. */
  commands?: {side: string; command: string; status: number | null}[];
}

export interface Judged {
  verdict: QuizVerdict;
  /** Points, from 0 to the question's own. */
  points: number;
  /** Why the kernel could not be asked. */
  reason?: {code: string; params: Record<string, string | number>};
  /** Of a repair: the id of the mistake that the kernel's state looks like. */
  mistake?: string;
  evidence: Evidence;
}

/** What is said after an answer in practice: never in a graded quiz. */
export interface Explanation {
  /** The right answer in words. */
  right: Words;
  /** A reason for every choice. */
  choices?: {id: string; right: boolean; because: Words}[];
  because?: Words;
  /** Of a repair: what was done wrong. Markdown. */
  mistake?: Words;
}

/** An instructor's exam, as its YAML file has it. */
export interface Exam {
  title: Words;
  /** Numbers or names of labs; all where empty. */
  labs: string[];
  /** Kinds that may be drawn; all where empty. */
  kinds: Kind[];
  count: number;
  seed: string;
  /** Whole minutes; undefined: no limit. */
  minutes?: number;
  /** Ids of items that are in whatever is drawn, and of those that never are. */
  include: string[];
  exclude: string[];
  points: Partial<Record<Kind, number>>;
}

export interface Student {
  /** As given at the start; empty: nobody asked. */
  id: string;
  name: string;
  /** Login name on the machine. */
  user: string;
}

/** One question in a result file. */
export interface Result {
  asked: Asked;
  response: Response;
  judged: Judged;
  /** Seconds from being shown to being answered. */
  seconds: number;
  /** Hints taken and tries made; a graded quiz has none and one. */
  hints: number;
  tries: number;
}

/** A result file, version 1 (docs/result.schema.json). */
export interface ResultFile {
  format: 'glassbox-result';
  version: 1;
  app: string;
  kernel: string;
  mode: 'practice' | 'graded';
  exam: {title: Words; seed: string; labs: string[]; count: number; minutes: number | null; sealed: string | null};
  student: Student;
  started: string;
  finished: string | null;
  results: Result[];
  points: number;
  of: number;
  /** Each entry hashes the one before and one result (SHA-256, hex): an edit breaks all that follow. */
  chain: string[];
  /** Of sealed exams: HMAC-SHA-256 (hex) over the last of the chain, with a key drawn from the exam's secret. */
  seal?: string;
}
