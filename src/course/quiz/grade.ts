/** Grading: every file scored again from its evidence, held against what it claims, and the table of the class. */
import type {Verdict} from '../events.ts';
import {canonical} from './chain.ts';
import {ask} from './draw.ts';
import {QuizError} from './fault.ts';
import {
  brokenChain,
  error,
  fingerprint,
  type GradeFinding,
  remark,
  warning,
  wrongExam,
  wrongRun,
  wrongSeal,
  wrongSums,
  wrongTimes,
} from './inspect.ts';
import {recheck} from './recheck.ts';
import {readResult} from './result.ts';
import {type Score, score, tally, tallyByLab} from './score.ts';
import {resultKey} from './seal.ts';
import type {Exam, Item, Result, ResultFile, Student} from './types.ts';

export type {GradeFinding} from './inspect.ts';

export interface GradeOptions {
  /** Of the labs at hand, or of the sealed exam: then keys and recorded facts are held against the labs' own. */
  items?: readonly Item[];
  /** The exam that the class was given. */
  exam?: Exam;
  /** Of a sealed exam: which one it must be (OpenedExam.sealed), and its secret. */
  sealed?: string;
  secret?: string;
  /** ms since the epoch. */
  now?: number;
}

export interface GradedFile {
  file: string;
  /** Absent where it is no result file: the finding says why. */
  result?: ResultFile;
  /** No error among the findings. */
  ok: boolean;
  findings: GradeFinding[];
  /** Scored again; in the file's order. */
  scores: Score[];
  points: number;
  of: number;
}

export interface ClassRow {
  file: string;
  student: Student;
  points: number;
  of: number;
  /** One decimal; null: nothing could be judged. */
  percent: number | null;
  /** By the lab's number. */
  labs: Record<string, {points: number; of: number}>;
  /** Questions that a machine's failure left to the teacher. */
  unjudged: number;
  ok: boolean;
  /** Codes of errors and warnings, each once. */
  flags: string[];
}

/** Files named in one sentence. */
const FEW = 3;

/** The score by the evidence, and what speaks against the file's own. */
function rescore(result: Result, item: Item | undefined): {score: Score; findings: GradeFinding[]} {
  const {asked, response, judged} = result;
  const {evidence} = judged;
  const {n} = asked;
  const found: GradeFinding[] = [];
  const repair = asked.kind === 'repair';
  // Without the lab, only the file knows what the kernel said of a repair.
  let key = evidence.key;
  let kernel = claimed(judged.verdict);
  if (repair && !item && response !== null) found.push(remark('grade.repair.unproved', {n}));
  // What nobody answered was never asked of the kernel.
  if (item && (response !== null || item.stage === 'none')) {
    const truth = recheck(item, evidence);
    const unjudged = judged.verdict === 'unjudged';
    if (unjudged) found.push(...doubtful(n, truth, evidence.values));
    else if (truth.key === null) found.push(error('grade.values.missing', {n}));
    else {
      const given = response === null && key === null;
      if (!given && canonical(truth.key) !== canonical(key)) found.push(error('grade.key', {n, item: asked.item}));
      key = truth.key;
      if (repair) kernel = truth.verdict;
    }
  }
  const worth = score(asked, response, key, kernel);
  if (worth.points !== judged.points || worth.verdict !== judged.verdict)
    found.push(error('grade.points', {n, claimed: judged.points, worth: worth.points}));
  return {score: worth, findings: found};
}

const claimed = (verdict: Result['judged']['verdict']): Verdict =>
  verdict === 'unjudged' ? 'cannot-judge' : verdict === 'right' ? 'pass' : 'fail';

/** Nobody could judge it, says the file: is that so? */
function doubtful(n: number, truth: ReturnType<typeof recheck>, values: object): GradeFinding[] {
  const complete = Object.values(values).every(value => value !== null) && Object.keys(values).length > 0;
  const judgeable = truth.key !== null && truth.verdict !== 'cannot-judge' && complete;
  return judgeable ? [error('grade.judgeable', {n})] : [warning('grade.unjudged', {n})];
}

/** Whether the question is the one that the seed makes of its item. */
function altered({asked, judged}: Result, item: Item, file: ResultFile): GradeFinding[] {
  const {n, kind, live, vars, choices} = ask(item, asked.n, file.exam.seed);
  const ids = (list: typeof choices) => list?.map(({id}) => id) ?? [];
  const same =
    kind === asked.kind &&
    live === asked.live &&
    canonical(vars) === canonical(asked.vars) &&
    canonical(vars) === canonical(judged.evidence.vars) &&
    canonical(ids(choices)) === canonical(ids(asked.choices));
  return same ? [] : [error('grade.question.altered', {n, item: asked.item})];
}

