/** Handouts as HTML and Markdown: complete, in each language, sound for machines, and no student reads an answer in theirs. */
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {fromMarkdown} from 'mdast-util-from-markdown';
import {gfmFromMarkdown} from 'mdast-util-gfm';
import {gfm} from 'micromark-extension-gfm';
import {describe, expect, test} from 'vitest';
import {type Edition, handoutPages} from '../../../src/course/index.ts';
import {hostile, SECRETS, sample} from './sample.ts';

const {htmlPage, markdownPage, indexHtml, indexMarkdown} = await handoutPages();
const layouts = {html: htmlPage, md: markdownPage};
const student = (...langs: Edition['langs']): Edition => ({langs, instructor: false});
const instructor = (...langs: Edition['langs']): Edition => ({langs, instructor: true});
const tidy = spawnSync('tidy', ['-v']).status === 0;

/** What tidy(1) complains of: each line is one error or warning. */
function complaints(page: string): string[] {
  const {stderr} = spawnSync('tidy', ['-q', '-e', '-utf8'], {input: page, encoding: 'utf8'});
  return stderr.split('\n').filter(line => line !== '');
}

/** Every tag by name, with its attributes. */
function tags(page: string): {name: string; attributes: string}[] {
  const body = page.replace(/<style>[\s\S]*?<\/style>/, '');
  return [...body.matchAll(/<([a-z][a-z0-9]*)\b([^>]*)>/g)].map(([, name, attributes]) => ({
    name: name!,
    attributes: attributes!,
  }));
}

describe.each(['html', 'md'] as const)('%s', format => {
  const layout = layouts[format];

  test.each(['en', 'zh'] as const)('says everything in %s, and nothing in the other language', lang => {
    const text = layout(sample(), student(lang));
    const other = lang === 'en' ? 'zh' : 'en';
    for (const word of 'title question intro step prose drift-text predict guess predict-reason check ask-single choice-a'.split(
      ' ',
    ))
      expect(text, word).toContain(`${lang}-${word}`);
    expect(text).not.toContain(`${other}-`);
    for (const word of [
      '6.1.0-test',
      '9.9.9',
      '2026-07-14 10:21 UTC',
      'command-output',
      'echo out',
      'renamed-host',
      'CLONE_NEWUTS',
      'clone(2)',
      'EPERM',
      'SIGKILL',
      'panda',
      'tiger',
    ])
      expect(text, word).toContain(word);
  });

  test('both languages stand on one page', () => {
    const text = layout(sample(), student('en', 'zh'));
    for (const word of ['en-prose', 'zh-prose', 'en-choice-b', 'zh-choice-b']) expect(text).toContain(word);
  });

  test("the student's edition holds no answer, reason, note, hint or solution; the instructor's holds all", () => {
    for (const lang of ['en', 'zh'] as const) {
      const theirs = layout(sample(), student(lang));
      const whole = layout(sample(), instructor(lang));
      for (const secret of SECRETS) {
        expect(theirs, secret).not.toContain(secret);
        expect(whole, secret).toContain(secret);
      }
    }
  });

  test('the choices of a question about an order are not in that order', () => {
    const text = layout(sample(), student('en'));
    expect(text.indexOf('en-choice-two')).toBeLessThan(text.indexOf('en-choice-one'));
    expect(text.indexOf('en-choice-two')).toBeGreaterThan(0);
  });

  test('a table says which facts are alike, which differ, and what they were', () => {
    const text = layout(sample(), student('en')).replace(/<[^>]+>/g, '');
    expect(text).toMatch(/≠ panda \(was tiger\)/);
    expect(text).toMatch(/= 4026531838/);
  });

  test('of a stage without a flag, numbers that differ only because it is another stage are left out', () => {
    expect(layout(sample(), student('en'))).not.toContain('40771239');
  });

  test('a recording is labelled as one, a run that went wrong too, and one that was cut off', () => {
    const recorded = sample();
    recorded.run.how = 'recording';
    recorded.steps = 3;
    expect(layout(recorded, student('en'))).toMatch(/Made from a recording/);
    expect(layout(recorded, student('en'))).toMatch(/1 of the lab’s 3 steps/);
    const bad = sample();
    bad.run.sound = false;
    expect(layout(bad, student('zh'))).toMatch(/没有达到实验的预期/);
  });
});

