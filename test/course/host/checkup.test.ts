/** Doctor's verdicts, on hosts that lack something: the same as home and `glassbox labs` give. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import {beforeAll, describe, expect, test} from 'vitest';
import {findLabs} from '../../../src/course/format/find.ts';
import {loadHeader} from '../../../src/course/format/header.ts';
import {allRun, checkup, labsOf, verdict} from '../../../src/course/host/checkup.ts';
import {sayHostFinding, sayUnmet, sayVerdict, shownFindings} from '../../../src/course/host/say.ts';
import {doctorJson, doctorJsonSchema} from '../../../src/course/host/schema.ts';
import type {Checkup} from '../../../src/course/host/types.ts';
import type {Requires} from '../../../src/course/lab.ts';
import {unmetNeeds} from '../../../src/engine/index.ts';

const root = join(import.meta.dirname, '../../..');
const screen = {isTTY: true, columns: 80, rows: 24, getColorDepth: () => 8};
const env = {...process.env, TERM: 'xterm', LANG: 'C.UTF-8'};
let here: Checkup;
let bare: Checkup;
beforeAll(async () => {
  const {labs} = await findLabs(join(root, 'labs'));
  here = await checkup(labs, {env, screen});
  bare = await checkup(labs, {path: '/nosuch', env: {TERM: 'dumb'}, screen});
});

const lab = (requires: Requires) => ({number: '01', id: 'x', title: {en: 'X'}, requires});
const finding = (all: Checkup, id: string) => all.findings.find(one => one.id === id)!;

test('every lab has a verdict, and it is that of its needs', async () => {
  const {labs} = await findLabs(join(root, 'labs'));
  expect(here.labs.map(one => one.number)).toEqual(labs.map(one => one.number));
  for (const [i, ref] of labs.entries()) {
    const {header} = await loadHeader(ref.dir);
    expect(here.labs[i]?.unmet).toEqual(unmetNeeds(header!.requires, here));
    expect(here.labs[i]?.runs === 'no').toBe(here.labs[i]!.unmet.length > 0);
  }
});

test('each program that a lab requires is looked for, and names its labs', async () => {
  const {labs} = await findLabs(join(root, 'labs'));
  for (const ref of labs) {
    const {header} = await loadHeader(ref.dir);
    for (const tool of header?.requires.tools ?? []) {
      expect(finding(here, `tool.${tool}`).labs, tool).toContain(ref.number);
      expect(finding(bare, `tool.${tool}`).ok, tool).toBe('no');
    }
  }
  // What only we ourselves use is nobody's fault.
  expect(finding(bare, 'tool.tmux')).toMatchObject({ok: 'partly', labs: []});
});

test('findings about everything matter to all, others to those that name them', () => {
  const header = {...lab({root: 'mapped', namespaces: ['pid'], controllers: ['cpu']}), number: '07'};
  const labs = [header as never];
  expect(labsOf({id: 'kernel'}, labs)).toBe('all');
  expect(labsOf({id: 'disk.run'}, labs)).toBe('all');
  for (const id of ['namespace.pid', 'mount.proc', 'cgroup', 'root', 'unprivileged']) {
    expect(labsOf({id}, labs), id).toEqual(['07']);
  }
  for (const id of ['namespace.uts', 'tool.ps', 'filesystem.overlay', 'filesystem.overlay-user']) {
    expect(labsOf({id}, labs), id).toEqual([]);
  }
});

describe('without root', () => {
  const person = (more: Partial<Checkup> = {}): Checkup => ({...here, root: false, mapped: true, ...more});

  test('a lab that can do with a user namespace runs mapped, one that cannot does not run', () => {
    expect(verdict(lab({root: 'mapped'}), person()).runs).toBe('mapped');
    expect(verdict(lab({root: true}), person())).toMatchObject({runs: 'no', unmet: [{code: 'host.unmet.root'}]});
    expect(verdict(lab({}), person()).runs).toBe('yes');
    expect(verdict(lab({root: 'mapped'}), {...here, root: true}).runs).toBe('yes');
  });

  test('a covered /proc keeps it from PID namespaces, an old kernel from overlays', () => {
    const with_ = (id: string) =>
      person({findings: here.findings.map(one => (one.id === id ? {...one, ok: 'no', cure: 'host.cure.sudo'} : one))});
    expect(verdict(lab({root: 'mapped', namespaces: ['pid']}), with_('mount.proc')).unmet).toMatchObject([
      {code: 'host.unmet.proc'},
    ]);
    expect(verdict(lab({root: 'mapped', namespaces: ['uts']}), with_('mount.proc')).runs).toBe('mapped');
    expect(
      verdict(lab({root: 'mapped', filesystems: ['overlay']}), with_('filesystem.overlay-user')).unmet,
    ).toMatchObject([{code: 'host.unmet.overlay-user'}]);
  });
});

test('what no stage can do without bars every lab, and the sentence has one stop', () => {
  const full = here.findings.map(one =>
    one.id === 'disk.run'
      ? {
          ...one,
          ok: 'no' as const,
          meaning: 'host.disk.full',
          cure: 'host.cure.disk',
          params: {directory: '/run', freeMiB: 0, needMiB: 1},
        }
      : one,
  );
  const {unmet} = verdict(lab({}), {...here, findings: full});
  expect(unmet.map(one => sayUnmet(one, 'en'))).toEqual([
    'Only 0 MiB are free in /run; a session needs 1. Make room in /run.',
  ]);
  expect(sayUnmet(unmet[0]!, 'zh')).toBe('/run 只剩 0 MiB，做一次实验需要 1 MiB。给 /run 腾出空间。');
});

test('status: labs and findings together', () => {
  const good = {findings: here.findings.map(one => ({...one, ok: 'partly' as const})), labs: []};
  expect(allRun(good)).toBe(true);
  expect(allRun({...good, labs: [{...here.labs[0]!, runs: 'mapped', unmet: []}]})).toBe(true);
  expect(allRun({...good, labs: [{...here.labs[0]!, runs: 'no'}]})).toBe(false);
  expect(allRun({...good, labs: [{...here.labs[0]!, runs: 'broken'}]})).toBe(false);
  expect(allRun(bare)).toBe(false);
});

test('plain programs that are there are one line, those that are missing have their own', () => {
  const shown = shownFindings(here.findings).map(one => one.id);
  expect(shown).toContain('tool.pstree');
  expect(shown).not.toContain('tool.chmod');
  expect(shown.filter(id => id === 'tool.…')).toHaveLength(1);
  expect(shownFindings(bare.findings).map(one => one.id)).toContain('tool.chmod');
});

describe('words', () => {
  test('every sentence is whole in both languages', () => {
    for (const lang of ['en', 'zh'] as const) {
      const said = [here, bare].flatMap(({findings, labs}) => [
        ...findings.map(one => sayHostFinding(one, lang)),
        ...labs.map(one => sayVerdict(one, lang)),
      ]);
      for (const text of said) expect(text).not.toMatch(/\{\w+\}|host\.|undefined|\.\.|。。|。\./);
    }
  });
});

describe('--json', () => {
  const schema = JSON.parse(readFileSync(join(root, 'docs/doctor.schema.json'), 'utf8')) as object;
  const validate = new Ajv2020({allErrors: true, allowUnionTypes: true}).compile(schema);
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;

  test('the schema in docs is the one of the code', () => {
    expect(schema).toEqual(plain(doctorJsonSchema()));
  });

  test('what is printed fits it, what is not so does not', () => {
    for (const all of [here, bare]) {
      const value = plain(doctorJson(all, '1.2.3'));
      validate(value);
      expect(validate.errors).toBeNull();
      expect(validate({...value, ok: 'yes'})).toBe(false);
      expect(validate({...value, more: 1})).toBe(false);
    }
  });

  test('commands are there where a sentence tells to run one, and only there', () => {
    const {findings, labs} = doctorJson(bare, '1.2.3');
    for (const one of findings) {
      if (one.command) expect(one.words.cure?.en).toContain(one.command);
    }
    expect(findings.find(one => one.id === 'locale')?.command).toBe('export LANG=C.UTF-8');
    expect(findings.find(one => one.id === 'kernel')).not.toHaveProperty('command');
    expect(labs[0]?.unmet.length).toBeGreaterThan(0);
  });

  test('docs/doctor.md lists every id', () => {
    const text = readFileSync(join(root, 'docs/doctor.md'), 'utf8');
    for (const {id} of here.findings) {
      const [kind, name] = id.split('.');
      const listed =
        kind === 'tool' || text.includes(`\`${id}\``) || (text.includes(`\`${kind}.`) && text.includes(`\`.${name}\``));
      expect(listed, id).toBe(true);
    }
  });
});
