/** The report as text, in both languages; and what is around the labs. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {
  type LabRehearsal,
  recordingRemarks,
  rehearsalStatus,
  rehearsalTable,
  rehearseWords,
  remarkLine,
  surroundings,
  unmetLines,
} from '../../../src/course/index.ts';
import type {HostReport} from '../../../src/engine/index.ts';

const time = {reading: 60_000, typing: 5000, running: 900, pausing: 0, total: 65_900};
const lab = (change: Partial<LabRehearsal> = {}): LabRehearsal => ({
  lab: 'uts',
  number: '01',
  verdict: 'ready',
  unmet: [],
  remarks: [],
  steps: 7,
  commands: 11,
  checks: {passed: 6, all: 6},
  ms: 4200,
  stage: {en: time, zh: {...time, total: 125_400}},
  recordBytes: 1000,
  ...change,
});
const notRun = lab({
  number: '10',
  lab: 'aufs',
  verdict: 'not-run',
  stage: {},
  unmet: [{code: 'host.unmet.filesystem', params: {name: 'aufs', command: 'modprobe aufs'}, cure: 'host.cure.module'}],
});

test('the table: aligned in cells, with a sum, in the language of the reader', () => {
  expect(rehearsalTable([lab(), notRun], 'en')).toEqual([
    'lab      steps  commands  checks   here   on stage  verdict',
    '01 uts       7        11     6/6  4.2 s  1 min 6 s  ready',
    '10 aufs      7         –       –      –          –  not run here',
    'all         14        11     6/6  4.2 s  1 min 6 s',
    '',
    'On stage, in English: reading 1 min 0 s, typing 5.0 s, running 0.9 s.',
  ]);
  expect(rehearsalTable([lab()], 'zh')).toEqual([
    '实验    步骤  命令  检查    本机       台上  结论',
    '01 uts     7    11   6/6  4.2 秒  2 分 5 秒  就绪',
    '',
    '台上（中文）：阅读 1 分 0 秒，打字 5.0 秒，运行 0.9 秒。',
  ]);
});

test('why a lab is not run, and how to mend it', () => {
  expect(unmetLines(notRun, 'en')[0]).toMatch(/^not run here: .*aufs.*modprobe aufs/);
  expect(unmetLines(notRun, 'zh')[0]).toMatch(/^本机不运行：.*aufs.*modprobe aufs/);
});

test('the status: what fails outweighs what was not run; nothing rehearsed is no success', () => {
  expect(rehearsalStatus([lab(), lab({verdict: 'remarks'})])).toBe(0);
  expect(rehearsalStatus([lab(), notRun])).toBe(3);
  expect(rehearsalStatus([notRun, lab({verdict: 'fails'})])).toBe(1);
  expect(rehearsalStatus([lab()], [{severity: 'fails', code: 'rehearse.size', params: {}}])).toBe(1);
  expect(rehearsalStatus([lab()], [{severity: 'warns', code: 'rehearse.memory', params: {}}])).toBe(0);
  expect(rehearsalStatus([])).toBe(1);
});

test('every sentence exists in both languages with the same holes', () => {
  for (const [code, {en, zh}] of Object.entries(rehearseWords)) {
    const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    expect(holes(zh), code).toEqual(holes(en));
  }
});

const host = (findings: HostReport['findings']): HostReport => ({findings}) as HostReport;
const enough = {size: {cols: 80, rows: 24}, least: {cols: 60, rows: 16}, memory: 2 ** 32, host: host([])};
const codes = (remarks: {code: string; severity: string}[]) => remarks.map(({code, severity}) => `${severity} ${code}`);

test('a small screen, little memory, no UTF-8, a terminal that cannot be drawn on', () => {
  expect(surroundings(enough)).toEqual([]);
  expect(codes(surroundings({...enough, size: {cols: 79, rows: 24}}))).toEqual(['warns rehearse.narrow']);
  expect(codes(surroundings({...enough, size: {cols: 80, rows: 15}}))).toEqual(['fails rehearse.size']);
  expect(codes(surroundings({...enough, memory: 2 ** 28}))).toEqual(['warns rehearse.memory']);
  const remarks = surroundings({
    ...enough,
    host: host([
      {
        id: 'locale',
        ok: 'partly',
        found: 'C',
        meaning: 'host.locale.not-utf8',
        params: {command: 'export LANG=C.UTF-8'},
        cure: 'host.cure.locale',
      },
      {
        id: 'terminal',
        ok: 'no',
        found: 'dumb',
        meaning: 'host.terminal.dumb',
        params: {command: 'export TERM=xterm-256color'},
        cure: 'host.cure.terminal-dumb',
      },
      {id: 'tool.strace', ok: 'no', found: '', meaning: 'host.tool.strace'},
    ]),
  });
  expect(codes(remarks)).toEqual(['warns rehearse.host', 'fails rehearse.host']);
  expect(remarkLine(remarks[0]!, 'en')).toMatch(/^· Not a UTF-8 locale: .* export LANG=C\.UTF-8$/);
  expect(remarkLine(remarks[1]!, 'zh')).toMatch(/^✗ .*export TERM=xterm-256color/);
});

test('a recording: room, a name that is free, a folder that is there', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'glassbox-rehearse-'));
  onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
  const file = path.join(dir, 'class.cast');
  const files = [`${file}.glassbox`, file];
  expect(recordingRemarks(files, [lab()])).toEqual([]);
  expect(codes(recordingRemarks(files, [lab({recordBytes: 2 ** 60})]))).toEqual(['warns rehearse.record.room']);
  expect(codes(recordingRemarks([path.join(dir, 'no', 'x')], []))).toEqual(['fails rehearse.record.no-folder']);
  writeFileSync(file, '');
  expect(codes(recordingRemarks(files, [lab()]))).toEqual(['fails rehearse.record.exists']);
});
