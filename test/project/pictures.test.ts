/** The READMEs' pictures: they are there, they show today's app, and they show nothing of the machine they were made on. */
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import xterm from '@xterm/headless';
import {describe, expect, test} from 'vitest';
import {readCells} from '../../scripts/pictures/cells.ts';
import {PICTURES, type PictureEntry} from '../../scripts/pictures/list.ts';
import {readRows, unescapeXml} from '../../scripts/pictures/read.ts';
import {renderSvg} from '../../scripts/pictures/svg.ts';
import {captionOf, fileName, HOSTNAME} from '../../scripts/pictures/take.ts';
import {type Lang, loadHeader, loadLab} from '../../src/course/index.ts';
import {uiWords} from '../../src/ui/words.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const {version} = JSON.parse(read('package.json')) as {version: string};
const labFolders = readdirSync(path.join(root, 'labs')).filter(name => /^\d\d-/.test(name));

/** What `npm run pictures` mends. */
const AGAIN = 'the picture is not of today’s app: npm run pictures makes it anew';

const LANGS = ['en', 'zh'] as const;
const made = PICTURES.flatMap(entry => LANGS.map(lang => ({entry, lang, file: fileName(entry, lang)})));
const svgOf = (file: string): string => read(`docs/pictures/${file}`);

/** Undefined: it is well-formed. As strict as the pictures need it: no comments, no sections, five entities. */
function malformed(xml: string): string | undefined {
  const open: string[] = [];
  let rest = xml.trim();
  const tag = /^<(\/?)([a-zA-Z][\w:-]*)((?:\s+[a-zA-Z_:][\w:.-]*="[^"<]*")*)\s*(\/?)>/;
  while (rest !== '') {
    const text = /^[^<]+/.exec(rest)?.[0];
    const [whole = '', closing, name = '', attributes = '', empty] = tag.exec(rest) ?? [];
    const said = text ?? attributes;
    const stray = said.replace(/&(amp|lt|gt|quot|#\d+);/g, '').indexOf('&');
    if (stray >= 0 || /[\x00-\x08\x0b\x0c\x0e-\x1f]/.test(said)) return `a character that is not allowed: ${said}`;
    if (text === undefined && whole === '') return `not a tag: ${rest.slice(0, 60)}`;
    const names = [...attributes.matchAll(/([\w:.-]+)="/g)].map(match => match[1]);
    if (new Set(names).size < names.length) return `an attribute twice: ${whole}`;
    if (closing) {
      const last = open.pop();
      if (last !== name) return `</${name}> where </${last}> was expected`;
    } else if (text === undefined && !empty) open.push(name);
    rest = rest.slice((text ?? whole).length);
    if (open.length === 0 && rest !== '' && rest.trim() !== '') return `after the end: ${rest.slice(0, 60)}`;
  }
  return open.length > 0 ? `never closed: ${open.join(', ')}` : undefined;
}

describe('the files', () => {
  test('the folder has the pictures of the list and no others', () => {
    expect(readdirSync(path.join(root, 'docs/pictures')).sort()).toEqual(made.map(({file}) => file).sort());
  });

  const readers = [
    'README.md',
    'README.zh.md',
    ...readdirSync(path.join(root, 'docs'))
      .filter(name => name.endsWith('.md'))
      .map(name => `docs/${name}`),
  ];
  const named = readers.flatMap(reader =>
    [...read(reader).matchAll(/!\[([^\]]*)\]\(([^)\s]*pictures\/([^)\s]+))\)/g)].map(
      ([, alt = '', target = '', file = '']) => ({reader, alt, target, file}),
    ),
  );

  test.each(named)('$reader names $target, which exists, and says what it shows', ({reader, alt, target, file}) => {
    const there = path.resolve(root, path.dirname(reader), target);
    expect(path.relative(path.join(root, 'docs/pictures'), there)).toBe(file);
    expect(made.map(one => one.file)).toContain(file);
    expect(alt.trim()).not.toBe('');
  });

  test.each(made)('$file is named by a document of its language', ({file, lang}) => {
    const zh = (reader: string) => reader.includes('.zh.');
    expect(named.filter(one => one.file === file && zh(one.reader) === (lang === 'zh'))).not.toEqual([]);
  });
});

describe.each(made)('$file', ({entry, lang, file}) => {
  const svg = svgOf(file);
  const rows = readRows(svg);
  const screen = rows.join('\n');

  test('is well-formed, small, and needs nothing from elsewhere', () => {
    expect(malformed(svg)).toBeUndefined();
    expect(Buffer.byteLength(svg)).toBeLessThan(60 * 1024);
    expect(svg).not.toMatch(/href|url\(|<script|<image|<foreignObject/);
  });

  test('says what it shows to those who do not see it', () => {
    expect(svg).toContain('aria-labelledby="title desc"');
    expect(unescapeXml(/<title[^>]*>([^<]*)</.exec(svg)?.[1] ?? '')).toBe(entry.title[lang]);
    expect(unescapeXml(/<desc[^>]*>([^<]*)</.exec(svg)?.[1] ?? '')).toBe(entry.description[lang]);
  });

  test('is of this version, with its size and command in the window’s bar', () => {
    expect(svg, AGAIN).toContain(`data-version="${version}"`);
    expect(svg, AGAIN).toContain(captionOf(entry, version));
    expect(rows.length).toBeLessThanOrEqual(entry.rows);
  });

  test('its footer is in today’s words', () => {
    const hints = (rows.at(-1) ?? '').trim().split(/ {2,}/);
    expect(hints.length).toBeGreaterThan(2);
    const known = Object.entries(uiWords).flatMap(([code, word]) =>
      code.startsWith('key.') ? [` ${word[lang]}`] : [],
    );
    for (const hint of hints)
      expect(
        known.some(word => hint.endsWith(word)),
        `${hint}: ${AGAIN}`,
      ).toBe(true);
  });

  test('its header is today’s', async () => {
    const shown = headerOf(rows);
    const today = await headers(entry, lang);
    expect(
      today.some(one => one.startsWith(shown)),
      `${shown}: ${AGAIN}`,
    ).toBe(true);
    expect(shown.length).toBeGreaterThan(7);
  });

  test('shows nothing of the machine it was made on', () => {
    expect(screen).not.toMatch(/\/(work|home|root|tmp|mnt|srv|opt)\b/);
    for (const row of screen.matchAll(/(?:host name|主机名) +(\S+)/g)) expect(row[1]).toBe(HOSTNAME);
  });
});

/** The first row up to the first gap, without the mark of having been cut. */
const headerOf = (rows: string[]): string => (rows[0] ?? '').trim().split(/ {2,}/)[0]!.replace(/…$/, '');

/** What the app's first row may begin with: at home its name, in a lab number, title, step and question. */
async function headers({args}: PictureEntry, lang: Lang): Promise<string[]> {
  if (args.length === 0) return ['glassbox'];
  const folder = labFolders.find(name => name.startsWith(`${args.at(-1)}-`))!;
  const {lab} = await loadLab(path.join(root, 'labs', folder));
  const {title, question, steps, number} = lab!;
  const stepOf = (index: number) =>
    uiWords['lab.stepOf'][lang].replace('{index}', String(index)).replace('{of}', String(steps.length));
  return steps.map((_, i) => `${number} ${title[lang]} · ${stepOf(i + 1)} · ${question[lang]}`);
}

test.each(LANGS)('home in %s: every lab of today, with its question', async lang => {
  const rows = readRows(svgOf(`home.${lang}.svg`));
  for (const folder of labFolders) {
    const {header} = await loadHeader(path.join(root, 'labs', folder));
    const row = rows.find(one => one.slice(1).startsWith(folder.slice(0, 2)));
    expect(row, AGAIN).toContain(header!.title[lang]);
    expect(row, AGAIN).toContain(header!.question[lang]);
  }
});

describe('the drawing', () => {
  const draw = async (bytes: string, cols = 20, rows = 3): Promise<string> => {
    const terminal = new xterm.Terminal({cols, rows, allowProposedApi: true});
    await new Promise<void>(done => terminal.write(bytes, done));
    const texts = {caption: 'a & b', title: '<t>', description: '"d"', lang: 'en' as const, version: '1'};
    return renderSvg({rows: readCells(terminal, false), cols, ...texts});
  };

  test('words are read back where the terminal had them, wide ones and markup too', async () => {
    const svg = await draw('a  <b> & "c"\r\n中文 x 容器\r\n  ✓ \x1b[1mbold\x1b[0m \x1b[7minverse\x1b[0m');
    expect(malformed(svg)).toBeUndefined();
    expect(readRows(svg)).toEqual(['a  <b> & "c"', '中文 x 容器', '  ✓ bold inverse']);
  });

  test('a frame becomes four lines and no letters', async () => {
    const svg = await draw('┌────┐\r\n│    │\r\n└────┘');
    expect(readRows(svg)).toEqual([]);
    const paths = [...svg.matchAll(/<path class="\w+" d="([^"]*)"/g)].map(match => match[1]!);
    expect(paths).toHaveLength(1);
    expect(paths[0]!.match(/M[^M]+/g)).toHaveLength(4);
  });

  test('looks become classes: colours, bold, and what is inverse gets a box behind it', async () => {
    const svg = await draw('\x1b[31;1mred\x1b[0m \x1b[7mx\x1b[0m \x1b[4my\x1b[0m');
    expect(svg).toMatch(/\.s\d+\{fill:#f07f78;font-weight:700\}/);
    expect(svg.match(/<rect class/g)).toHaveLength(1);
    expect(svg).toMatch(/stroke-width:1\.1/);
  });

  test('a picture that was cut off or has a bare & is not taken for well-formed', async () => {
    const svg = await draw('x');
    for (const broken of [
      svg.slice(0, -8),
      svg.replace('&amp;', '&'),
      `${svg}<a/>`,
      svg.replace('role=', 'width='),
      svg.replace('</desc>', ''),
    ])
      expect(malformed(broken)).toBeDefined();
  });
});
