/** What the shapes of a specification are made of. */
import {z} from 'zod';

const HOST_NAME_MAX = 64;

/** For the kernel a string ends at its first NUL; half a surrogate pair is no character, and would become another one. */
export const text = z
  .string()
  .refine(s => !s.includes('\0'), {params: {code: 'spec.nul'}})
  .refine(s => s.isWellFormed(), {params: {code: 'spec.surrogate'}});
export const word = text.min(1);
export const absolute = word.refine(s => s.startsWith('/'), {params: {code: 'spec.absolute'}});
/** Absolute, or inside the stage's folder. */
export const place = word.refine(s => s.startsWith('/') || !s.split('/').includes('..'), {
  params: {code: 'spec.place'},
});
/** Absolute, not "/" itself, and without a way up. */
export const below = absolute.refine(s => s.split('/').some(Boolean) && !s.split('/').some(p => /^\.\.?$/.test(p)), {
  params: {code: 'spec.below-root'},
});
export const hostName = word.refine(s => Buffer.byteLength(s) <= HOST_NAME_MAX, {
  params: {code: 'spec.too-long', max: HOST_NAME_MAX},
});
/** Entries under names of the author's. The one name that z.record passes over in silence is refused. */
export const record = <K extends z.ZodString, V extends z.ZodType>(key: K, value: V) =>
  z.preprocess(
    (given, {addIssue}) => {
      if (typeof given === 'object' && given !== null && Object.hasOwn(given, '__proto__')) {
        addIssue({code: 'custom', path: ['__proto__'], params: {code: 'spec.unknown-key', key: '__proto__'}});
      }
      return given;
    },
    z.record(key, value),
  );
export const id = z
  .int()
  .min(0)
  .max(2 ** 32 - 2);

/** "No limit" in an OCI file; no number of JavaScript is so large and exact, and this one is what JSON gives. */
export const UINT64_MAX = Number(2n ** 64n - 1n);

/** An unsigned number of 64 bits: exact as far as numbers are, or UINT64_MAX. */
export const uint64 = z.number().refine(n => n === UINT64_MAX || (Number.isSafeInteger(n) && n >= 0), {
  params: {code: 'spec.range', expected: '0 … 9007199254740991 | 18446744073709551615'},
});

/** The same for the kernel. */
export const toUint64 = (n: number): bigint => (n === UINT64_MAX ? 2n ** 64n - 1n : BigInt(n));
