import {describe, expect, it} from 'vitest';
import {drawQuiz} from '../../../src/course/quiz/draw.ts';
import {openExam, resultKey, sealExam, sealedTitle} from '../../../src/course/quiz/seal.ts';
import type {Exam} from '../../../src/course/quiz/types.ts';
import {realItems} from './support.ts';

const exam: Exam = {
  title: {en: 'Midterm', zh: '期中'},
  labs: [],
  kinds: [],
  count: 6,
  seed: '2026',
  include: [],
  exclude: [],
  points: {},
};
const secret = 'correct horse 电池';
const content = async () => ({exam, items: drawQuiz(await realItems(), exam).items});

describe('a sealed exam', () => {
  it('gives back questions and keys to who has the secret, and shows only its title to others', async () => {
    const sealed = await sealExam(secret, await content());
    const {items} = await content();
    for (const {block} of items) expect(sealed).not.toContain(block.ask.en.slice(0, 20));
    expect(sealedTitle(sealed)).toEqual(exam.title);
    expect(sealedTitle('title: Midterm')).toBeUndefined();
    const opened = await openExam(sealed, ` ${secret.normalize('NFD')}\n`, 'x.exam');
    expect(opened.exam).toEqual(exam);
    expect(drawQuiz(opened.items, opened.exam).asked).toEqual(drawQuiz(await realItems(), exam).asked);
    expect(opened.items.map(({block}) => block)).toEqual(items.map(({block}) => block));
    expect(opened.items.every(item => item.doc.dir === '')).toBe(true);
    expect(await resultKey(secret, opened.sealed)).toEqual(opened.macKey);
    expect(await resultKey('another secret', opened.sealed)).not.toEqual(opened.macKey);
  });

  it('is another file each time', async () => {
    const [one, two] = [await sealExam(secret, await content()), await sealExam(secret, await content())];
    const names = await Promise.all([one, two].map(text => openExam(text, secret, 'x')));
    expect(names[0]!.sealed).not.toBe(names[1]!.sealed);
    expect(names[0]!.macKey).not.toEqual(names[1]!.macKey);
  });

  it('says whether the secret is wrong or the file', async () => {
    const sealed = await sealExam(secret, await content());
    await expect(openExam(sealed, `${secret}!`, 'x')).rejects.toThrow('seal.secret');
    const data = JSON.parse(sealed) as Record<string, string> & {kdf: object};
    const flip = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
    const cases: [object, string][] = [
      [{data: flip(data.data!)}, 'seal.damaged'],
      [{tag: flip(data.tag!)}, 'seal.damaged'],
      [{tag: ''}, 'seal.damaged'],
      [{tag: data.tag!.slice(0, 4)}, 'seal.damaged'],
      [{iv: flip(data.iv!)}, 'seal.damaged'],
      [{iv: ''}, 'seal.damaged'],
      [{title: {en: 'Another'}}, 'seal.damaged'],
      [{data: 'no base 64!'}, 'seal.damaged'],
      [{extra: 1}, 'seal.damaged'],
      [{check: flip(data.check!)}, 'seal.secret'],
      [{check: ''}, 'seal.secret'],
      [{kdf: {...data.kdf, p: 2}}, 'seal.secret'],
      [{kdf: {...data.kdf, N: 2 ** 30}}, 'seal.cost'],
      [{kdf: {...data.kdf, N: 20000}}, 'seal.cost'],
      [{kdf: {...data.kdf, N: 2}}, 'seal.damaged'],
      [{version: 2}, 'seal.newer'],
      [{format: 'zip'}, 'seal.other'],
    ];
    for (const [edit, code] of cases)
      await expect(openExam(JSON.stringify({...data, ...edit}), secret, 'x'), JSON.stringify(edit)).rejects.toThrow(
        code,
      );
    await expect(openExam('', secret, 'x')).rejects.toThrow('seal.other');
    await expect(openExam('null', secret, 'x')).rejects.toThrow('seal.other');
  });

  it('takes no secret that is guessed at once, and no made-up name', async () => {
    await expect(sealExam(' short  ', await content())).rejects.toThrow('seal.short');
    await expect(resultKey(secret, 'scrypt:1:1')).rejects.toThrow('seal.name');
    await expect(resultKey(secret, 'scrypt:99999999:8:3:AAAAAAAA:0123456789abcdef')).rejects.toThrow('seal.cost');
  });
});
