import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, it} from 'vitest';
import {findLabs} from '../../../src/course/format/find.ts';
import {lintFolder} from '../../../src/course/lint/lint.ts';
import {formatFinding} from '../../../src/course/words/lab.ts';
import {factTable} from '../../../src/engine/index.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../labs');
const {labs, findings} = await findLabs(root);

it('the folder of labs holds labs', () => {
  expect(findings).toEqual([]);
  expect(labs.length).toBeGreaterThan(0);
});

it.each(labs.map(lab => [lab.name, lab.dir]))('%s lints clean against the table of facts', async (_, dir) => {
  expect((await lintFolder(dir, factTable)).map(finding => formatFinding(finding, 'en'))).toEqual([]);
});
