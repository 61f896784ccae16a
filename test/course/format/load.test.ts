// biome-ignore-all lint/suspicious/noTemplateCurlyInString: in a lab, ${…} is text.
import {execFileSync} from 'node:child_process';
import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {loadHeader} from '../../../src/course/format/header.ts';
import {loadLab} from '../../../src/course/format/load.ts';
import type {Block, Lab} from '../../../src/course/lab.ts';
import {lintLab} from '../../../src/course/lint/lint.ts';
import {formatFinding} from '../../../src/course/words/lab.ts';
import {change, FACTS, inFolder, SAMPLE} from '../support/labs.ts';

const fixture = new URL('../../fixtures/labs/01-sample', import.meta.url).pathname;

function block<K extends Block['kind']>(lab: Lab, kind: K, id?: string): Extract<Block, {kind: K}> {
  const found = lab.steps
    .flatMap(step => step.blocks)
    .find(b => b.kind === kind && (id === undefined || ('id' in b && b.id === id)));
  if (!found) throw new Error(`no ${kind} ${id ?? ''} in the lab`);
  return found as Extract<Block, {kind: K}>;
}

/** Findings of a lab in folder 01-sample, as "file:line:col code". */
async function findingsOf(
  files: Record<string, string | Uint8Array>,
  prepare?: (dir: string) => void,
): Promise<string[]> {
  const placed = Object.fromEntries(Object.entries(files).map(([name, text]) => [`01-sample/${name}`, text]));
  return inFolder({'.keep': '', ...placed}, async root => {
    const dir = join(root, '01-sample');
    prepare?.(dir);
    const findings = lintLab(await loadLab(dir), FACTS);
    // A sentence for each, so that no code of files is without words.
    for (const f of findings)
      for (const lang of ['en', 'zh'] as const) expect(formatFinding(f, lang)).not.toContain(f.code);
    return findings.map(f => `${f.file.slice(dir.length + 1)}:${f.line}:${f.col} ${f.code}`);
  });
}

describe('the sample lab', async () => {
  const loaded = await loadLab(fixture);
  const lab = loaded.lab!;

  it('has no finding', () => expect(lintLab(loaded, FACTS)).toEqual([]));

  it('carries its front matter and its folder', () => {
    expect(lab).toMatchObject({
      format: 1,
      id: 'sample',
      number: '01',
      dir: fixture,
      title: {en: 'A sample', zh: '样例'},
      minutes: 5,
      requires: {root: true, namespaces: ['uts'], tools: ['hostname']},
      vars: {name: {pick: ['tiger', 'panda', 'lynx']}},
      langs: ['en', 'zh'],
      intro: {en: 'This is the introduction: it is shown before the first step.', zh: '这是引言，在第一步之前显示。'},
    });
    expect(lab.steps.map(step => [step.id, step.title.zh])).toEqual([
      ['look', '从两边看'],
      ['questions', '问题'],
    ]);
  });

  it('keeps the blocks of a step in order', () => {
    expect(lab.steps[0]!.blocks.map(b => b.kind)).toEqual(
      'prose container prose run show predict run run check note drift'.split(' '),
    );
  });

  it('gives a container the defaults of the course', () => {
    const {spec, without} = block(lab, 'container');
    expect(without).toEqual(['uts']);
    expect(spec.linux).toEqual({namespaces: [{type: 'uts'}]});
    expect(spec.process).toMatchObject({args: ['sh'], cwd: '/', terminal: true});
    expect(spec.process.env).toContain('LAB=sample');
    expect(spec.process.env!.some(entry => entry.startsWith('PATH='))).toBe(true);
    expect(spec).not.toHaveProperty('without');
  });

  it('reads commands one per line, without comments, joined at a backslash', () => {
    expect(block(lab, 'run', 'first')).toMatchObject({
      on: 'host',
      commands: ['hostname', 'echo "one" "command"'],
      expect: 0,
    });
    expect(block(lab, 'run', 'refused')).toMatchObject({on: 'box', expect: 1, when: 'host.uid == 0'});
  });

  it('gives hints, solution and mistakes to the check above them', () => {
    const check = block(lab, 'check', 'renamed');
    expect(check.expr).toBe('box.hostname == vars.name\n  && host.hostname == before.host.hostname');
    expect(check.hints.map(hint => hint.zh)).toEqual([
      '这条命令该在哪一边输入？',
      expect.stringContaining('在容器里输入'),
    ]);
    expect(check.solve.map(run => [run.on, run.commands])).toEqual([['box', ['hostname ${name}']]]);
    expect(check.mistakes.map(m => [m.id, m.commands.map(run => run.on), m.say.zh])).toEqual([
      ['wrong-side', ['host'], expect.stringContaining('宿主机的终端')],
      ['both', ['host', 'box'], '现在两边都叫 `both`。'],
    ]);
    expect(check.mistakes[1]!.when).toBe('host.hostname == "both"');
  });

  it('lays the translation beside the English words', () => {
    expect(block(lab, 'predict').choices[0]).toMatchObject({
      id: 'old',
      text: {en: 'what it said before', zh: '原来的名字'},
    });
    expect(block(lab, 'predict').because!.zh).toBe('现在有两个命名空间，`sethostname` 写的是调用者自己的那一个。');
    expect(block(lab, 'note').text.zh).toBe('先问问大家。');
    const prose = lab.steps[0]!.blocks.filter(b => b.kind === 'prose');
    expect(prose.map(p => p.text.zh!.split('\n')[0])).toEqual([
      '本实验的容器就是一个 shell，启动时只带 `CLONE_NEWUTS`，别的什么都没有。',
      '先看宿主机。',
    ]);
    expect(prose[1]!.text.en).toContain('```sh\nhostname --help\n```');
  });

  it('reads every type of question', () => {
    const quizzes = lab.steps[1]!.blocks.filter(b => b.kind === 'quiz');
    expect(quizzes.map(quiz => [quiz.type, quiz.answer])).toEqual([
      ['single', undefined],
      ['multiple', undefined],
      ['number', `\${box.pid}`],
      ['text', `\${vars.name}`],
      ['order', 'clone exec'],
      ['hands-on', undefined],
    ]);
    const hands = quizzes.at(-1)!;
    expect(hands.hints).toHaveLength(1);
    expect(hands.wrong).toEqual(hands.mistakes![0]!.commands);
    expect(lab.cleanup.map(run => run.commands)).toEqual([['rm -f sample.txt']]);
  });

  it('is the same with Windows line ends and a byte order mark', async () => {
    const crlf = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    const files = {'01-sample/lab.md': crlf(SAMPLE['lab.md']), '01-sample/lab.zh.md': crlf(SAMPLE['lab.zh.md'])};
    await inFolder(files, async root => {
      const other = await loadLab(join(root, '01-sample'));
      expect(other.findings).toEqual([]);
      const blind = (value: Lab | undefined) =>
        JSON.parse(JSON.stringify(value, (key, v) => (key === 'file' || key === 'dir' ? '' : v)));
      expect(blind(other.lab)).toEqual(blind(lab));
    });
  });
});

