/** What the interpreter answers: gb_result, one gb_record per operation, and the out region (native/plan.h). */
import type {EncodedPlan} from './encode.ts';
import {RECORD_BYTES, RESULT_BYTES} from './layout.ts';

/** States of the child when the answer went out. */
export const childState = {none: 0, running: 1, execDone: 2, gone: 3} as const;

export interface RunResult {
  /** Index of the first operation of main that failed and was not tolerated, or -1. */
  mainOp: number;
  mainErrno: number;
  /** The same of the child; -2: it died without a word, and childErrno is its status. */
  childOp: number;
  childErrno: number;
  /** PID of the child, -1 without one. */
  pid: number;
  state: number;
}

export interface Answer {
  readonly encoded: EncodedPlan;
  readonly result: RunResult;
  /** Raw gb_record[]: main, child, final. Kept raw since nobody may ever ask for the journal. */
  readonly records: Buffer;
  readonly out: Buffer;
}

/** The gb_result with which an answer begins. */
export function readResult(payload: Buffer): RunResult {
  return {
    mainOp: payload.readInt32LE(0),
    mainErrno: payload.readInt32LE(4),
    childOp: payload.readInt32LE(8),
    childErrno: payload.readInt32LE(12),
    pid: payload.readInt32LE(16),
    state: payload.readInt32LE(20),
  };
}

/** Reads the payload of GB_DONE, or what gb_run wrote. The answer keeps the buffer. Throws RangeError where it is too short. */
export function readAnswer(encoded: EncodedPlan, payload: Buffer): Answer {
  const {main, child = [], final = []} = encoded.plan;
  const bytes = (main.length + child.length + final.length) * RECORD_BYTES;
  const expected = encoded.regions.reduce(
    (end, r) => Math.max(end, RESULT_BYTES + bytes + r.offset + r.size),
    RESULT_BYTES + bytes,
  );
  if (payload.length < expected) {
    throw new RangeError(`an answer of ${expected} bytes was expected, ${payload.length} came`);
  }
  const records = payload.subarray(RESULT_BYTES, RESULT_BYTES + bytes);
  return {encoded, result: readResult(payload), records, out: payload.subarray(RESULT_BYTES + bytes)};
}

/** Puts the child's records of a GB_EXEC event (payload: gb_result, gb_record[n_child]) into an earlier answer. */
export function mergeExec(answer: Answer, payload: Buffer): Answer {
  const {main} = answer.encoded.plan;
  payload.copy(answer.records, main.length * RECORD_BYTES, RESULT_BYTES);
  return {...answer, result: readResult(payload)};
}

/** A region that came back, by its name in plan.out. */
export function region(answer: Answer, name: string): Buffer {
  const place = answer.encoded.regions.find(r => r.name === name);
  if (!place) throw new RangeError(`the plan hands out no region "${name}"`);
  return answer.out.subarray(place.offset, place.offset + place.size);
}

/** Regions and named results of main, as plain objects. */
export function readOut(answer: Answer): {out: Record<string, Buffer>; results: Record<string, bigint>} {
  const out: Record<string, Buffer> = {};
  for (const {name} of answer.encoded.regions) out[name] = region(answer, name);
  const results: Record<string, bigint> = {};
  answer.encoded.plan.main.forEach((op, i) => {
    if (op.as === undefined || answer.records.readBigUInt64LE(i * RECORD_BYTES) === 0n) return;
    results[op.as] = answer.records.readBigInt64LE(i * RECORD_BYTES + 16);
  });
  return {out, results};
}
