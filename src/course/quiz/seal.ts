/**
 * Sealed exams: an exam with all its questions and keys, encrypted with the instructor's secret (scrypt, RFC 7914;
 * AES-256-GCM). The same secret gives, by HKDF, the key that result files are sealed with. What that proves, and what not,
 * stands in docs/quiz.md.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import {promisify} from 'node:util';
import {gunzipSync, gzipSync} from 'node:zlib';
import {z} from 'zod';
import type {Lab, Words} from '../lab.ts';
import {canonical} from './chain.ts';
import {QuizError} from './fault.ts';
import type {Exam, Item} from './types.ts';

/** As OWASP's cheat sheet on storing passwords has it for 32 MiB: N = 2^15, r = 8, p = 3; a third of a second. */
const COST = {N: 2 ** 15, r: 8, p: 3};
const MEMORY = 256 * 1024 * 1024;
const LEAST_SECRET = 8;
const LARGEST = 32 * 1024 * 1024;

const base64 = z.base64();
const fileSchema = z.strictObject({
  format: z.literal('glassbox-sealed-exam'),
  version: z.literal(1),
  title: z.object({en: z.string(), zh: z.string().optional()}),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    N: z.int().min(2 ** 14),
    r: z.int().min(1).max(32),
    p: z.int().min(1).max(16),
    salt: base64,
  }),
  /** Tells a wrong secret from a damaged file. */
  check: base64,
  cipher: z.literal('aes-256-gcm'),
  iv: base64,
  tag: base64,
  data: base64,
});
type SealedFile = z.infer<typeof fileSchema>;
type Kdf = SealedFile['kdf'];

export interface SealedExam {
  exam: Exam;
  /** The items that are asked, in no order: drawQuiz() draws it. */
  items: Item[];
}

export interface OpenedExam extends SealedExam {
  /** For ResultFile.exam.sealed: which sealed file it was, and how its key is made. */
  sealed: string;
  /** For buildResult() and the log. */
  macKey: Uint8Array;
}

const derive = promisify<string, Uint8Array, number, object, Buffer>(scrypt);

const KEYS_KEPT = 100;
const keys = new Map<string, Promise<Buffer>>();

/** Made once for each secret and file: it is slow on purpose. */
async function master(secret: string, {N, r, p, salt}: Kdf): Promise<Buffer> {
  if ((N & (N - 1)) !== 0 || 128 * N * r > MEMORY) throw new QuizError('seal.cost', {N, r});
  // As typed on any keyboard, with or without a newline behind it.
  const text = secret.normalize('NFKC').trim();
  const id = createHash('sha256')
    .update(canonical([text, N, r, p, salt]))
    .digest('hex');
  const key = keys.get(id) ?? derive(text, Buffer.from(salt, 'base64'), 32, {N, r, p, maxmem: MEMORY + 2 ** 20});
  if (keys.size < KEYS_KEPT) keys.set(id, key);
  return key;
}

const part = (from: Buffer, what: 'exam' | 'result' | 'check'): Buffer =>
  Buffer.from(hkdfSync('sha256', from, new Uint8Array(), `glassbox ${what} 1`, 32));

/** All but what the cipher makes: none of it can be exchanged. */
const aad = ({data: _, tag: __, ...header}: SealedFile): Buffer => Buffer.from(canonical(header));

/** Short, so that a result names its exam and how the key is made from the secret. */
function nameOf({kdf: {N, r, p, salt}, tag}: SealedFile): string {
  const id = createHash('sha256').update(tag).digest('hex').slice(0, 16);
  return `scrypt:${N}:${r}:${p}:${salt}:${id}`;
}

function pack({exam, items}: SealedExam): Buffer {
  const docs = [...new Set(items.map(item => item.doc))];
  const slim = items.map(({doc, ...rest}) => ({...rest, doc: docs.indexOf(doc)}));
  // Where the labs lie on the instructor's machine is nobody's business.
  return gzipSync(JSON.stringify({exam, docs: docs.map(doc => ({...doc, dir: ''})), items: slim}));
}

function unpack(bytes: Buffer): SealedExam {
  const text = gunzipSync(bytes, {maxOutputLength: LARGEST}).toString('utf8');
  const {exam, docs, items} = JSON.parse(text) as {
    exam: Exam;
    docs: Lab[];
    items: (Omit<Item, 'doc'> & {doc: number})[];
  };
  return {exam, items: items.map(({doc, ...rest}) => ({...rest, doc: docs[doc]!}))};
}