describe('the header alone', () => {
  it('says what the whole lab says', async () => {
    const {lab} = await loadLab(fixture);
    const {header, findings} = await loadHeader(fixture);
    expect(findings).toEqual([]);
    const {id, number, dir, title, question, minutes, requires} = lab!;
    expect(header).toEqual({id, number, dir, title, question, minutes, requires});
  });

  it('is absent where lab.md is broken, and only lacks words where the translation is', async () => {
    const broken = change(SAMPLE['lab.md'], 'minutes: 5', 'minutes: soon');
    const files = {
      '01-a/lab.md': broken,
      '02-b/lab.md': SAMPLE['lab.md'],
      '02-b/lab.zh.md': 'no front matter',
      '03-c/lab.md': '---\nid',
    };
    await inFolder(files, async root => {
      const a = await loadHeader(join(root, '01-a'));
      expect(a.header).toBeUndefined();
      expect(a.findings).toEqual((await loadLab(join(root, '01-a'))).findings.filter(f => f.code === 'yaml.type'));
      expect((await loadHeader(join(root, '02-b'))).header!.title).toEqual({en: 'A sample'});
      expect((await loadHeader(join(root, '03-c'))).findings.map(f => f.code)).toEqual(['front.missing']);
      expect((await loadHeader(join(root, '04-d'))).findings.map(f => f.code)).toEqual(['file.missing']);
    });
  });
});

describe('files that are no lab', () => {
  it('missing folder', async () => {
    expect(await findingsOf({})).toEqual(['lab.md:1:1 file.missing']);
  });

  it('broken UTF-8, at its byte', async () => {
    const text = Buffer.from(change(SAMPLE['lab.md'], 'The host first.', 'Der Wirt f\u00fcr alle.'), 'latin1');
    const line = SAMPLE['lab.md'].split('\n').indexOf('The host first.') + 1;
    expect(await findingsOf({'lab.md': text})).toEqual([`lab.md:${line}:11 file.not-utf8`]);
  });

  it('a character cut off by the end of the file', async () => {
    expect(await findingsOf({'lab.md': Buffer.from([0x61, 0x0a, 0xe5, 0xae])})).toEqual(['lab.md:2:1 file.not-utf8']);
    // Latin-1 é looks like the first of three bytes.
    expect(await findingsOf({'lab.md': Buffer.from('caf\u00e9 au lait', 'latin1')})).toEqual([
      'lab.md:1:4 file.not-utf8',
    ]);
  });

  it('more than a megabyte', async () => {
    expect(await findingsOf({'lab.md': 'x'.repeat(1024 * 1024 + 1)})).toEqual(['lab.md:1:1 file.too-big']);
  });

  it('a folder, and a fifo, which nobody writes to', async () => {
    expect(await findingsOf({'lab.md/x': ''})).toEqual(['lab.md:1:1 file.not-regular']);
    const fifo = (dir: string) => {
      mkdirSync(dir);
      execFileSync('mkfifo', [join(dir, 'lab.md')]);
    };
    expect(await findingsOf({}, fifo)).toEqual(['lab.md:1:1 file.not-regular']);
  });

  it('links: a sound one is followed, one to itself is not', async () => {
    const link = (target: string) => (dir: string) => {
      mkdirSync(dir);
      writeFileSync(join(dir, 'real.md'), SAMPLE['lab.md']);
      writeFileSync(join(dir, 'lab.zh.md'), SAMPLE['lab.zh.md']);
      symlinkSync(target, join(dir, 'lab.md'));
    };
    expect(await findingsOf({}, link('real.md'))).toEqual([]);
    expect(await findingsOf({}, link('lab.md'))).toEqual(['lab.md:1:1 file.unreadable']);
  });

  it('empty, and with front matter only', async () => {
    expect(await findingsOf({'lab.md': ''})).toEqual(['lab.md:1:1 front.missing']);
    const front = SAMPLE['lab.md'].slice(0, SAMPLE['lab.md'].indexOf('\n---\n', 4) + 5);
    expect(await findingsOf({'lab.md': front, 'lab.zh.md': SAMPLE['lab.zh.md']})).toEqual(['lab.md:1:1 lab.no-steps']);
  });
});

