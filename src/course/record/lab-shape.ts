/** What the lab of a recording must be made of, as far as a screen relies on it. */
import {z} from 'zod';
import type {Lab} from '../lab.ts';

const text = z.string();
const words = z.object({en: text, zh: text.optional()});
const pos = z.object({file: text, line: z.number(), col: z.number()});
const common = {pos, when: text.optional()};

const run = z.object({
  ...common,
  kind: z.literal('run'),
  id: text.optional(),
  on: text,
  commands: z.array(text),
  expect: z.union([z.number(), text]),
  enters: text.optional(),
});

/** The engine's own check is for what is to be run: here it is only shown. */
const spec = z.looseObject({
  process: z.looseObject({args: z.array(text)}),
  linux: z.looseObject({namespaces: z.array(z.looseObject({type: text})).optional()}).optional(),
});

const mistakes = z.array(z.object({id: text, pos, commands: z.array(run), when: text, say: words}));

const block = z.discriminatedUnion('kind', [
  z.object({...common, kind: z.literal('prose'), text: words}),
  z.object({...common, kind: z.literal('container'), id: text, spec, without: z.array(text)}),
  run,
  z.object({
    ...common,
    kind: z.literal('show'),
    facts: z.array(text),
    picture: z.enum(['layers', 'topology', 'processes', 'cpu']).optional(),
  }),
  z.object({
    ...common,
    kind: z.literal('predict'),
    id: text,
    ask: words,
    choices: z.array(z.object({id: text, text: words, when: text})),
    because: words.optional(),
  }),
  z.object({
    ...common,
    kind: z.literal('check'),
    id: text,
    title: words,
    expr: text,
    hints: z.array(words),
    solve: z.array(run),
    mistakes,
  }),
  z.looseObject({...common, kind: z.literal('quiz'), id: text, type: text, ask: words}),
  z.object({...common, kind: z.literal('note'), text: words}),
  z.object({...common, kind: z.literal('drift'), text: words}),
]);

const shape = z.looseObject({
  format: z.literal(1),
  id: text,
  number: text,
  dir: text,
  title: words,
  question: words,
  minutes: z.number(),
  sources: z.array(text),
  vars: z.record(text, z.object({pick: z.array(text)})),
  langs: z.array(z.enum(['en', 'zh'])),
  intro: words.optional(),
  steps: z.array(z.object({id: text, title: words, blocks: z.array(block), pos})).min(1),
  cleanup: z.array(run),
});

/** The lab; undefined: it is none. */
export function labOf(value: unknown): Lab | undefined {
  const parsed = shape.safeParse(value);
  return parsed.success ? (parsed.data as unknown as Lab) : undefined;
}
