/** What taking a quiz needs from the rest: stages for live questions, a place for results. */
import type {TerminalSize} from '../../../engine/index.ts';
import type {Event} from '../../events.ts';
import type {Words} from '../../lab.ts';
import type {Session} from '../../session.types.ts';
import type {QuizLog} from '../evidence.ts';
import type {LiveQuestion} from '../live.ts';
import type {Asked, Explanation, Item, Judged, QuizVerdict, Response, ResultFile} from '../types.ts';

/** A live question's stage, as far as a quiz needs it. */
export interface LiveStage extends Pick<LiveQuestion, 'fill' | 'judge' | 'close'> {
  /** Its terminals; it is started already. */
  readonly session: Session;
  /** Everything that has happened on it, bytes too; from then on it is no longer kept. */
  early(): Event[];
}

export interface TakeOptions {
  mode: 'practice' | 'graded';
  title: Words;
  asked: readonly Asked[];
  /** Each asked question's item, by id. */
  items: ReadonlyMap<string, Item>;
  /** Of a graded quiz: where every answer is kept before the next question is shown. */
  log?: QuizLog;
  /** When it has to be over, in ms since the epoch; undefined: no limit. */
  deadline?: number;
  /** Opens the stage of a live question. */
  openLive(item: Item, asked: Asked, size: TerminalSize): Promise<LiveStage>;
  /** Told of each question that was practised, with what its first answer was worth. */
  practised?(item: Item, what: {verdict: QuizVerdict; hints: number}): Promise<void>;
  /** Called once, at the end. @returns where the file was written, if anywhere */
  finish(results: ResultFile | undefined): Promise<string | undefined>;
  /** Builds the result of a quiz that has no log. */
  build(results: readonly Done[], finished: string): ResultFile;
  now?: () => number;
}

/** An answered question, as it goes into the results. */
export type Done = ResultFile['results'][number];

export type Phase =
  /** A question waits for its answer. */
  | 'asking'
  /** The kernel is being asked. */
  | 'judging'
  /** Practice: verdict and reasons are on the screen. */
  | 'told'
  /** After the last answer. */
  | 'over';

/** The question that is on the screen. */
export interface Current {
  item: Item;
  asked: Asked;
  /** How many of its hints are shown. */
  hints: number;
  /** Answers given to it so far. */
  tries: number;
  /** ISO time of the first showing. */
  shown: string;
  judged?: Judged;
  response?: Response;
  explanation?: Explanation;
  /** The stage, once it can be shown. */
  live?: LiveStage;
  /** Why there is none. */
  failed?: unknown;
}
