/** A lab's files, changed as editors change them. */
import {appendFileSync, cpSync, mkdtempSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {expect, onTestFinished, test, vi} from 'vitest';
import type {Context} from '../../src/cli/failure.ts';
import {signature} from '../../src/cli/lab-files.ts';
import {Rooms} from '../../src/cli/rooms.ts';
import {watchLab} from '../../src/cli/watch.ts';
import type {Words} from '../../src/course/index.ts';

const EVERY_MS = 10;

/** A copy of a lab's folder. */
function copy(): string {
  const root = mkdtempSync(join(tmpdir(), 'glassbox-watch-'));
  const dir = join(root, '01-uts');
  cpSync('labs/01-uts', dir, {recursive: true});
  onTestFinished(() => rmSync(root, {recursive: true, force: true}));
  return dir;
}

/** A copy of a lab that is watched; `next` resolves with what was told. */
async function watched() {
  const dir = copy();
  const told: Words[][] = [];
  let looked = 0;
  const stop = watchLab(dir, problems => void told.push(problems), {
    everyMs: EVERY_MS,
    onLook: () => void looked++,
  });
  onTestFinished(stop);
  const looks = (count: number) => {
    const from = looked;
    return vi.waitUntil(() => looked >= from + count, {timeout: 10_000, interval: 2});
  };
  await looks(2);
  const next = async () => {
    const from = told.length;
    await vi.waitUntil(() => told.length > from, {timeout: 10_000, interval: 2});
    return told.at(-1)!;
  };
  return {dir, file: join(dir, 'lab.md'), told, next, looks, stop};
}

test('nothing is told while nothing changes, nor of other files in the folder', async () => {
  const {dir, told, looks} = await watched();
  writeFileSync(join(dir, 'notes.md'), 'mine\n');
  writeFileSync(join(dir, '.lab.md.swp'), 'an editor at work\n');
  await looks(4);
  expect(told).toEqual([]);
});

test('a change that parses is told without problems, however the editor writes it', async () => {
  const {file, next, dir} = await watched();
  const first = next();
  appendFileSync(file, '\nOne line more.\n');
  expect(await first).toEqual([]);
  const second = next();
  cpSync('labs/01-uts/lab.md', join(dir, 'new'));
  renameSync(join(dir, 'new'), file);
  expect(await second).toEqual([]);
});

test('what does not parse is told with its place in both languages; then mended', async () => {
  const {file, next} = await watched();
  const broken = next();
  writeFileSync(file, '---\nformat: 1\nid: uts\n---\n');
  const [problem] = await broken;
  expect(problem!.en).toMatch(/^lab\.md:\d+:\d+: .*[a-z]/);
  expect(problem!.zh).toMatch(/^lab\.md:\d+:\d+: .*[\u4e00-\u9fff]/);
  const mended = next();
  cpSync('labs/01-uts/lab.md', file);
  expect(await mended).toEqual([]);
});

test('a translation counts too', async () => {
  const {dir, next} = await watched();
  const broken = next();
  writeFileSync(join(dir, 'lab.zh.md'), '---\ntitle: [\n---\n');
  expect((await broken)[0]!.en).toMatch(/^lab\.zh\.md:/);
});

test('a lab that is gone is said to be gone, and read again once it is back', async () => {
  const {dir, next} = await watched();
  const gone = next();
  rmSync(dir, {recursive: true});
  const [problem] = await gone;
  expect(problem!.en).toContain('no longer');
  expect(problem!.zh).toContain('已经没有');
  const back = next();
  cpSync('labs/01-uts', dir, {recursive: true});
  expect(await back).toEqual([]);
});

test('after stopping nothing is told', async () => {
  const {file, told, stop} = await watched();
  stop();
  appendFileSync(file, '\nOne line more.\n');
  const other = await watched();
  await other.looks(4);
  expect(told).toEqual([]);
});

test('what was saved after the lab had been read, but before the first look, is told', async () => {
  const dir = copy();
  const readAs = await signature(dir);
  appendFileSync(join(dir, 'lab.md'), '\nOne line more.\n');
  const told = await new Promise<Words[]>(resolve => {
    onTestFinished(watchLab(dir, resolve, {everyMs: EVERY_MS, readAs: () => readAs}));
  });
  expect(told).toEqual([]);
});

test('a session that is opened while its lab is watched says how that was read', async () => {
  const dir = copy();
  const context = {env: process.env, labsDir: dirname(dir), lang: 'en'} as unknown as Context;
  const rooms = new Rooms(context, () => {});
  onTestFinished(() => rooms.close());
  let stop: (() => void) | undefined;
  const changed = new Promise<Words[]>(resolve => {
    stop = rooms.watchLab('01', resolve);
  });
  onTestFinished(() => stop?.());
  await rooms.openSession('01', {size: {cols: 80, rows: 24}}, 'private', {progress: null});
  appendFileSync(join(dir, 'lab.md'), '\nOne line more.\n');
  expect(await changed).toEqual([]);
});
