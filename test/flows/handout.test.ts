/** `glassbox handout` as a person runs it: files, both languages, editions, recordings, refusals, and print. */
import {spawnSync} from 'node:child_process';
import {chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {release, tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {findLabs, type Lab, loadLab} from '../../src/course/index.ts';
import {glassbox, launcher, root} from '../support/glassbox.ts';

const out = mkdtempSync(path.join(tmpdir(), 'glassbox-handout-'));
const home = mkdtempSync(path.join(tmpdir(), 'glassbox-state-'));
afterAll(() => {
  for (const dir of [out, home]) rmSync(dir, {recursive: true, force: true});
});
const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const prints = has('chromium') && has('pdftotext');
/** Outside of a test, where test/support's glassbox() cannot clean up. */
const write = (...args: string[]) =>
  spawnSync(launcher, ['handout', ...args], {
    encoding: 'utf8',
    env: {PATH: process.env.PATH, HOME: home, XDG_STATE_HOME: home, LANG: 'C.UTF-8'},
  });
const file = (name: string) => readFileSync(path.join(out, name), 'utf8');

const {labs} = await findLabs(path.join(root, 'labs'));
const lab = async (number: string): Promise<Lab> => (await loadLab(labs.find(one => one.number === number)!.dir)).lab!;

/** Text of a page: no markup, entities as characters, one blank between words. */
function textOf(html: string): string {
  return html
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]+>/g, '')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}

