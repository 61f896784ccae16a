/** Any event that a session may say, for properties. */
import fc from 'fast-check';
import type {Event, EventBody} from '../../../src/course/index.ts';

const text = fc.oneof(
  fc.string(),
  fc.string({unit: 'grapheme'}),
  fc.constantFrom('\u2028', '"', '\\', '\n', '\x1b[31m'),
);
const name = fc.string({minLength: 1});
const count = fc.nat();
const number = fc.oneof(fc.integer(), fc.double({noNaN: true, noDefaultInfinity: true})).map(value => value + 0);
const cell = fc.integer({min: 1, max: 1000});
const flag = fc.boolean();
const int = fc.oneof(
  fc.bigInt({min: -(1n << 63n), max: (1n << 64n) - 1n}),
  fc.constantFrom(0n, (1n << 53n) - 1n, 1n << 53n),
);
const key = fc.string().filter(one => !one.startsWith('$') && one !== '__proto__');
const {fact} = fc.letrec(tie => ({
  fact: fc.oneof(
    {maxDepth: 3},
    text,
    flag,
    int,
    fc.array(tie('fact'), {maxLength: 4}),
    fc.dictionary(key, tie('fact'), {maxKeys: 4}),
  ),
}));
const facts = fc.dictionary(key, fact, {maxKeys: 4});
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, {nil: null});
const params = fc.dictionary(key, fc.oneof(text, number), {maxKeys: 3});
const verdict = fc.constantFrom('pass', 'fail', 'cannot-judge');
const by = fc.constantFrom('lab', 'learner');
const side = name;

/** Fields that may be there. */
const some = (required: Record<string, fc.Arbitrary<unknown>>, optional: Record<string, fc.Arbitrary<unknown>> = {}) =>
  fc.record({...required, ...optional}, {requiredKeys: Object.keys(required)});

const reason = some({code: text, params});
const call = some(
  {
    who: fc.constantFrom('keeper', 'child'),
    call: text,
    args: fc.array(text),
    startNs: int,
    durationNs: int,
    purpose: text,
  },
  {result: int, errno: text, tolerated: flag},
);
const calls = fc.array(call, {maxLength: 3});
const status = some(
  {userUs: number, systemUs: number, maxRssBytes: number},
  {code: number, signal: text, coreDumped: flag},
);
const row = some({
  ...{pid: count, ppid: count, nspids: fc.array(count), pidns: int, comm: text, command: text, state: text},
  side,
});
const pending = fc.oneof(
  some({kind: fc.constant('container'), id: text, at: count}),
  some({kind: fc.constant('run'), on: side, commands: fc.array(text), at: count}, {run: text}),
  some({kind: fc.constant('predict'), id: text, at: count}),
  some({kind: fc.constant('next-step')}),
  some({kind: fc.constant('finish')}),
);
const show = some({
  ...{blank: flag, block: count, taken: maybe(side), auto: maybe(number), keyMs: number},
  ...{lab: count, labs: count, loop: flag, minutes: number},
});
const vars = fc.dictionary(key, text, {maxKeys: 3});
const stage = fc.constantFrom('private', 'real-host');
const size = {side, cols: cell, rows: cell};
const why = fc.constantFrom('reset-step', 'reset-lab', 'back', 'resume', 'lost', 'go');
const values = fc.dictionary(key, maybe(fact), {maxKeys: 3});
const shape = fc.array(some({path: text, withFlag: maybe(fact), withoutFlag: maybe(fact)}), {maxLength: 3});
const judged = fc.array(some({id: text, withFlag: verdict, withoutFlag: verdict}), {maxLength: 3});
const changed = fc.array(some({path: text, before: maybe(fact), now: maybe(fact)}), {maxLength: 3});
const error = some({code: text, params}, {call, journal: calls});

/** A type that is not here is a type error. */
const BODIES: {[T in EventBody['type']]: fc.Arbitrary<unknown>} = {
  'session-started': some({
    ...{lab: text, labDir: text, version: text, kernel: text, stage, seed: text, vars, root: flag},
  }),
  'stage-ready': some({keeperPid: count, dir: text, journal: calls}),
  'step-entered': some({step: text, index: count, of: count}),
  'left-out': some({step: text, blocks: fc.array(count)}),
  pending: some({block: maybe(pending)}),
  'terminal-opened': some(size),
  'terminal-closed': some({side}),
  'terminal-resized': some(size),
  bytes: some({side, data: fc.uint8Array({maxLength: 300}).map(data => Buffer.from(data))}),
  'terminal-idle': some({side, sure: flag}),
  'command-typed': some({side, command: text, by}, {run: text}),
  'command-finished': some({side, command: text, by, status: maybe(number), output: text}, {run: text}),
  'command-unexpected': some(
    {side, command: text, expected: fc.oneof(number, text), status: maybe(number)},
    {run: text},
  ),
  'container-started': some({id: side, pid: count}, {without: text}),
  journal: some({who: text, entries: calls}),
  'container-gone': some({id: side, status: maybe(status)}),
  facts: some({sides: fc.dictionary(key, maybe(facts), {maxKeys: 3}), changed: fc.array(text)}),
  processes: some({list: fc.array(row, {maxLength: 3})}),
  xray: some({pid: count, facts: maybe(facts)}),
  'prediction-asked': some({id: text}),
  'prediction-answered': some({id: text, choice: maybe(text)}),
  'prediction-judged': some({id: text, choice: maybe(text), answer: maybe(text), verdict}, {reason}),
  check: some({id: text, verdict, values}, {mistake: text, reason}),
  'hint-shown': some({check: text, index: count, of: count}),
  'solution-shown': some({check: text, runs: fc.array(count)}),
  'wrong-side': some({command: text, typedOn: side, expectedOn: side, check: text}),
  'ablation-started': some({container: text, without: text}),
  'ablation-result': some({container: text, without: text, rows: shape, checks: judged, journal: calls}),
  show: some({show}),
  poll: some({prediction: text, votes: fc.dictionary(key, count, {maxKeys: 4})}),
  'handed-back': some({side, changed, broken: fc.array(text)}),
  'step-done': some({step: text, skipped: flag}),
  rebuilding: some({step: text, why}),
  rebuilt: some({step: text}),
  error: some({error, where: text, fatal: flag}),
  'spool-full': some({limitBytes: number}),
  'lab-done': some({checksPassed: count, checks: count, predictionsRight: count, predictions: count}),
  'session-ended': some({reason: fc.constantFrom('finished', 'left', 'failed'), left: fc.array(text)}),
};

export const TYPES = Object.keys(BODIES) as EventBody['type'][];

export function eventOfType(type: EventBody['type']): fc.Arbitrary<Event> {
  return fc
    .tuple(BODIES[type], count, number, fc.option(text, {nil: undefined}))
    .map(([body, seq, ms, at]) => ({type, ...(body as object), seq, ms, ...(at !== undefined && {at})}) as Event);
}

export const anyEvent: fc.Arbitrary<Event> = fc.oneof(...TYPES.map(eventOfType));
