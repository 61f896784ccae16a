import {mkdirSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {findLabs, resolveLab} from '../../../src/course/format/find.ts';
import {formatFinding} from '../../../src/course/words/lab.ts';
import {inFolder} from '../support/labs.ts';

const ref = (name: string) => ({number: name.slice(0, 2), id: name.slice(3), name, dir: `labs/${name}`});
const labs = ['01-uts', '02-ipc', '03-pid', '07-cgroup-cpu', '10-aufs'].map(ref);

describe('which lab is meant', () => {
  it.each([
    ['01', '01-uts'],
    ['1', '01-uts'],
    ['001', '01-uts'],
    ['10', '10-aufs'],
    ['uts', '01-uts'],
    ['UTS', '01-uts'],
    ['01-uts', '01-uts'],
    ['01-uts/', '01-uts'],
    [' cgroup-cpu ', '07-cgroup-cpu'],
  ])('%j is %s', (query, name) => expect(resolveLab(query, labs)).toEqual({lab: ref(name)}));

  it.each([
    ['utz', '01-uts'],
    ['cgroup', '07-cgroup-cpu'],
    ['01-ust', '01-uts'],
    ['auf', '10-aufs'],
  ])('%j is unknown, %s is near', (query, suggestion) => expect(resolveLab(query, labs)).toEqual({suggestion}));

  it.each(['', '4', '99', 'network', 'constructor', '../01-uts'])('%j is nothing', query => {
    expect(resolveLab(query, labs).lab).toBeUndefined();
  });
});

describe('which labs there are', () => {
  it('folders NN-name by number; links are followed, files and hidden folders passed over', async () => {
    await inFolder(
      {'10-b/lab.md': '', '02-a/lab.md': '', 'README.md': '', '.git/x': '', 'elsewhere/x': ''},
      async root => {
        mkdirSync(join(root, 'labs'));
        symlinkSync(join(root, 'elsewhere'), join(root, '03-linked'));
        const {labs: found, findings} = await findLabs(root);
        expect(found.map(lab => lab.name)).toEqual(['02-a', '03-linked', '10-b']);
        expect(found[0]).toEqual({number: '02', id: 'a', name: '02-a', dir: join(root, '02-a')});
        expect(findings.map(f => [f.code, f.params.came, f.severity])).toEqual([
          ['folder.ignored', 'elsewhere', 'warning'],
          ['folder.ignored', 'labs', 'warning'],
        ]);
      },
    );
  });

  it('a missing root, and one that is a file', async () => {
    await inFolder({file: ''}, async root => {
      expect((await findLabs(join(root, 'none'))).findings.map(f => f.code)).toEqual(['labs.missing']);
      expect((await findLabs(join(root, 'file'))).findings.map(f => [f.code, f.params])).toEqual([
        ['file.unreadable', {errno: 'ENOTDIR'}],
      ]);
    });
  });

  it('a broken link, a number and an id given twice, each with its sentence', async () => {
    await inFolder({'01-a/lab.md': '', '01-b/lab.md': '', '02-a/lab.md': ''}, async root => {
      symlinkSync('nowhere', join(root, '05-gone'));
      const {findings} = await findLabs(root);
      expect(findings.map(f => [f.file.slice(root.length + 1), f.code, f.params])).toEqual([
        ['05-gone', 'file.unreadable', {errno: 'ENOENT'}],
        ['01-b', 'folder.same-number', {number: '01', other: '01-a'}],
        ['02-a', 'folder.same-id', {id: 'a', other: '01-a'}],
      ]);
      for (const f of findings) expect(formatFinding(f, 'zh')).toMatch(/\p{Script=Han}/u);
    });
  });
});