/** Markdown's marks go: only the words are compared. */
const bare = (text: string) => text.replace(/[`*_\\\s]/g, '');

/** Sentences of the lab that only instructors may read. Short ones ("5") prove nothing. */
function secrets({steps}: Lab, lang: 'en' | 'zh'): string[] {
  const blocks = steps.flatMap(step => step.blocks);
  const lesson = bare(blocks.flatMap(block => (block.kind === 'run' ? block.commands : [])).join('\n'));
  const words = blocks.flatMap(block => {
    if (block.kind === 'note') return [block.text];
    if (block.kind === 'check') return [...block.hints, ...block.mistakes.map(one => one.say)];
    if (block.kind !== 'quiz') return [];
    return [
      ...(block.because ? [block.because] : []),
      ...(block.choices ?? []).map(one => one.because),
      ...(block.hints ?? []),
    ];
  });
  return words
    .map(one => one[lang] ?? one.en)
    .filter(text => !text.includes('${') && bare(text).length >= 15)
    .map(text => bare(text).slice(0, 60))
    .filter(text => !lesson.includes(text)); // a hint may be a command that a later step shows
}

describe('a live run', () => {
  beforeAll(() => {
    for (const args of [
      ['--lang', 'en'],
      ['--lang', 'en', '--instructor'],
    ]) {
      const {status, stderr} = write('03', '--out', out, ...args);
      expect(stderr).not.toMatch(/error/i);
      expect(status).toBe(0);
    }
    expect(write('01,09', '--out', path.join(out, 'zh'), '--lang', 'zh').status).toBe(0);
  }, 120_000);

  test('writes a page and its Markdown; several labs come with an index', () => {
    expect(readdirSync(out).sort()).toEqual([
      'glassbox-03-pid-instructor.html',
      'glassbox-03-pid-instructor.md',
      'glassbox-03-pid.html',
      'glassbox-03-pid.md',
      'zh',
    ]);
    expect(readdirSync(path.join(out, 'zh')).sort()).toEqual(
      ['01-uts', '09-overlay', 'index'].flatMap(name => [`glassbox-${name}.html`, `glassbox-${name}.md`]),
    );
    expect(file('zh/glassbox-index.html')).toContain('href="glassbox-09-overlay.html"');
  });

  test('with lesson, outputs, both sides, system calls, answers of the kernel, checks, and the run without the flag', () => {
    const text = textOf(file('glassbox-03-pid.html'));
    for (const part of [
      /NSpid:\s*\d+ 1\b/,
      /≠ 1\b/,
      /CLONE_NEWPID/,
      /clone\(2\)/,
      /The kernel’s answer ?1/,
      /✓ passed/,
      /Without CLONE_NEWPID/,
      /✗ not passed/,
      /Notes versus kernel/,
      /Quiz/,
    ])
      expect(text).toMatch(part);
    expect(textOf(file('zh/glassbox-09-overlay.html'))).toMatch(/各层.*由哪层提供/);
  });

  test.each([
    ['03', 'en', 'glassbox-03-pid'],
    ['01', 'zh', 'zh/glassbox-01-uts'],
    ['09', 'zh', 'zh/glassbox-09-overlay'],
  ] as const)('lab %s: no answer, reason, note or hint in the %s edition for students', async (number, lang, name) => {
    const told = secrets(await lab(number), lang);
    expect(told.length).toBeGreaterThan(10);
    for (const text of [bare(textOf(file(`${name}.html`))), bare(file(`${name}.md`))])
      for (const secret of told) expect(text).not.toContain(secret);
  });

  test("the same search finds them in the instructor's", async () => {
    const text = bare(textOf(file('glassbox-03-pid-instructor.html')));
    const missing = secrets(await lab('03'), 'en').filter(secret => !text.includes(secret));
    expect(missing).toEqual([]);
  });

  test('what is there stays, before anything is run; --force replaces it', () => {
    const before = file('glassbox-03-pid.html');
    const refused = glassbox(['handout', '03', '--out', out]);
    expect([refused.status, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toMatch(/glassbox-03-pid\.html is there already/);
    expect(refused.stderr).not.toMatch(/step 1/);
    expect(file('glassbox-03-pid.html')).toBe(before);
    const one = path.join(out, 'zh', 'one.html');
    writeFileSync(one, 'old');
    expect(glassbox(['handout', '01', '--out', one, '--force', '--lang', 'both']).status).toBe(0);
    expect(readFileSync(one, 'utf8')).toMatch(/lang="zh"/);
    expect(readdirSync(path.join(out, 'zh')).filter(name => name.startsWith('.') || name === 'one.md')).toEqual([]);
  });

  describe.skipIf(!prints)('in print', () => {
    const pdf = path.join(out, 'page.pdf');

    /** Words with their boxes, in points. */
    function printed(name: string, css: string) {
      const page = path.join(out, 'print.html');
      // The paper is the printer's to choose; here a rule of ours chooses it, so the policy must let it.
      writeFileSync(
        page,
        file(name)
          .replace(/<meta http-equiv[^>]*>/, '')
          .replace('</style>', `${css}</style>`),
      );
      const args = [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--no-pdf-header-footer',
        `--print-to-pdf=${pdf}`,
        `file://${page}`,
      ];
      spawnSync('chromium', args, {timeout: 60_000});
      const {stdout} = spawnSync('pdftotext', ['-bbox', pdf, '-'], {encoding: 'utf8', maxBuffer: 1 << 26});
      return stdout
        .split('<page ')
        .slice(1)
        .map(text => {
          const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(text)!;
          const words = [
            ...text.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</g),
          ].map(([, left, top, right, bottom, word]) => ({
            left: Number(left),
            top: Number(top),
            right: Number(right),
            bottom: Number(bottom),
            word: word!,
          }));
          return {width: Number(width), height: Number(height), words};
        });
    }

    test.each([
      ['A4', 'glassbox-03-pid.html', 595],
      ['Letter', 'glassbox-03-pid.html', 612],
      ['A4', 'glassbox-03-pid-instructor.html', 595],
      ['A4', 'zh/glassbox-09-overlay.html', 595],
    ])('on %s: %s', (paper, name, width) => {
      const pages = printed(name, `@page{size:${paper}}`);
      expect(pages.length).toBeGreaterThan(5);
      for (const page of pages) {
        expect(Math.round(page.width)).toBe(width);
        expect(page.words.length).toBeGreaterThan(0);
        for (const {left, top, right, bottom, word} of page.words) {
          expect(left, word).toBeGreaterThan(30);
          expect(right, word).toBeLessThan(page.width - 30);
          expect(top, word).toBeGreaterThan(10);
          expect(bottom, word).toBeLessThan(page.height - 10);
        }
      }
      // A page that is too wide is made smaller as a whole: the title says so, which is set in 24 points.
      const title = Math.max(...pages[0]!.words.map(({top, bottom}) => bottom - top));
      expect(title).toBeGreaterThan(24);
      const text = pages.flatMap(page => page.words.map(({word}) => word)).join(' ');
      expect(text).toMatch(name.startsWith('zh') ? /联合文件系统/ : /PID namespace .* NSpid:/);
    });
  });
});

