/** Whether a lab that came over a shared socket is one: it is drawn by screens that trust what they draw. */
import {z} from 'zod';
import type {Lab} from '../lab.ts';

const words = z.object({en: z.string(), zh: z.string().optional()});
const text = z.string();
const run = z.object({kind: z.literal('run'), id: text.optional(), on: text, commands: z.array(text)});

const block = z.discriminatedUnion('kind', [
  z.object({kind: z.enum(['prose', 'drift', 'note']), text: words}),
  z.object({
    kind: z.literal('container'),
    id: text,
    spec: z.object({
      process: z.object({args: z.array(text)}),
      linux: z.object({namespaces: z.array(z.object({type: text})).optional()}).optional(),
    }),
    without: z.array(text),
  }),
  run,
  z.object({
    kind: z.literal('show'),
    facts: z.array(text),
    picture: z.enum(['layers', 'topology', 'processes', 'cpu']).optional(),
  }),
  z.object({
    kind: z.literal('predict'),
    id: text,
    ask: words,
    choices: z.array(z.object({id: text, text: words})),
  }),
  z.object({
    kind: z.literal('check'),
    id: text,
    title: words,
    hints: z.array(words),
    solve: z.array(run),
    mistakes: z.array(z.object({id: text, say: words})),
  }),
]);

const lab = z.object({
  id: text,
  number: text,
  title: words,
  question: words,
  minutes: z.number().nonnegative(),
  intro: words.optional(),
  steps: z.array(z.object({id: text, title: words, blocks: z.array(block)})).min(1),
  cleanup: z.array(run),
});

const reveal = z.discriminatedUnion('what', [
  z.object({what: z.literal('hint'), check: text, index: z.int().min(0).max(99), text: words}),
  z.object({what: z.literal('solution'), check: text, solve: z.array(run)}),
  z.object({what: z.literal('mistake'), check: text, mistake: z.object({id: text, say: words})}),
  z.object({what: z.literal('because'), prediction: text, because: words}),
]);

/** True for what publicLab makes, also of a later version that adds to it. */
export function isPublicLab(value: unknown): value is Lab {
  return lab.safeParse(value).success;
}

export function isReveal(value: unknown): boolean {
  return reveal.safeParse(value).success;
}
