import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {loadLab} from '../../../src/course/format/load.ts';
import {lintFolder} from '../../../src/course/lint/lint.ts';
import {NewLabError, newLab} from '../../../src/course/new/new-lab.ts';
import {NEW_WORDS} from '../../../src/course/words/lab-meaning.ts';
import {render} from '../../../src/course/words/say.ts';
import {FACTS, inFolder} from '../support/labs.ts';

async function refused(made: Promise<unknown>): Promise<NewLabError> {
  const error = await made.then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(NewLabError);
  const {code, params} = error as NewLabError;
  for (const lang of ['en', 'zh'] as const) expect(render(NEW_WORDS, lang, code, params)).not.toMatch(/\{\w+\}|"new\./);
  return error as NewLabError;
}

describe('a new lab', () => {
  it('lints clean, in both languages, with a check that can be judged, solved and failed', async () => {
    await inFolder({}, async root => {
      const labs = join(root, 'labs');
      const {dir, files} = await newLab(labs, 'own-pid', 'PID: "who" is \\1?');
      expect(dir).toBe(join(labs, '01-own-pid'));
      expect(files).toEqual([join(dir, 'lab.md'), join(dir, 'lab.zh.md')]);
      expect(await lintFolder(dir, FACTS)).toEqual([]);
      const {lab} = await loadLab(dir);
      expect(lab).toMatchObject({
        id: 'own-pid',
        number: '01',
        langs: ['en', 'zh'],
        title: {en: 'PID: "who" is \\1?', zh: 'PID: "who" is \\1?'},
      });
      const kinds = lab!.steps.flatMap(step => step.blocks.map(block => block.kind));
      expect(new Set(kinds)).toEqual(new Set(['prose', 'container', 'predict', 'run', 'show', 'check', 'note']));
    });
  });

  it('takes the number after the last', async () => {
    await inFolder({'02-a/lab.md': '', '11-b/lab.md': ''}, async root => {
      expect((await newLab(root, 'c', 'C')).dir).toBe(join(root, '12-c'));
    });
  });

  it.each(['', 'PID', '1st', 'a_b', 'a--b', '../x', 'a/b', 'a b'])('no id: %j', async id => {
    await inFolder({}, async root => {
      expect((await refused(newLab(root, id, 'T'))).code).toBe('new.id');
      expect(readdirSync(root)).toEqual([]);
    });
  });

  it.each(['', '  ', 'A title that is far too long', '十三个汉字就占二十六格太长', 'a\nb', 'a\u001b[2J'])(
    'no title: %j',
    async title => {
      await inFolder({}, async root => expect((await refused(newLab(root, 'x', title))).code).toBe('new.title'));
    },
  );

  it('overwrites nothing', async () => {
    await inFolder({'03-uts/lab.md': 'mine'}, async root => {
      expect(await refused(newLab(root, 'uts', 'T'))).toMatchObject({
        code: 'new.exists',
        params: {dir: join(root, '03-uts')},
      });
      expect(readFileSync(join(root, '03-uts/lab.md'), 'utf8')).toBe('mine');
    });
  });

  it('a root that cannot be made', async () => {
    await inFolder({file: ''}, async root => {
      expect(await refused(newLab(join(root, 'file/labs'), 'x', 'T'))).toMatchObject({
        code: 'new.write',
        params: {errno: 'ENOTDIR'},
      });
    });
  });
});
