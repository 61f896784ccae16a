/** The settings file on the disk: found, read, kept, and never a reason to fail. */
import {execFileSync} from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {readSettings} from '../../../src/cli/settings/read.ts';
import {SettingsSaver} from '../../../src/cli/settings/save.ts';
import {configPlace} from '../../../src/course/progress/place.ts';

const STUDENT = 65_534;

let base: string;
let dir: string;
let file: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'settings-'));
  dir = join(base, 'glassbox');
  file = join(dir, 'config.yaml');
});
afterEach(() => rmSync(base, {recursive: true}));

const put = (text: string): void => {
  mkdirSync(dir, {recursive: true});
  writeFileSync(file, text);
};

describe('the place', () => {
  test('XDG_CONFIG_HOME, else ~/.config', () => {
    expect(configPlace({XDG_CONFIG_HOME: '/x', HOME: '/h'}, 0).dir).toBe('/x/glassbox');
    expect(configPlace({XDG_CONFIG_HOME: 'x', HOME: '/h'}, 0).dir).toBe('/h/.config/glassbox');
  });
});

describe('reading', () => {
  test('no file, no trouble', async () => {
    expect(await readSettings({dir})).toEqual({file, exists: false, settings: {keys: {}}, problems: []});
  });

  test('a folder, a pipe and a device in its place are said, and nobody waits', async () => {
    mkdirSync(file, {recursive: true});
    expect((await readSettings({dir})).problems).toMatchObject([{code: 'unreadable', params: {why: 'EISDIR'}}]);
    rmSync(file, {recursive: true});
    execFileSync('mkfifo', [file]);
    expect((await readSettings({dir})).problems).toMatchObject([{code: 'unreadable'}]);
    rmSync(file);
    symlinkSync('/dev/zero', file);
    expect((await readSettings({dir})).problems).toMatchObject([{code: 'unreadable'}]);
  });

  test('a file that is far too large is not read', async () => {
    put('#'.repeat(300_000));
    expect((await readSettings({dir})).problems).toMatchObject([{code: 'too-large', params: {bytes: 300_000}}]);
  });

  test('a byte order mark is no letter', async () => {
    put('\uFEFFlang: zh\n');
    expect(await readSettings({dir})).toMatchObject({settings: {lang: 'zh'}, problems: []});
  });
});

describe('keeping', () => {
  test('makes the file, private, and changes it later', async () => {
    const saver = new SettingsSaver({dir});
    expect(await saver.save({lang: 'zh'})).toBeUndefined();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await saver.save({theme: 'light'})).toBeUndefined();
    expect(await readSettings({dir})).toMatchObject({settings: {lang: 'zh', theme: 'light'}, problems: []});
    expect(readdirSync(dir)).toEqual(['config.yaml']);
  });

  test('many switches at once end with the last', async () => {
    const saver = new SettingsSaver({dir});
    for (const theme of ['light', 'contrast', 'none', 'dark', 'light'] as const) void saver.save({theme});
    void saver.save({lang: 'zh'});
    await saver.settled();
    expect(await readSettings({dir})).toMatchObject({settings: {lang: 'zh', theme: 'light'}});
  });

  test('mode, comments and what an editor wrote meanwhile stay', async () => {
    put('# mine\nlang: en\n');
    chmodSync(file, 0o640);
    const saver = new SettingsSaver({dir});
    await saver.save({lang: 'zh'});
    writeFileSync(file, `${readFileSync(file, 'utf8')}ascii: yes # new\n`);
    await saver.save({lang: 'en'});
    expect(readFileSync(file, 'utf8')).toBe('# mine\nlang: en\nascii: yes # new\n');
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  test('a link of the learner is followed and stays a link', async () => {
    mkdirSync(dir);
    const real = join(base, 'dotfile.yaml');
    writeFileSync(real, 'lang: en\n');
    symlinkSync(real, file);
    expect(await new SettingsSaver({dir}).save({lang: 'zh'})).toBeUndefined();
    expect(readFileSync(real, 'utf8')).toBe('lang: zh\n');
  });

  test('a file that is no YAML is left as it is', async () => {
    put('lang: "en\n');
    expect(await new SettingsSaver({dir}).save({lang: 'zh'})).toMatchObject({code: 'unsaved'});
    expect(readFileSync(file, 'utf8')).toBe('lang: "en\n');
  });

  test('what cannot be written is said and nothing more', async () => {
    writeFileSync(join(base, 'glassbox'), 'a file where the folder should be');
    expect(await new SettingsSaver({dir}).save({lang: 'zh'})).toMatchObject({code: 'unwritable'});
    rmSync(join(base, 'glassbox'));
    put('lang: en\n');
    chmodSync(file, 0o444);
    expect(await new SettingsSaver({dir}).save({lang: 'zh'})).toMatchObject({code: 'unwritable'});
    expect(readFileSync(file, 'utf8')).toBe('lang: en\n');
  });
});

describe.skipIf(process.getuid?.() !== 0)('root for a student', () => {
  const owner = {uid: STUDENT, gid: STUDENT};

  test('folder and file are the student’s', async () => {
    chownSync(base, STUDENT, STUDENT);
    expect(await new SettingsSaver({dir, owner}).save({lang: 'zh'})).toBeUndefined();
    for (const made of [dir, file]) expect(statSync(made)).toMatchObject(owner);
    expect(await new SettingsSaver({dir, owner}).save({lang: 'en'})).toBeUndefined();
    expect(statSync(file)).toMatchObject(owner);
  });

  test('a link to somebody else’s file is neither read nor written', async () => {
    mkdirSync(dir);
    chownSync(dir, STUDENT, STUDENT);
    const secret = join(base, 'secret');
    writeFileSync(secret, 'lang: en\n');
    symlinkSync(secret, file);
    expect((await readSettings({dir, owner})).problems).toMatchObject([{code: 'foreign', params: {uid: 0}}]);
    expect(await new SettingsSaver({dir, owner}).save({lang: 'zh'})).toMatchObject({code: 'foreign'});
    expect(readFileSync(secret, 'utf8')).toBe('lang: en\n');
  });
});