/**
 * The text of a sealed exam.
 * @param secret at least eight characters
 * @throws QuizError 'seal.short' {least, came}
 */
export async function sealExam(secret: string, content: SealedExam): Promise<string> {
  const came = [...secret.normalize('NFKC').trim()].length;
  if (came < LEAST_SECRET) throw new QuizError('seal.short', {least: LEAST_SECRET, came});
  const kdf: Kdf = {name: 'scrypt', ...COST, salt: randomBytes(16).toString('base64')};
  const key = await master(secret, kdf);
  const iv = randomBytes(12);
  const file: SealedFile = {
    format: 'glassbox-sealed-exam',
    version: 1,
    title: content.exam.title,
    kdf,
    check: part(key, 'check').toString('base64'),
    cipher: 'aes-256-gcm',
    iv: iv.toString('base64'),
    tag: '',
    data: '',
  };
  const cipher = createCipheriv('aes-256-gcm', part(key, 'exam'), iv).setAAD(aad(file));
  const data = Buffer.concat([cipher.update(pack(content)), cipher.final()]).toString('base64');
  return `${JSON.stringify({...file, data, tag: cipher.getAuthTag().toString('base64')}, null, 2)}\n`;
}

/** Whether a file is a sealed exam, and its title; undefined: it is something else. */
export function sealedTitle(text: string): Words | undefined {
  try {
    return parseSealed(text, '').title;
  } catch {
    return undefined;
  }
}

function parseSealed(text: string, file: string): SealedFile {
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new QuizError('seal.other', {file});
  }
  const {format, version} = (data ?? {}) as {format?: unknown; version?: unknown};
  if (format !== 'glassbox-sealed-exam') throw new QuizError('seal.other', {file});
  if (typeof version === 'number' && version > 1) throw new QuizError('seal.newer', {file, version});
  const parsed = fileSchema.safeParse(data);
  if (!parsed.success) throw new QuizError('seal.damaged', {file});
  return parsed.data;
}

/**
 * Opens a sealed exam.
 * @throws QuizError 'seal.other' {file} (no sealed exam), 'seal.newer' {file, version}, 'seal.secret' {file} (not its
 * secret), 'seal.damaged' {file} (changed since it was sealed), 'seal.cost' {N, r}
 */
export async function openExam(text: string, secret: string, file: string): Promise<OpenedExam> {
  const sealed = parseSealed(text, file);
  const key = await master(secret, sealed.kdf);
  const check = Buffer.from(sealed.check, 'base64');
  const own = part(key, 'check');
  if (check.length !== own.length || !timingSafeEqual(check, own)) throw new QuizError('seal.secret', {file});
  let content: SealedExam;
  try {
    const tag = Buffer.from(sealed.tag, 'base64');
    const cipher = createDecipheriv('aes-256-gcm', part(key, 'exam'), Buffer.from(sealed.iv, 'base64'), {
      authTagLength: 16,
    });
    cipher.setAAD(aad({...sealed, tag: '', data: ''})).setAuthTag(tag);
    content = unpack(Buffer.concat([cipher.update(Buffer.from(sealed.data, 'base64')), cipher.final()]));
  } catch {
    throw new QuizError('seal.damaged', {file});
  }
  return {...content, sealed: nameOf(sealed), macKey: part(key, 'result')};
}

/**
 * The key that results of a sealed exam are sealed with, from ResultFile.exam.sealed and the secret alone: for graders
 * that do not have the exam at hand.
 * @throws QuizError 'seal.name' {came}, 'seal.cost' {N, r}
 */
export async function resultKey(secret: string, sealed: string): Promise<Uint8Array> {
  const [, N, r, p, salt] =
    /^scrypt:(\d{1,8}):(\d{1,2}):(\d{1,2}):([A-Za-z0-9+/=]{8,64}):[\da-f]{16}$/.exec(sealed) ?? [];
  if (salt === undefined) throw new QuizError('seal.name', {came: sealed.slice(0, 80)});
  return part(await master(secret, {name: 'scrypt', N: Number(N), r: Number(r), p: Number(p), salt}), 'result');
}
