/** Files of recordings: written so that a kill loses nothing, read as far as they are whole. */
import {spawnSync} from 'node:child_process';
import {appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, it, onTestFinished, vi} from 'vitest';
import type {Event, EventBody} from '../../../src/course/index.ts';
import {lineOf} from '../../../src/course/record/format.ts';
import {readRecording} from '../../../src/course/record/reader.ts';
import {openRecorder} from '../../../src/course/record/writer.ts';
import {smallLab} from '../../ui/support/lab.ts';

function folder(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'glassbox-record-'));
  onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
  return dir;
}

const told = () => ({failed: vi.fn(), full: vi.fn()});
const bytes = (seq: number, data: string): Event => ({
  type: 'bytes',
  side: 'host',
  data: Buffer.from(data),
  seq,
  ms: seq,
});
const enter = (seq: number): Event => ({type: 'step-entered', step: 'name', index: 0, of: 2, seq, ms: seq});

function recorded(events: Event[]): string {
  const file = path.join(folder(), 'x.glassbox');
  const recorder = openRecorder(file, told());
  recorder.lab(smallLab());
  for (const event of events) recorder.event(event);
  recorder.close();
  return file;
}

describe('a recorder', () => {
  it('has written each event before the next one comes: nothing is lost by a kill', async () => {
    const file = path.join(folder(), 'x.glassbox');
    const recorder = openRecorder(file, told());
    onTestFinished(() => recorder.close());
    recorder.lab(smallLab());
    recorder.event(enter(0));
    recorder.event(bytes(1, 'host# \x1b[1m'));
    const {labs, torn, head} = await readRecording(file);
    expect(labs).toEqual([{lab: smallLab(), events: [enter(0), bytes(1, 'host# \x1b[1m')]}]);
    expect(torn).toBeUndefined();
    expect(Number.isNaN(Date.parse(head.at))).toBe(false);
  });

  it('is for its owner only, and overwrites nothing', () => {
    const file = recorded([enter(0)]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = readFileSync(file);
    expect(() => openRecorder(file, told())).toThrow(/EEXIST/);
    expect(readFileSync(file)).toEqual(before);
  });

  it('leaves terminals out past its limit, says so once and in the recording, and keeps all else', async () => {
    const file = path.join(folder(), 'x.glassbox');
    const on = told();
    const recorder = openRecorder(file, on, 20_000);
    recorder.lab(smallLab());
    for (let seq = 0; seq < 60; seq++) recorder.event(bytes(seq, 'y\r\n'.repeat(400)));
    recorder.event(enter(60));
    recorder.close();
    expect(on.full.mock.calls).toEqual([[20_000, false]]);
    const {labs} = await readRecording(file);
    expect(labs[0]!.events.filter(one => one.type === 'spool-full')).toHaveLength(1);
    expect(labs[0]!.events.at(-1)).toEqual(enter(60));
    expect(statSync(file).size).toBeLessThan(25_000);
  });

  it('keeps what was whole where the rest has no room, and says so once', async () => {
    const dir = folder();
    const file = path.join(dir, 'x.glassbox');
    const writer = path.resolve(import.meta.dirname, '../../../src/course/record/writer.ts');
    writeFileSync(
      path.join(dir, 'run.mjs'),
      `import {openRecorder} from ${JSON.stringify(writer)};
      const recorder = openRecorder(process.argv[2], {failed: error => console.log(error.code), full: () => {}});
      recorder.lab(${JSON.stringify(smallLab())});
      const data = Buffer.alloc(5000, 'y');
      for (let seq = 0; seq < 50; seq++) recorder.event({type: 'bytes', side: 'host', data, seq, ms: seq});`,
    );
    // RLIMIT_FSIZE in blocks of 1024 bytes: write(2) takes what fits and then fails, as on a full disk (setrlimit(2)).
    const {stdout, stderr} = spawnSync(
      'bash',
      ['-c', 'ulimit -f 40; exec "$@"', 'bash', process.execPath, path.join(dir, 'run.mjs'), file],
      {encoding: 'utf8'},
    );
    expect([stdout, stderr]).toEqual(['EFBIG\n', '']);
    const {labs, torn} = await readRecording(file);
    expect(torn).toBeUndefined();
    expect(labs[0]!.events.length).toBeGreaterThan(2);
    expect(labs[0]!.events.every(event => event.type === 'bytes' && event.data.length === 5000)).toBe(true);
  });

  it('ends calmly where nothing more can be written', () => {
    const on = told();
    const recorder = openRecorder(path.join(folder(), 'x'), on);
    recorder.lab(smallLab());
    recorder.close();
    recorder.close();
    recorder.event(enter(0));
    expect(on.failed).not.toHaveBeenCalled();
  });
});

describe('a recording is read', () => {
  it('up to its last whole line, wherever it was cut off', async () => {
    const file = recorded([enter(0), bytes(1, 'whole'), bytes(2, 'torn')]);
    truncateSync(file, statSync(file).size - 9);
    const {labs, torn} = await readRecording(file);
    expect(labs[0]!.events).toEqual([enter(0), bytes(1, 'whole')]);
    expect(torn).toBe(5);
  });

  it('with each of its labs, and without those in which nothing happened', async () => {
    const file = recorded([enter(0)]);
    const other = {...smallLab(), number: '02'};
    appendFileSync(file, `${lineOf({kind: 'lab', lab: other})}\n${lineOf({kind: 'lab', lab: smallLab()})}\n`);
    appendFileSync(file, `${lineOf({kind: 'event', event: enter(0)})}\n`);
    const {labs} = await readRecording(file);
    expect(labs.map(({lab}) => lab.number)).toEqual(['01', '01']);
  });

  it('with text that cannot steer the terminal it is shown on', async () => {
    const typed = {type: 'command-typed', side: 'host', command: 'ls\x1b]0;x\x07', by: 'lab'} satisfies EventBody;
    const file = recorded([{...typed, seq: 0, ms: 0}]);
    const {labs} = await readRecording(file);
    expect(labs[0]!.events[0]).toMatchObject({command: 'ls]0;x'});
  });

  it('up to a step that its lab does not have', async () => {
    const file = recorded([enter(0), {...enter(1), index: 7} as Event, enter(2)]);
    const {labs, torn} = await readRecording(file);
    expect(labs[0]!.events).toEqual([enter(0)]);
    expect(torn).toBe(4);
  });

  it('with a line separator within a text', async () => {
    const typed = {type: 'command-typed', side: 'host', command: 'echo \u2028', by: 'lab'} satisfies EventBody;
    const {labs, torn} = await readRecording(recorded([{...typed, seq: 0, ms: 0}]));
    expect(labs[0]!.events[0]).toMatchObject({command: 'echo \u2028'});
    expect(torn).toBeUndefined();
  });

  it.each([
    ['', 'recording.none'],
    ['{}\n', 'recording.none'],
    ['\0\0\0\n', 'recording.none'],
    ['{"version": 2, "width": 80, "height": 24}\n', 'recording.screen'],
    ['{"kind":"recording","format":"glassbox","version":2}\n', 'recording.newer'],
    ['{"kind":"recording","format":"glassbox","version":1}\n', 'recording.empty'],
    ['{"kind":"recording","format":"glassbox","version":1}\nrubbish\n', 'recording.empty'],
  ])('not where it is none: %j', async (text, code) => {
    const file = path.join(folder(), 'x');
    writeFileSync(file, text);
    await expect(readRecording(file)).rejects.toMatchObject({code});
  });

  it('not where it never ends', async () => {
    await expect(readRecording('/dev/zero')).rejects.toMatchObject({code: 'recording.none'});
  });
});
