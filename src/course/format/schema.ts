/** Shapes of the front matter and of the YAML blocks. Strict: a key that means nothing is an error, not ignored. */
import {z} from 'zod';
import {ID, NAME} from './fence.ts';

/** OCI's names of the namespaces. */
export const NAMESPACES = ['pid', 'network', 'mount', 'ipc', 'uts', 'user', 'cgroup', 'time'] as const;
/** What `kind` may say of a question. */
export const ASKS = ['prediction', 'diagnosis', 'reading'] as const;
export const PICTURES = ['layers', 'topology', 'processes', 'cpu'] as const;
export const QUIZ_TYPES = ['single', 'multiple', 'number', 'text', 'order', 'hands-on'] as const;

const text = z.string().min(1);
const id = z.string().regex(ID);
const texts = z.array(text);
const namespaces = z.array(z.enum(NAMESPACES));

export const frontMatter = z.strictObject({
  format: z.literal(1),
  id,
  title: text,
  question: text,
  minutes: z.int().min(1).max(600),
  sources: texts.default([]),
  requires: z
    .strictObject({
      root: z.union([z.boolean(), z.literal('mapped')]).optional(),
      namespaces: namespaces.optional(),
      tools: texts.optional(),
      filesystems: texts.optional(),
      controllers: texts.optional(),
    })
    .default({}),
  vars: z.record(z.string().regex(NAME), z.strictObject({pick: texts.min(1)})).default({}),
});

export const translatedFrontMatter = z.strictObject({
  format: z.literal(1).optional(),
  id: id.optional(),
  title: text,
  question: text,
});

/** Of quiz.md: title, id and the rest are the lab's. */
export const quizFrontMatter = frontMatter.pick({format: true, requires: true, vars: true});

export const translatedQuizFrontMatter = z.strictObject({format: z.literal(1)});

export const show = z.strictObject({
  facts: texts.default([]),
  picture: z.enum(PICTURES).optional(),
});

export const predict = z.strictObject({
  ask: text,
  choices: z.array(z.strictObject({id, text, when: text})).min(2),
  because: text.optional(),
});

export const translatedPredict = z.strictObject({
  ask: text,
  choices: z.record(z.string(), text),
  because: text.optional(),
});

export const quiz = z.strictObject({
  type: z.enum(QUIZ_TYPES),
  kind: z.enum(ASKS).optional(),
  needs: z.literal('root').optional(),
  ask: text,
  choices: z
    .array(
      z.strictObject({
        id,
        text,
        right: z.boolean().optional(),
        when: text.optional(),
        because: text.optional(),
      }),
    )
    .min(2)
    .optional(),
  /** A number, a text, or for order the ids. Checked against the type afterwards. */
  answer: z.unknown().optional(),
  because: text.optional(),
  check: text.optional(),
});

export const translatedQuiz = z.strictObject({
  ask: text,
  choices: z.record(z.string(), z.strictObject({text, because: text.optional()})).optional(),
  because: text.optional(),
});
