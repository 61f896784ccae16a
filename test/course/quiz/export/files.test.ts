/** Moodle XML, QTI and Anki: well-formed whatever a question holds, and read back by programs of others. */
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parse} from 'csv-parse/sync';
import fc from 'fast-check';
import {strFromU8, unzipSync} from 'fflate';
import {describe, expect, it, onTestFinished} from 'vitest';
import {toAnki} from '../../../../src/course/quiz/export/anki.ts';
import {toCards} from '../../../../src/course/quiz/export/cards.ts';
import {decodeEntities, richBlock, safeMarkdown} from '../../../../src/course/quiz/export/markdown.ts';
import {toMoodle} from '../../../../src/course/quiz/export/moodle.ts';
import {qtiFiles, toQti} from '../../../../src/course/quiz/export/qti-package.ts';
import type {Card} from '../../../../src/course/quiz/export/types.ts';
import {zip} from '../../../../src/course/quiz/export/zip.ts';
import {realItems} from '../support.ts';
import {anyCard, everyKind, xmlErrors} from './support.ts';

const all = async (lang: 'en' | 'zh') => toCards([...(await realItems()), ...everyKind], {lang, seed: 's'}).cards;
/** The validator takes long to begin: many at once, a few times. */
const many = fc.array(anyCard, {minLength: 10, maxLength: 20});
const few = {numRuns: 4};

/** Path of imsqti_v2p1.xsd beside what it imports, where somebody has it and xmllint(1): its licence keeps it out of here. */
const XSD = process.env.GLASSBOX_QTI_XSD;

describe('Moodle XML', () => {
  it('holds each question with its type', async () => {
    const cards = await all('zh');
    const {text} = toMoodle(cards);
    expect(await xmlErrors(text)).toEqual([]);
    const types = [...text.matchAll(/<question type="(\w+)"/g)]
      .map(([, type]) => type)
      .filter(type => type !== 'category');
    expect(types.length).toBe(cards.length);
    expect(new Set(types)).toEqual(new Set(['multichoice', 'numerical', 'shortanswer', 'matching', 'essay']));
    // The importer wants weights of its own list, and a question of one choice a whole 100.
    for (const [, fraction] of text.matchAll(/fraction="([^"]*)"/g))
      expect([
        '100',
        '90',
        '80',
        '75',
        '70',
        '66.66667',
        '60',
        '50',
        '40',
        '33.33333',
        '30',
        '25',
        '20',
        '16.66667',
        '14.28571',
        '12.5',
        '11.11111',
        '10',
        '5',
        '0',
      ]).toContain(fraction!.replace('-', ''));
  });

  it('is well-formed whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(many, async cards => {
        expect(await xmlErrors(cards.map(card => toMoodle([card]).text))).toEqual([]);
      }),
      few,
    );
  });
});

describe('QTI', () => {
  it('is a package in which every file is named and every name is a file', async () => {
    const cards = await all('en');
    const files = Object.entries(unzipSync(toQti(cards))).map(([name, bytes]) => [name, strFromU8(bytes)] as const);
    expect(files).toEqual(qtiFiles(cards));
    const names = files.map(([name]) => name);
    const manifest = files[0]![1];
    expect(new Set([...manifest.matchAll(/<file href="([^"]*)"/g)].map(([, href]) => href))).toEqual(
      new Set(names.slice(1)),
    );
    const test = files.find(([name]) => name === 'test.xml')![1];
    expect([...test.matchAll(/assessmentItemRef [^>]*href="([^"]*)"/g)].map(([, href]) => href).toSorted()).toEqual(
      names.slice(2).toSorted(),
    );
    expect(await xmlErrors(files.map(([, text]) => text))).toEqual([]);
  });

  it('is well-formed whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(many, async cards => {
        expect(await xmlErrors(qtiFiles(cards).map(([, text]) => text))).toEqual([]);
      }),
      few,
    );
  });

  it.skipIf(XSD === undefined || !existsSync(XSD))('is valid by its schema', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'glassbox-qti-'));
    onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
    const valid = async (cards: Card[]) => {
      const [, ...files] = qtiFiles(cards);
      const paths = files.map(([, text], n) => {
        writeFileSync(join(dir, `${n}.xml`), text);
        return join(dir, `${n}.xml`);
      });
      const {stderr, status} = spawnSync('xmllint', ['--nonet', '--noout', '--schema', XSD!, ...paths], {
        encoding: 'utf8',
      });
      expect([status, stderr.split('\n').filter(line => line !== '' && !line.endsWith(' validates'))]).toEqual([0, []]);
    };
    await valid(await all('en'));
    await fc.assert(fc.asyncProperty(many, valid), few);
  });

  it('packs files that another program unpacks', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z\u4e00-\u4e20]{1,9}$/), fc.string({unit: 'binary'})), {
          selector: ([name]) => name,
          maxLength: 5,
        }),
        files => {
          const whole = files.map(([name, text]) => [name, text.toWellFormed()] as const);
          const back = unzipSync(zip(whole));
          expect(Object.fromEntries(Object.entries(back).map(([name, bytes]) => [name, strFromU8(bytes)]))).toEqual(
            Object.fromEntries(whole),
          );
        },
      ),
    );
  });

  it('packs with the checksum that strict programs compare', () => {
    // The check value of CRC-32, in the local header and in the directory.
    const check = Buffer.from([0x26, 0x39, 0xf4, 0xcb]);
    const bytes = Buffer.from(zip([['a', '123456789']]));
    expect(bytes.subarray(14, 18)).toEqual(check);
    expect(bytes.subarray(bytes.indexOf('PK\x01\x02', 0, 'latin1') + 16).subarray(0, 4)).toEqual(check);
  });
});

