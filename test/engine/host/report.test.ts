import {execFileSync} from 'node:child_process';
import {chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {release, tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {hostWords} from '../../../src/course/words/host.ts';
import {render, type WordTable} from '../../../src/course/words/say.ts';
import {namespaceKinds} from '../../../src/engine/host/kernel.ts';
import {tools} from '../../../src/engine/host/tools.ts';
import {hostReport, unmetNeeds} from '../../../src/engine/index.ts';

const words: WordTable = hostWords;

describe('report of this host', () => {
  test('agrees with the kernel', async () => {
    const report = await hostReport();
    expect(report.kernel).toBe(release());
    expect(report.arch).toBe(process.arch);
    expect(report.root).toBe(process.getuid?.() === 0);
    const links = readdirSync('/proc/self/ns');
    for (const {type, link} of namespaceKinds) expect(report.namespaces[type], type).toBe(links.includes(link));
    const mounted = execFileSync('grep', ['-c', '^[^ ]* [^ ]* cgroup2\\? ', '/proc/mounts'], {encoding: 'utf8'});
    expect(report.cgroup === 'none').toBe(Number(mounted) === 0);
    expect(report.filesystems).toContain('proc');
  });
});

describe('PATH', () => {
  let lies: string;
  beforeAll(() => {
    lies = mkdtempSync(join(tmpdir(), 'glassbox-lies-'));
    for (const name of ['hostname', 'pstree', 'uname', 'id']) {
      writeFileSync(join(lies, name), `#!/bin/sh\necho ran >> ${lies}/ran\necho a lie\n`);
      chmodSync(join(lies, name), 0o755);
    }
  });
  afterAll(() => rmSync(lies, {recursive: true}));

  test('no program is run, and the labs’ own PATH counts, not the one of the caller', async () => {
    const before = process.env.PATH;
    process.env.PATH = `${lies}:${before}`;
    try {
      const report = await hostReport();
      expect(report.findings.find(one => one.id === 'tool.hostname')?.found).not.toContain(lies);
      expect(readdirSync(lies)).not.toContain('ran');
    } finally {
      process.env.PATH = before;
    }
  });

  test('a missing tool is said, with what it is for and the command that brings it', async () => {
    const report = await hostReport({path: `${lies}:/nosuch`});
    expect(report.findings.find(one => one.id === 'tool.pstree')?.ok).toBe('yes');
    const nsenter = report.findings.find(one => one.id === 'tool.nsenter')!;
    expect(nsenter).toMatchObject({
      ok: 'no',
      found: '',
      cure: 'host.cure.install-by-hand',
      params: {apt: 'util-linux'},
    });
    expect(report.findings.find(one => one.id === 'tool.tmux')?.ok).toBe('partly');
  });
});

describe('needs of a lab', () => {
  test('a host that has it all', async () => {
    const report = await hostReport();
    expect(unmetNeeds({}, report)).toEqual([]);
    expect(unmetNeeds({root: true, namespaces: ['uts'], tools: ['sh'], filesystems: ['proc']}, report)).toEqual([]);
  });

  test('each need that is not met is named, with its cure', async () => {
    const report = await hostReport();
    const poor = {
      ...report,
      root: false,
      namespaces: {...report.namespaces, time: false},
      filesystems: [],
      controllers: ['io'],
    };
    const needs = {
      root: true,
      namespaces: ['uts', 'time', 'nosuch'],
      tools: ['pstree', 'sh'],
      filesystems: ['overlay'],
      controllers: ['blkio', 'cpu'],
    };
    expect(unmetNeeds(needs, poor, '/nosuch').map(one => [one.code, one.params.name ?? one.params.tool])).toEqual([
      ['host.unmet.root', undefined],
      ['host.unmet.namespace', 'time'],
      ['host.unmet.namespace', 'nosuch'],
      ['host.unmet.tool', 'pstree'],
      ['host.unmet.tool', 'sh'],
      ['host.unmet.filesystem', 'overlay'],
      ['host.unmet.controller', 'cpu'],
    ]);
  });
});

describe('words', () => {
  test('every code of a finding is worded in both languages, with all its parameters', async () => {
    const here = await hostReport();
    const bare = await hostReport({path: '/nosuch', env: {}, screen: {}});
    const small = await hostReport({env: {TERM: 'xterm'}, screen: {isTTY: true, columns: 40, rows: 10}});
    const said = [...here.findings, ...bare.findings, ...small.findings].flatMap(one =>
      [one.meaning, one.cure].filter(code => code !== undefined).map(code => ({code, params: one.params})),
    );
    const needs = {tools: Object.keys(tools), namespaces: ['nosuch'], filesystems: ['nosuch'], controllers: ['nosuch']};
    for (const one of unmetNeeds({root: true, ...needs}, {...bare, root: false}, '/nosuch')) {
      said.push({code: one.code, params: one.params});
      if (one.cure) said.push({code: one.cure, params: one.params});
    }
    expect(said.length).toBeGreaterThan(80);
    for (const {code, params} of said) {
      expect(words, code).toHaveProperty([code]);
      for (const lang of ['en', 'zh'] as const) {
        expect(render(words, lang, code, params), `${code} ${lang}`).not.toMatch(/\{\w+\}/);
      }
    }
  });

  test('both languages use the same parameters', () => {
    for (const [code, text] of Object.entries(words)) {
      const used = (one: string) => [...new Set(one.match(/\{\w+\}/g))].sort();
      expect(used(text.zh), code).toEqual(used(text.en));
    }
  });
});
