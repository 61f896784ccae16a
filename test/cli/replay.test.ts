/** `glassbox replay` without a screen, as nobody: what it prints, and what it says of files that are no recordings. */
import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import type {Event, EventBody} from '../../src/course/index.ts';
import {lineOf} from '../../src/course/record/format.ts';
import {glassbox, type Ran} from '../support/glassbox.ts';
import {smallLab} from '../ui/support/lab.ts';

const NOBODY = 65534;
const HEAD =
  '{"kind":"recording","format":"glassbox","version":1,"app":"0","at":"2026-11-21T12:00:00Z","kernel":"6.18.44"}';
const BODIES: EventBody[] = [
  {
    ...{type: 'session-started', lab: 'uts', labDir: '', version: '0', kernel: '6.18.44', stage: 'private', seed: 's'},
    ...{vars: {name: 'tiger'}, root: true},
  } as EventBody,
  {type: 'step-entered', step: 'name', index: 0, of: 2},
  {type: 'pending', block: {kind: 'container', id: 'box', at: 1}},
  {type: 'container-started', id: 'box', pid: 300},
  {type: 'facts', sides: {box: {limit: 9223372036854771712n}}, changed: []},
  {type: 'command-finished', side: 'box', command: 'hostname', status: 0, by: 'lab', output: 'tiger\n'},
  {type: 'session-ended', reason: 'finished', left: []},
];
const EVENTS = BODIES.map((body, i) => ({...body, seq: i, ms: i}) as Event);
const RECORDING = [
  HEAD,
  lineOf({kind: 'lab', lab: smallLab()}),
  ...EVENTS.map(event => lineOf({kind: 'event', event})),
  '',
].join('\n');

function folder(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'glassbox-replay-'));
  onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
  chmodSync(dir, 0o755);
  return dir;
}

function file(text: string, name = 'demo.glassbox'): string {
  const where = path.join(folder(), name);
  writeFileSync(where, text);
  return where;
}

const replay = (...args: string[]): Ran =>
  glassbox(['replay', ...args], {uid: NOBODY, env: {HOME: '/nonexistent', XDG_STATE_HOME: '/nonexistent'}});

describe('a recording is printed', () => {
  test.each([
    ['en', 'REPLAY of 2026-11-21, Linux 6.18', 'Step 1'],
    ['zh', '回放：2026-11-21 录制，Linux 6.18', '第 1'],
  ])('in %s, labelled', (lang, label, step) => {
    const {status, stdout, stderr} = replay(file(RECORDING), '--lang', lang);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')[0]).toContain(label);
    expect(stdout).toContain(step);
    expect(stdout).toContain('box# hostname\ntiger\n');
  });

  test('as events', () => {
    const {status, stdout} = replay(file(RECORDING), '--json');
    const events = stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Event);
    expect(status).toBe(0);
    expect(events.map(({type}) => type)).toEqual(EVENTS.map(({type}) => type));
    expect(stdout).toContain('"limit":"9223372036854771712"');
  });

  test('up to where it was cut off, which is said', () => {
    const torn = file(RECORDING.slice(0, -30));
    const {status, stdout, stderr} = replay(torn);
    expect(status).toBe(0);
    expect(stdout).toContain('tiger');
    expect(stderr).toContain('cut off in line 9');
    expect(replay(torn, '--lang', 'zh').stderr).toContain('第 9 行断了');
  });

  test('also where the one for asciinema was named', () => {
    const cast = file('{"version": 2, "width": 80, "height": 24}\n', 'demo.cast');
    writeFileSync(`${cast}.glassbox`, RECORDING);
    const {status, stdout} = replay(cast);
    expect(status).toBe(0);
    expect(stdout).toContain('REPLAY of');
  });
});

describe('what is no recording', () => {
  test.each([
    ['nothing at all', '', 2, 'is no recording of Glassbox', '不是 Glassbox 的录制'],
    ['bytes', '\0\x01\xff', 2, 'is no recording of Glassbox', '不是 Glassbox 的录制'],
    ['a screen alone', '{"version": 2, "width": 80}\n', 2, 'recording of the screen', '屏幕录制'],
    ['of a later version', `${HEAD.replace('"version":1', '"version":7')}\n`, 2, 'of version 7', '版本 7'],
    ['empty', `${HEAD}\n`, 2, 'nothing to play', '没有可播放的内容'],
  ])('%s', (_, text, wanted, en, zh) => {
    const where = file(text);
    const {status, stdout, stderr} = replay(where);
    expect([status, stdout]).toEqual([wanted, '']);
    expect(stderr).toContain(en);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(replay(where, '--lang', 'zh').stderr).toContain(zh);
  });

  test('is a file that is not there, a folder, or one that may not be read', () => {
    const secret = file(RECORDING);
    chmodSync(secret, 0o600);
    for (const [where, why] of [
      ['/nowhere/x.glassbox', 'there is no such file'],
      [folder(), 'that is a folder'],
      [secret, 'you may not read it'],
    ] as const) {
      const {status, stderr} = replay(where);
      expect([status, stderr.includes(why)], stderr).toEqual([1, true]);
    }
  });
});

describe('--record', () => {
  test('overwrites nothing, and says what is in the way', () => {
    const dir = folder();
    writeFileSync(path.join(dir, 'a.cast.glassbox'), 'mine');
    const {status, stderr} = glassbox(['learn', '--record', path.join(dir, 'a.cast')]);
    expect(status).toBe(1);
    expect(stderr).toContain('a.cast.glassbox is there already');
    expect(glassbox(['learn', '--record', path.join(dir, 'a.cast'), '--lang', 'zh']).stderr).toContain('已经存在');
    // The half that could be opened is not left in the way of the next try.
    expect(glassbox(['learn', '--record', path.join(dir, 'a.cast')]).stderr).toContain('a.cast.glassbox');
  });

  test('says why nothing can be written', () => {
    const {status, stderr} = glassbox(['learn', '--record', '/nowhere/a.cast']);
    expect(status).toBe(1);
    expect(stderr).toContain('its folder is not there');
  });
});