describe('Anki', () => {
  const rows = (text: string) => {
    const [head, body] = [
      text.split('\n').filter(line => /^#\w/.test(line)),
      text.split('\n').filter(line => !/^#\w/.test(line)),
    ];
    return {head, rows: parse(body.join('\n'), {delimiter: '\t', relax_column_count: false}) as string[][]};
  };

  it('has a line of four fields for each question', async () => {
    const cards = await all('zh');
    const {head, rows: notes} = rows(toAnki(cards));
    expect(head).toContain('#guid column:1');
    expect(notes.map(([id]) => id)).toEqual(cards.map(card => `glassbox:${card.id}:zh`));
    for (const note of notes) expect(note.length).toBe(4);
    for (const note of notes) expect(note[3]).toMatch(/^[\w-]+( [\w-]+)+$/);
  });

  it('keeps to its lines and fields, and its HTML closes, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(many, async cards => {
        const {rows: notes} = rows(toAnki(cards));
        expect(notes.length).toBe(cards.length);
        for (const note of notes) expect(note.length).toBe(4);
        const html = notes.map(note => `<x>${note.slice(1, 3).join('').replaceAll('<br>', '<br/>')}</x>`);
        expect(await xmlErrors(html)).toEqual([]);
      }),
      few,
    );
  });
});

describe('Markdown for others', () => {
  it.each([
    ['a < b and `a < b`', 'a &lt; b and `a < b`'],
    ['<script>x</script>', '&lt;script>x&lt;/script>'],
    ['![x](http://spy)', '!\\[x](http://spy)'],
    ['[x](javascript:1) [y](https://z)', '[x]\\(javascript:1) [y](https://z)'],
    ['```\n<b>\n```\n<b>', '```\n<b>\n```\n&lt;b>'],
  ])('%j is harmless as %j', (source, safe) => {
    expect(safeMarkdown(source)).toBe(safe);
    expect(safeMarkdown(safe)).toBe(safe);
  });

  it.each([
    ['a < b', '<p>a &lt; b</p>'],
    ['&lt;b&gt; &nbsp; &#65;', '<p>&lt;b&gt; \u00a0 A</p>'],
    ['<img src=x>', '<p>&lt;img src=x&gt;</p>'],
    ['[x](javascript:1)', '<p>x</p>'],
    ['`<a>`', '<p><code>&lt;a&gt;</code></p>'],
    ['是**“重点”**的', '<p>是<strong>“重点”</strong>的</p>'],
    ['a\\\nb', '<p>a<br/>b</p>'],
  ])('%j is %j', (source, html) => {
    expect(richBlock(source)).toBe(html);
  });

  it('decodes only characters that there are', () => {
    expect(decodeEntities('&#0;&#xd800;&#x110000;&amp;&AMP;&#x4e2d;')).toBe('&#0;&#xd800;&#x110000;&&中');
  });
});
