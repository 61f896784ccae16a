/** 64-bit numbers in JSON: as numbers where they are exact, and marked where they are not, so that each comes back. */
import {z} from 'zod';
import type {Facts, FactValue} from '../../engine/index.ts';

const MARK = '$int';

/** For JSON.stringify. */
export function toPlain(_: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : {[MARK]: String(value)};
}

/** As it was before toPlain. */
function fromPlain(value: number | {[MARK]: string}): bigint {
  return BigInt(typeof value === 'number' ? value : value[MARK]);
}

const marked = z.strictObject({[MARK]: z.string().regex(/^-?\d{1,40}$/)});

/** A 64-bit number; 0.5 and 1e300 are none. */
export const int = z.union([z.int(), marked]).transform(fromPlain);

export const factValue: z.ZodType<FactValue> = z.lazy(() =>
  z.union([z.string(), z.boolean(), int, z.array(factValue), z.record(z.string(), factValue)]),
);

export const facts: z.ZodType<Facts> = z.record(z.string(), factValue);