describe('html', () => {
  const pages = (['en', 'zh'] as const).flatMap(lang => [
    htmlPage(sample(), student(lang)),
    htmlPage(sample(), instructor(lang)),
  ]);
  pages.push(htmlPage(sample(), instructor('en', 'zh')));

  test.skipIf(!tidy)('tidy(1) finds nothing to mend', () => {
    for (const page of pages) expect(complaints(page)).toEqual([]);
    expect(complaints('<!DOCTYPE html><title>x</title><p><b>y</p>')).not.toEqual([]);
  });

  test('nothing is loaded and nothing runs: the policy names the one style sheet by its hash', () => {
    for (const page of pages) {
      const css = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!;
      expect(page).toContain(`style-src &#39;sha256-${createHash('sha256').update(css).digest('base64')}&#39;`);
      expect(page).toContain('default-src &#39;none&#39;');
      expect(css).not.toMatch(/url\(|@import|@font-face/);
      for (const {name, attributes} of tags(page)) {
        expect(['script', 'img', 'link', 'iframe', 'object', 'form', 'svg']).not.toContain(name);
        expect(attributes).not.toMatch(/\s(?:on\w+|style|src)=/);
      }
    }
  });

  test('headings go down one level at a time; tables have captions and headers; the language is said', () => {
    for (const page of pages) {
      const levels = tags(page).flatMap(({name}) => (/^h[1-6]$/.test(name) ? [Number(name[1])] : []));
      expect(levels[0]).toBe(1);
      expect(levels.filter(level => level === 1)).toHaveLength(1);
      for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
      for (const [table] of page.matchAll(/<table[\s\S]*?<\/table>/g)) {
        expect(table).toMatch(/<caption>/);
        expect(table).toMatch(/<th scope="col">/);
      }
      expect(page).toMatch(/<html lang="(en|zh-Hans)">/);
    }
    expect(htmlPage(sample(), student('en', 'zh'))).toMatch(/<div lang="zh">\s*<p>zh-prose/);
  });

  test('every link within the page leads somewhere', () => {
    for (const page of pages)
      for (const [, id] of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${id}"`);
  });

  test('emphasis as Chinese is written', () => {
    expect(htmlPage(sample(), student('zh'))).toContain('是<strong>“重点”</strong>的');
  });
});

const ATTACKS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg/onload=alert(1)>",
  '</pre></code></samp></style><script>alert(1)</script>',
  '<pre><script>alert(1)</script></pre>',
  '[x](javascript:alert(1)) ![x](https://evil.example/x.png) <https://a.example> [y]: javascript:alert(1)',
  '<!-- comment --> <![CDATA[ x ]]> <?php ?> &lt;b&gt; &#60;i&#62;',
  '``` \n</code><b>\n```\n`</code>`',
  '\x1b]8;;javascript:alert(1)\x07x\x1b]8;;\x07 \x1b[31mred\x1b[0m \x00\x07 \u202ecod.exe \ud800',
  '| a | b |\n|---|---|\n| <b>x</b> | `y` |',
];

describe('texts that want to be more than text', () => {
  test.each(ATTACKS)('HTML: %j', attack => {
    const page = htmlPage(hostile(attack), instructor('en', 'zh'));
    const known = new Set(
      'html head meta title style body header p span h1 h2 h3 dl dt dd nav ol ul li a section aside table caption thead tbody tr th td code pre figure figcaption kbd samp em strong div'.split(
        ' ',
      ),
    );
    for (const {name, attributes} of tags(page)) {
      expect(known, name).toContain(name);
      expect(attributes).not.toMatch(/\s(?:on\w+|src|style)=/i);
      expect(attributes).not.toMatch(/href="(?!#|https?:\/\/|mailto:)/);
    }
    expect(page).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
    expect(page.isWellFormed()).toBe(true);
    if (tidy && !attack.includes('| a |'))
      expect(complaints(page).filter(line => /Error|discarding|missing </.test(line))).toEqual([]);
  });

  test.each(ATTACKS)('Markdown: %j', attack => {
    const text = markdownPage(hostile(attack), instructor('en', 'zh'));
    const tree = fromMarkdown(text, {extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()]});
    const found: string[] = [];
    const walk = (node: {type: string; url?: string; children?: unknown[]}) => {
      if (node.type === 'html' || node.type === 'image') found.push(node.type);
      if (node.url !== undefined && !/^(https?:|mailto:)/.test(node.url)) found.push(node.url);
      for (const child of node.children ?? []) walk(child as typeof node);
    };
    walk(tree);
    expect(found).toEqual([]);
    expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
  });
});

test('the page in front of several labs names those that were not run', () => {
  const one = sample();
  const entries = [
    {number: '42', title: one.title, question: one.question, made: {file: 'glassbox-42-sample.html', handout: one}},
    {number: '43', title: one.title, question: one.question, made: {why: 'no <kernel>'}},
  ];
  const page = indexHtml(entries, student('en'));
  expect(page).toContain('href="glassbox-42-sample.html"');
  expect(page).toContain('not run here: no &lt;kernel&gt;');
  if (tidy) expect(complaints(page)).toEqual([]);
  expect(indexMarkdown(entries, student('zh'))).toContain('[42 zh-title](glassbox-42-sample.html)');
});
