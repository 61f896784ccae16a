import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {pathToFileURL} from 'node:url';
import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {beginLog, openLogs, readLog, resumeLog} from '../../../src/course/quiz/evidence.ts';
import {buildResult, parseResult, readResult, resultText, writeResult} from '../../../src/course/quiz/result.ts';
import {answered, headOf} from './results.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'quiz-log-'));
});
afterEach(() => rmSync(dir, {recursive: true}));

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 10, 0, second)).toISOString();
const key = new Uint8Array(32).fill(7);

describe('the log of a quiz', () => {
  it('holds each answer from the moment it is given, for its owner alone', () => {
    const log = beginLog({dir}, headOf(3));
    expect(statSync(log.file).mode & 0o777).toBe(0o600);
    log.shown(1, at(1));
    log.answer(answered(log.head.asked[0]!, at(2)));
    const {results, shown, finished} = readLog(log.file);
    expect(results).toEqual(log.results);
    expect(results[0]!.judged.evidence.values).toEqual({
      'box.ns.uts': 4026532437n,
      'host.big': 2n ** 63n,
      'box.gone': null,
    });
    expect([...shown]).toEqual([[1, at(1)]]);
    expect(finished).toBeNull();
    expect(log.open().map(({n}) => n)).toEqual([2, 3]);
    log.close();
    log.close();
    expect(readdirSync(dir)).toEqual([log.file.slice(dir.length + 1)]);
  });

  it('goes on wherever it was cut off, without losing a whole line', () => {
    const log = beginLog({dir}, headOf(2));
    const {asked} = log.head;
    log.shown(1, at(1));
    log.answer(answered(asked[0]!, at(2)));
    const first = statSync(log.file).size;
    log.answer(answered(asked[1]!, at(3)));
    log.close();
    const bytes = readFileSync(log.file);
    fc.assert(
      fc.property(fc.integer({min: first, max: bytes.length}), cut => {
        writeFileSync(log.file, bytes.subarray(0, cut));
        const again = resumeLog(log.file);
        expect(again.results.length).toBe(cut === bytes.length ? 2 : 1);
        for (const open of again.open()) again.answer(answered(open, at(4)));
        const file = again.end(at(5));
        again.close();
        expect(file).toEqual(buildResult(again.head, readLog(log.file).results, at(5)));
        expect(file.results.length).toBe(2);
      }),
      {numRuns: 40},
    );
  });

  it('has every answer that was acknowledged before a kill -9', async () => {
    const source = (path: string) => pathToFileURL(join(import.meta.dirname, path)).href;
    const script = `
      import {beginLog} from '${source('../../../src/course/quiz/evidence.ts')}';
      import {answered, headOf} from '${source('./results.ts')}';
      const log = beginLog({dir: ${JSON.stringify(dir)}}, headOf(2000));
      for (const asked of log.head.asked) {
        log.answer(answered(asked, new Date().toISOString()));
        console.log(asked.n);
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let last = 0;
    for await (const line of createInterface({input: child.stdout})) {
      last = Number(line);
      if (last === 5) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    const {file} = openLogs({dir})[0]!;
    const again = resumeLog(file);
    expect(again.results.length).toBeGreaterThanOrEqual(last);
    expect(again.results.map(({asked}) => asked.n)).toEqual(again.results.map((_, i) => i + 1));
    again.close();
    expect(readdirSync(dir).length).toBe(1);
  });

  it('gives no question two answers, and takes none after the end', () => {
    const log = beginLog({dir}, headOf(2));
    const [one, two] = log.head.asked;
    log.answer(answered(one!, at(1)));
    expect(() => log.answer(answered(one!, at(2)))).toThrow('log.twice');
    const file = log.end(at(3), () => ({choices: ['b']}));
    expect(file.results[1]).toMatchObject({
      response: null,
      judged: {verdict: 'wrong', points: 0, evidence: {key: {choices: ['b']}}},
    });
    expect(file).toMatchObject({points: 1, of: 2, finished: at(3)});
    expect(() => log.answer(answered(two!, at(4)))).toThrow('log.twice');
    expect(log.end(at(9))).toEqual(file);
    expect(openLogs({dir})).toEqual([]);
    log.close();
  });

  it('is written by one program at a time', () => {
    const log = beginLog({dir}, headOf(1));
    expect(() => resumeLog(log.file)).toThrow('log.busy');
    log.close();
    const again = resumeLog(log.file);
    again.close();
  });

  it.each([
    ['an answer in the middle is changed', (text: string) => text.replace('["b"]', '["a"]'), 'log.edited'],
    ['a question is changed', (text: string) => text.replace('Which?', 'What?'), 'log.edited'],
    ['a line is missing', (text: string) => text.split('\n').toSpliced(1, 1).join('\n'), 'log.edited'],
    ['a line is no JSON', (text: string) => text.split('\n').toSpliced(1, 0, 'oops').join('\n'), 'log.damaged'],
    [
      'a line is of another kind',
      (text: string) => text.split('\n').toSpliced(1, 0, '{"type":"x"}').join('\n'),
      'log.damaged',
    ],
    ['the beginning is gone', (text: string) => text.split('\n').slice(1).join('\n'), 'log.damaged'],
    ['a line comes twice', (text: string) => `${text}${text.split('\n')[1]}\n`, 'log.edited'],
    ['nothing is left', () => '', 'log.empty'],
  ])('says that %s', (_, edit, code) => {
    const log = beginLog({dir}, headOf(2));
    for (const asked of log.head.asked) log.answer(answered(asked, at(1)));
    log.close();
    const text = edit(readFileSync(log.file, 'utf8'));
    writeFileSync(log.file, text);
    expect(() => resumeLog(log.file)).toThrow(code);
    expect(readFileSync(log.file, 'utf8')).toBe(text);
    expect(readdirSync(dir).length).toBe(1);
  });

  it('of a sealed exam takes no line that was written without its secret', () => {
    const log = beginLog({dir}, headOf(2), {macKey: key});
    log.answer(answered(log.head.asked[0]!, at(1)));
    log.close();
    const again = resumeLog(log.file, {macKey: key});
    again.close();
    const forger = resumeLog(log.file);
    forger.answer(answered(forger.head.asked[1]!, at(2)));
    forger.close();
    expect(() => resumeLog(log.file, {macKey: key})).toThrow('log.edited');
  });

  it('writes through no link, and says when it cannot be written', () => {
    const log = beginLog({dir}, headOf(1));
    log.close();
    const link = join(dir, 'link.ndjson');
    symlinkSync(log.file, link);
    expect(() => resumeLog(link)).toThrow('log.unreadable');
    expect(() => resumeLog(join(dir, 'none', 'x'))).toThrow('log.unreadable');
    writeFileSync(join(dir, 'file'), '');
    expect(() => beginLog({dir: join(dir, 'file')}, headOf(1))).toThrow('log.unwritable');
    appendFileSync(log.file, 'torn');
    truncateSync(log.file, statSync(log.file).size - 1);
    const again = resumeLog(log.file);
    again.close();
    expect(readFileSync(log.file, 'utf8')).not.toContain('tor');
  });
});

describe('a result file', () => {
  const file = () => {
    const head = headOf(2);
    return buildResult(
      head,
      head.asked.map(asked => answered(asked, at(1))),
      at(2),
    );
  };

  it('comes back as it was, 64-bit numbers too, and is its owner’s alone', async () => {
    const path = join(dir, 'r.json');
    await writeResult(path, file());
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await readResult(path)).toEqual(file());
  });

  it.each([
    ['{', 'result.no-json'],
    ['null', 'result.other'],
    ['[]', 'result.other'],
    ['{"format": "other"}', 'result.other'],
    ['{"format": "glassbox-result", "version": 2}', 'result.newer'],
    ['{"format": "glassbox-result", "version": 1}', 'result.form'],
    [resultText(file()).replace('"points": 1', '"points": -1'), 'result.form'],
    [resultText(file()).replace('"points": 1', '"points": "1"'), 'result.form'],
    [resultText(file()).replace('4026532437', '0.5'), 'result.form'],
  ])('is refused with a reason: %s', (text, code) => {
    expect(() => parseResult(text, 'r.json')).toThrow(code);
  });

  it('is not read where it is none', async () => {
    await expect(readResult(join(dir, 'none'))).rejects.toThrow('result.unreadable');
    await expect(readResult(dir)).rejects.toThrow('result.unreadable');
  });
});