describe('languages and folders', () => {
  it('a lab without a translation works, and says so', async () => {
    expect(await findingsOf({'lab.md': SAMPLE['lab.md']})).toEqual(['lab.zh.md:1:1 translation.none']);
  });

  it('a language that no screen speaks', async () => {
    expect(await findingsOf({...SAMPLE, 'lab.de.md': ''})).toEqual(['lab.de.md:1:1 translation.unknown']);
  });

  it('a broken translation leaves the lab usable in English', async () => {
    const zh = change(SAMPLE['lab.zh.md'], 'choices: {old: "原来的名字", new: "${name}"}', 'choices: [');
    await inFolder({'01-sample/lab.md': SAMPLE['lab.md'], '01-sample/lab.zh.md': zh}, async root => {
      const {lab, findings} = await loadLab(join(root, '01-sample'));
      expect(findings.map(f => f.code)).toEqual(['yaml.syntax']);
      expect(block(lab!, 'predict').ask).toEqual({en: expect.stringContaining('hostname')});
      expect(block(lab!, 'check').title.zh).toContain('容器叫');
    });
  });

  it('an error in English leaves no lab', async () => {
    const en = change(SAMPLE['lab.md'], 'minutes: 5', 'minutes: soon');
    await inFolder({'01-sample/lab.md': en, '01-sample/lab.zh.md': SAMPLE['lab.zh.md']}, async root => {
      const {lab, findings} = await loadLab(join(root, '01-sample'));
      expect(lab).toBeUndefined();
      expect(findings.map(f => f.code)).toEqual(['yaml.type']);
    });
  });

  it('a folder that is not called like a lab', async () => {
    await inFolder({'sample/lab.md': SAMPLE['lab.md'], 'sample/lab.zh.md': SAMPLE['lab.zh.md']}, async root => {
      const {findings} = await loadLab(join(root, 'sample'));
      expect(findings.map(f => [f.code, f.params])).toEqual([['folder.name', {came: 'sample', id: 'sample'}]]);
    });
  });
});

describe('what only a whole lab can lack', () => {
  const questions = (text: string) => text.slice(text.indexOf('## Questions'));

  it('a check', async () => {
    const en = SAMPLE['lab.md'].slice(0, SAMPLE['lab.md'].indexOf('## Look'));
    const text = `${en}\n## A\n\n<a id="a"></a>\n\nHello \${name}.\n`;
    expect(
      await findingsOf({
        'lab.md': text,
        'lab.zh.md': '---\ntitle: x\nquestion: x\n---\n\nx\n\n## A\n\n<a id="a"></a>\n\nx\n',
      }),
    ).toEqual(['lab.md:16:1 lab.no-check']);
    expect(questions(SAMPLE['lab.md'])).not.toContain('cel check');
  });

  it('a mistake of a check', async () => {
    const from = SAMPLE['lab.md'].indexOf('```sh mistake #wrong-side');
    const to = SAMPLE['lab.md'].indexOf('> [!NOTE]');
    const zhFrom = SAMPLE['lab.zh.md'].indexOf('```sh mistake #wrong-side');
    const zhTo = SAMPLE['lab.zh.md'].indexOf('> [!NOTE]');
    const files = {
      'lab.md': SAMPLE['lab.md'].slice(0, from) + SAMPLE['lab.md'].slice(to),
      'lab.zh.md': SAMPLE['lab.zh.md'].slice(0, zhFrom) + SAMPLE['lab.zh.md'].slice(zhTo),
    };
    expect(await findingsOf(files)).toEqual(['lab.md:64:1 check.no-mistake']);
  });
});