/** One result, by its evidence. */
export async function gradeResult(file: string, result: ResultFile, options: GradeOptions = {}): Promise<GradedFile> {
  const {exam, secret, sealed, now = Date.now()} = options;
  const items = new Map((options.items ?? []).map(item => [item.id, item]));
  const findings = [...brokenChain(result), ...wrongSums(result), ...wrongTimes(result, now), ...wrongRun(result)];
  if (exam) findings.push(...wrongExam(result, exam, items));
  if (sealed !== undefined && result.exam.sealed !== sealed)
    findings.push(error('grade.exam.unsealed', {came: result.exam.sealed ?? '–'}));
  findings.push(...(await checkSeal(result, secret)));
  const scores = result.results.map(one => {
    const item = items.get(one.asked.item);
    if (items.size > 0 && !item) findings.push(warning('grade.item.unknown', {n: one.asked.n, item: one.asked.item}));
    if (item && result.mode === 'graded') findings.push(...altered(one, item, result));
    const {score: worth, findings: more} = rescore(one, item);
    findings.push(...more);
    return worth;
  });
  const {points, of} = tally(rescored(result, scores));
  return {file, result, ok: !findings.some(({severity}) => severity === 'error'), findings, scores, points, of};
}

async function checkSeal(result: ResultFile, secret: string | undefined): Promise<GradeFinding[]> {
  const {sealed} = result.exam;
  try {
    return wrongSeal(result, sealed !== null && secret !== undefined ? await resultKey(secret, sealed) : undefined);
  } catch (failure) {
    if (!(failure instanceof QuizError)) throw failure;
    return [error('grade.seal.wrong')];
  }
}

const rescored = (result: ResultFile, scores: readonly Score[]) =>
  result.results.map((one, i) => ({...one, judged: {...one.judged, ...scores[i]!}}));

/** The result as it is worth: points and verdicts scored again, for exports to grade books. Its chain is the file's own. */
export function regraded({result, scores, points, of}: GradedFile): ResultFile | undefined {
  return result && {...result, results: rescored(result, scores), points, of};
}

/** Never throws for what is in a file. */
export async function gradeFile(file: string, options: GradeOptions = {}): Promise<GradedFile> {
  try {
    return await gradeResult(file, await readResult(file), options);
  } catch (failure) {
    if (!(failure instanceof QuizError)) throw failure;
    return {file, ok: false, findings: [error(failure.code, failure.params)], scores: [], points: 0, of: 0};
  }
}

/** A class: each file by itself, then what two files have in common. In the order given. */
export async function gradeFiles(files: readonly string[], options: GradeOptions = {}): Promise<GradedFile[]> {
  const graded: GradedFile[] = [];
  for (const file of files) graded.push(await gradeFile(file, options));
  const shared = (key: (result: ResultFile) => string | undefined) =>
    [...Map.groupBy(graded, one => one.result && key(one.result))].filter(([name, some]) => name && some.length > 1);
  for (const [, some] of shared(result => (result.results.length > 0 ? fingerprint(result) : undefined)))
    for (const one of some) {
      const other = some.find(({file}) => file !== one.file)?.file ?? one.file;
      one.findings.push(error('grade.copy', {other}));
      one.ok = false;
    }
  for (const [, some] of shared(({student}) => student.id || undefined))
    for (const one of some) {
      const others = some.filter(another => another !== one).map(({file}) => file);
      one.findings.push(warning('grade.student.twice', {other: fewOf(others)}));
    }
  return graded;
}

/** The table of the class, by student's id, name, login name, then file; files that are no results are left out. */
export function classTable(graded: readonly GradedFile[]): ClassRow[] {
  const rows = graded.flatMap(one => {
    const {file, result, ok, findings, scores, points, of} = one;
    if (!result) return [];
    const labs = [...tallyByLab(rescored(result, scores))].map(([number, sum]) => [
      number,
      {points: sum.points, of: sum.of},
    ]);
    const flags = findings.filter(({severity}) => severity !== 'note').map(({code}) => code);
    return [
      {
        file,
        student: result.student,
        points,
        of,
        percent: of > 0 ? Math.round((points / of) * 1000) / 10 : null,
        labs: Object.fromEntries(labs) as ClassRow['labs'],
        unjudged: scores.filter(({verdict}) => verdict === 'unjudged').length,
        ok,
        flags: [...new Set(flags)],
      },
    ];
  });
  const {compare} = new Intl.Collator('en', {numeric: true});
  const keys = ({student: {id, name, user}, file}: ClassRow) => [id, name, user, file];
  return rows.sort((a, b) => {
    const [left, right] = [keys(a), keys(b)];
    return left.map((text, i) => compare(text, right[i]!)).find(order => order !== 0) ?? 0;
  });
}

/** The first few, and how many more. */
function fewOf(files: readonly string[]): string {
  const more = files.length - FEW;
  return files.slice(0, FEW).join(', ') + (more > 0 ? ` … (+${more})` : '');
}
