/** The log of a quiz that is being taken, read back: one JSON a line, the last of which a crash may have torn. */
import {z} from 'zod';
import {canonical, type Head, headLink, link} from './chain.ts';
import {QuizError, whyOf} from './fault.ts';
import {macOf} from './result.ts';
import {askedSchema, headShape, resultSchema} from './result-schema.ts';
import type {Asked, Result} from './types.ts';

/** Who takes which quiz, and its questions in their order. */
export interface LogHead extends Head {
  asked: Asked[];
}

export interface LogContent {
  head: LogHead;
  /** In the order of answering, none twice: the first counts. */
  results: Result[];
  /** n of each question that was shown -> ISO time of the first showing. */
  shown: Map<number, string>;
  /** ISO time; null: not finished. */
  finished: string | null;
  /** Last entry of the chain. */
  last: string;
  /** Bytes of whole lines; what lies behind was torn off. */
  whole: number;
}

const mac = z.string().optional();
const lineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('begin'),
    format: z.literal('glassbox-quiz-log'),
    version: z.literal(1),
    ...headShape,
    asked: z.array(askedSchema),
    mac,
  }),
  z.object({type: z.literal('shown'), n: z.int(), at: z.iso.datetime()}),
  z.object({type: z.literal('answer'), result: resultSchema, chain: z.string(), mac}),
  z.object({type: z.literal('end'), at: z.iso.datetime(), mac}),
]);

/** What the mac of each line stands for. */
export const macText = (type: string, last: string, rest = ''): string => `${type}\n${last}\n${rest}`;

/**
 * @param bytes of the whole file
 * @param macKey of a sealed exam: lines without its mac are refused
 * @throws QuizError 'log.empty' {file}, 'log.damaged' {file, line, why}, 'log.edited' {file, line}
 */
export function parseLog(bytes: Uint8Array, file: string, macKey?: Uint8Array): LogContent {
  // A line counts once its newline is on the disk.
  const whole = bytes.lastIndexOf(10) + 1;
  const lines = Buffer.from(bytes.subarray(0, whole)).toString('utf8').split('\n').slice(0, -1);
  if (lines.length === 0) throw new QuizError('log.empty', {file});
  let content: LogContent | undefined;
  lines.forEach((text, i) => {
    const line = i + 1;
    const entry = parseLine(text, file, line);
    const proved = (given: string | undefined, last: string, rest = '') => {
      if (macKey && given !== macOf(macKey, macText(entry.type, last, rest)))
        throw new QuizError('log.edited', {file, line});
    };
    if (entry.type === 'begin') {
      if (content) throw new QuizError('log.damaged', {file, line, why: 'begin'});
      const {type: _, format: __, version: ___, mac: given, ...head} = entry;
      const last = headLink(head);
      proved(given, last, canonical(head.asked));
      content = {head, results: [], shown: new Map(), finished: null, last, whole};
      return;
    }
    if (!content) throw new QuizError('log.damaged', {file, line, why: entry.type});
    if (entry.type === 'shown') {
      if (!content.shown.has(entry.n)) content.shown.set(entry.n, entry.at);
    } else if (entry.type === 'end') {
      proved(entry.mac, content.last, entry.at);
      content.finished ??= entry.at;
    } else {
      const next = link(content.last, entry.result);
      if (entry.chain !== next) throw new QuizError('log.edited', {file, line});
      proved(entry.mac, next);
      const {asked} = entry.result;
      const question = content.head.asked.find(({n}) => n === asked.n);
      const twice = content.results.some(other => other.asked.n === asked.n);
      if (twice || canonical(question) !== canonical(asked)) throw new QuizError('log.edited', {file, line});
      content.results.push(entry.result);
      content.last = next;
    }
  });
  return content!;
}

function parseLine(text: string, file: string, line: number): z.infer<typeof lineSchema> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new QuizError('log.damaged', {file, line, why: whyOf(error)});
  }
  const parsed = lineSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new QuizError('log.damaged', {file, line, why: `${issue?.path.join('.') || '.'}: ${issue?.message}`});
}
