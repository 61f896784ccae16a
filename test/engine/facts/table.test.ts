import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {factLabels, factMeanings} from '../../../src/course/words/facts.ts';
import {factTable} from '../../../src/engine/facts/table.ts';

const paths = factTable.map(row => row.path);

test('every fact stands once, with a source that names a page', () => {
  expect(new Set(paths).size).toBe(paths.length);
  for (const row of factTable) expect(row.source, row.path).toMatch(/\(\d(const)?\)/);
});

test('every fact has a label that fits and a meaning, in both languages, and no word is left over', () => {
  expect(Object.keys(factLabels).sort()).toEqual([...paths].sort());
  expect(Object.keys(factMeanings).sort()).toEqual([...paths].sort());
  for (const path of paths) {
    for (const lang of ['en', 'zh'] as const) {
      expect(stringWidth(factLabels[path]![lang]), `${path} ${lang}`).toBeLessThanOrEqual(16);
      expect(factMeanings[path]![lang], `${path} ${lang}`).toMatch(lang === 'en' ? /[.]$/ : /。$/);
    }
  }
});
