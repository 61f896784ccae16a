/** The shape of a result file and of its parts: what readers check, and where docs/result.schema.json comes from. */
import {z} from 'zod';
import type {FactValue} from '../../engine/index.ts';
import {factValue} from '../record/values.ts';
import {type Asked, KINDS, type Result, type ResultFile} from './types.ts';

const text = z.string();
const texts = z.array(text);
const count = z.number().min(0);
const whole = z.int().min(0);
const words = z.strictObject({en: text, zh: text.optional()}).describe('Text in each language; English always.');
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const vars = z.record(text, text).describe('Values drawn for this question.');

const response = z
  .union([
    z.strictObject({choices: texts}),
    z.strictObject({order: texts}),
    z.strictObject({text}),
    z.strictObject({done: z.literal(true)}),
    z.null(),
  ])
  .describe('What a person answers; null: nothing.');

export const askedSchema: z.ZodType<Asked> = z.strictObject({
  n: z.int().min(1).describe('Place in the quiz, from 1.'),
  item: text,
  kind: z.enum(KINDS),
  number: text,
  labId: text,
  ask: words,
  choices: z.array(z.strictObject({id: text, text: words})).optional(),
  points: count,
  live: z.boolean().describe('A container stood behind it: the answer is the kernel’s.'),
  vars,
});

const values: z.ZodType<Record<string, FactValue | null>> = z
  .record(text, z.union([factValue, z.null()]))
  .describe('Facts by full path, as the kernel answered; {"$int": "…"} is a number too large for JSON.');

const evidence = z.strictObject({
  at: z.iso.datetime().describe('When it was judged.'),
  values,
  vars,
  key: response,
  transcript: hash.optional().describe('SHA-256 of all that the terminals of this question showed.'),
  commands: z.array(z.strictObject({side: text, command: text, status: z.int().nullable()})).optional(),
});

const judged = z.strictObject({
  verdict: z.enum(['right', 'partly', 'wrong', 'unjudged']),
  points: count,
  reason: z.strictObject({code: text, params: z.record(text, z.union([text, z.number()]))}).optional(),
  mistake: text.optional(),
  evidence,
});

export const resultSchema: z.ZodType<Result> = z.strictObject({
  asked: askedSchema,
  response,
  judged,
  seconds: count.describe('From being shown to being answered.'),
  hints: whole,
  tries: whole,
});

/** What stands above the answers, in result files and in logs. */
export const headShape = {
  app: text,
  kernel: text,
  mode: z.enum(['practice', 'graded']),
  exam: z.strictObject({
    title: words,
    seed: text,
    labs: texts,
    count: whole,
    minutes: z.number().positive().nullable(),
    sealed: text.nullable(),
  }),
  student: z.strictObject({id: text, name: text, user: text}),
  started: z.iso.datetime(),
};

export const resultFileSchema: z.ZodType<ResultFile> = z.strictObject({
  format: z.literal('glassbox-result'),
  version: z.literal(1),
  ...headShape,
  finished: z.iso.datetime().nullable(),
  results: z.array(resultSchema),
  points: count,
  of: count,
  chain: z.array(hash).describe('Each entry hashes the one before and one result: an edit breaks all that follow.'),
  seal: hash.optional(),
});

/** JSON Schema, draft 2020-12: docs/result.schema.json. */
export function resultJsonSchema(): object {
  return {
    ...z.toJSONSchema(resultFileSchema, {target: 'draft-2020-12', io: 'input'}),
    title: 'Result of a Glassbox quiz',
    description: 'One person’s answers to one quiz, with the evidence that they were judged by. Version 1.',
  };
}