test('of a recording: without root, labelled with its day and kernel, and with nothing of this machine', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'glassbox-handout-'));
  chmodSync(dir, 0o777);
  onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
  const {stdout} = glassbox(['run', '01', '--json']);
  const events = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line.replaceAll(release(), '6.1.0-elsewhere')) as {type: string; at?: string})
    .map(event => ({...event, ...(event.at !== undefined && {at: '2020-02-02T10:00:00.000Z'})}));
  const head = {
    kind: 'recording',
    format: 'glassbox',
    version: 1,
    app: '0',
    at: '2020-02-02T10:00:00.000Z',
    kernel: '6.1',
  };
  const lines = [head, {kind: 'lab', lab: await lab('01')}, ...events.map(event => ({kind: 'event', event}))];
  const recording = path.join(dir, 'x.glassbox');
  writeFileSync(recording, `${lines.map(line => JSON.stringify(line)).join('\n')}\n{"kind":"event","ev`);
  const ran = glassbox(['handout', '--from', recording, '--out', dir], {uid: 65534});
  expect(ran.stderr).toMatch(/cut off in line \d+/);
  expect(ran.status).toBe(0);
  const text = textOf(readFileSync(path.join(dir, 'glassbox-01-uts.html'), 'utf8'));
  for (const part of ['Made from a recording', '2020-02-02 10:00 UTC', '6.1.0-elsewhere', 'CLONE_NEWUTS', '✓ passed'])
    expect(text).toContain(part);
  expect(text).not.toContain(release());
});

describe('refusals', () => {
  test.each([
    [['handout'], 2, /which lab/],
    [['handout', '77'], 2, /no lab '77'/],
    [['handout', '03', '--lang', 'fr'], 2, /en, zh or both/],
    [['handout', '03', '--format', 'pdf'], 2, /html, md or both/],
    [['handout', '03', '--from', 'x'], 2, /holds its own labs/],
    [['handout', '01-03', '--out', 'one.html'], 2, /3 labs do not fit/],
    [['handout', '03', '--out', 'x.md', '--format', 'html'], 2, /ends otherwise/],
    [['handout', '--from', '/nowhere/x.glassbox'], 1, /cannot be read: there is no such file/],
    [['handout', '--from', '/etc/passwd'], 2, /no recording/],
    [['run', '01', '--lang', 'both'], 2, /en or --lang zh/],
  ])('%j', (args, status, text) => {
    const ran = glassbox(args, {cwd: out});
    expect(ran.status).toBe(status);
    expect(ran.stderr).toMatch(text);
    expect(ran.stdout).toBe('');
  });

  test('where the lab cannot run, that is said and nothing is written', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'glassbox-handout-'));
    chmodSync(dir, 0o777);
    const ran = glassbox(['handout', '10', '--out', dir], {uid: 65534});
    expect(ran.status).toBe(3);
    expect(ran.stderr).toMatch(/not run here/);
    expect(readdirSync(dir)).toEqual([]);
    rmSync(dir, {recursive: true});
  });

  test('a folder that cannot be written', () => {
    const ran = glassbox(['handout', '01', '--out', '/proc/nowhere']);
    expect(ran.status).toBe(1);
    expect(ran.stderr).toMatch(/cannot write .*(ENOENT|EACCES|EPERM)/);
  });
});
