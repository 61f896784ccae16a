/** What an event of a recording must be made of: it may come from anywhere, and no screen looks at it twice. */
import {z} from 'zod';
import type {EngineErrorInfo, ExitStatus, JournalEntry, ProcessRow} from '../../engine/index.ts';
import type {Event, EventBody, Reason, Show} from '../events.ts';
import {facts, factValue, int} from './values.ts';

const text = z.string();
const number = z.number();
const count = z.int().min(0);
const cell = z.int().min(1).max(1000);
const side = text.min(1);
const by = z.enum(['lab', 'learner']);
const verdict = z.enum(['pass', 'fail', 'cannot-judge']);
const params = z.record(text, z.union([text, number]));
const reason: z.ZodType<Reason> = z.object({code: text, params});

const call: z.ZodType<JournalEntry> = z.object({
  who: z.enum(['keeper', 'child']),
  call: text,
  args: z.array(text),
  result: int.optional(),
  errno: text.optional(),
  tolerated: z.boolean().optional(),
  startNs: int,
  durationNs: int,
  purpose: text,
});

const status: z.ZodType<ExitStatus> = z.object({
  code: number.optional(),
  signal: text.optional(),
  coreDumped: z.boolean().optional(),
  userUs: number,
  systemUs: number,
  maxRssBytes: number,
});

const error: z.ZodType<EngineErrorInfo> = z.object({
  code: text,
  params,
  call: call.optional(),
  journal: z.array(call).optional(),
});

const row: z.ZodType<ProcessRow> = z.object({
  pid: number,
  ppid: number,
  nspids: z.array(number),
  pidns: int,
  comm: text,
  command: text,
  state: text,
  side: text,
});

const pending = z.union([
  z.object({kind: z.literal('container'), id: text, at: count}),
  z.object({kind: z.literal('run'), on: side, commands: z.array(text), run: text.optional(), at: count}),
  z.object({kind: z.literal('predict'), id: text, at: count}),
  z.object({kind: z.literal('next-step')}),
  z.object({kind: z.literal('finish')}),
]);

const show: z.ZodType<Show> = z.object({
  blank: z.boolean(),
  block: count,
  taken: side.nullable(),
  auto: number.nullable(),
  keyMs: number,
  lab: count,
  labs: count,
  loop: z.boolean(),
  minutes: number,
});

const fact = factValue.nullable();
const size = {side, cols: cell, rows: cell};
const command = {side, command: text, run: text.optional()};
const judged = z.array(z.object({id: text, withFlag: verdict, withoutFlag: verdict}));
const rows = z.array(z.object({path: text, withFlag: fact, withoutFlag: fact}));
const place = {step: text, index: count, of: count};
const stage = z.enum(['private', 'real-host']);
const why = z.enum(['reset-step', 'reset-lab', 'back', 'resume', 'lost', 'go']);
const bytes = z.base64().transform(data => Buffer.from(data, 'base64') as Uint8Array);

/** By type; a type that is not in it is a type error here. */
const BODIES = {
  'session-started': {
    ...{lab: text, labDir: text, version: text, kernel: text, stage, seed: text, root: z.boolean()},
    vars: z.record(text, text),
  },
  'stage-ready': {keeperPid: number, dir: text, journal: z.array(call)},
  'step-entered': place,
  'left-out': {step: text, blocks: z.array(count)},
  pending: {block: pending.nullable()},
  'terminal-opened': size,
  'terminal-closed': {side},
  'terminal-resized': size,
  bytes: {side, data: bytes},
  'terminal-idle': {side, sure: z.boolean()},
  'command-typed': {...command, by},
  'command-finished': {...command, by, status: number.nullable(), output: text},
  'command-unexpected': {...command, expected: z.union([number, text]), status: number.nullable()},
  'container-started': {id: side, pid: number, without: text.optional()},
  journal: {who: text, entries: z.array(call)},
  'container-gone': {id: side, status: status.nullable()},
  facts: {sides: z.record(text, facts.nullable()), changed: z.array(text)},
  processes: {list: z.array(row)},
  xray: {pid: number, facts: facts.nullable()},
  'prediction-asked': {id: text},
  'prediction-answered': {id: text, choice: text.nullable()},
  'prediction-judged': {id: text, choice: text.nullable(), answer: text.nullable(), verdict, reason: reason.optional()},
  check: {id: text, verdict, mistake: text.optional(), reason: reason.optional(), values: z.record(text, fact)},
  'hint-shown': {check: text, index: count, of: count},
  'solution-shown': {check: text, runs: z.array(count)},
  'wrong-side': {command: text, typedOn: side, expectedOn: side, check: text},
  'ablation-started': {container: text, without: text},
  'ablation-result': {container: text, without: text, rows, checks: judged, journal: z.array(call)},
  show: {show},
  poll: {prediction: text, votes: z.record(text, number)},
  'handed-back': {
    side,
    changed: z.array(z.object({path: text, before: fact, now: fact})),
    broken: z.array(text),
  },
  'step-done': {step: text, skipped: z.boolean()},
  rebuilding: {step: text, why},
  rebuilt: {step: text},
  error: {error, where: text, fatal: z.boolean()},
  'spool-full': {limitBytes: number},
  'lab-done': {checksPassed: count, checks: count, predictionsRight: count, predictions: count},
  'session-ended': {reason: z.enum(['finished', 'left', 'failed']), left: z.array(text)},
} satisfies {[T in EventBody['type']]: z.ZodRawShape};

const SHAPES = new Map(
  Object.entries(BODIES).map(([type, body]) => [
    type,
    z.object({type: z.literal(type), ...body, seq: count, ms: number, at: text.optional()}),
  ]),
);

/** The event as the live stream had it; undefined: it is none. */
export function eventOf(value: unknown): Event | undefined {
  const type = (value as {type?: unknown} | null | undefined)?.type;
  const shape = typeof type === 'string' ? SHAPES.get(type) : undefined;
  const parsed = shape?.safeParse(value);
  return parsed?.success ? (parsed.data as unknown as Event) : undefined;
}
