import {expect, test} from 'vitest';
import {makeLook} from '../../src/ui/app/look.ts';
import {layerLines} from '../../src/ui/lab/layers.ts';
import {cells} from '../../src/ui/text/width.ts';

const plain = (lines: string[] | undefined) => lines?.map(line => line.replace(/\x1b\[[0-9;]*m/g, '').trimEnd());
const facts = {
  layers: {
    type: 'overlay',
    point: 'merged',
    options: '',
    order: ['upper', 'lower'],
    permissions: {upper: 'rw', lower: 'ro'},
    serves: {in_both: 'upper', in_lower: 'lower', sub: 'upper', dir: 'lower'},
    hidden: {gone: 'upper'},
    holds: [
      'upper f in_both',
      'upper w gone',
      'upper o sub',
      'lower f in_both',
      'lower f in_lower',
      'lower f gone',
      'lower d sub',
      'lower d dir',
    ],
  },
};

test('one line for each layer, a mark where each file is read from', () => {
  expect(plain(layerLines(facts, makeLook('en', false, 'dark'), 76, 10))).toEqual([
    'merged view (gone) in_both sub in_lower',
    'upper  rw   ✗      ▸       ▸*  ·',
    'lower  ro   ○      ○       ○   ▸',
    '▸ read here  ○ covered  ✗ whiteout  * opaque  ~ metadata (overlay)',
  ]);
});

test('what does not fit is counted, in every width, height and language', () => {
  for (const lang of ['en', 'zh'] as const) {
    for (const width of [40, 60, 76]) {
      for (const height of [1, 2, 3, 4, 9]) {
        const lines = layerLines(facts, makeLook(lang, true, 'none'), width, height)!;
        expect(lines.length).toBeLessThanOrEqual(height);
        for (const line of lines) expect(cells(line), line).toBeLessThanOrEqual(width);
      }
    }
  }
  expect(plain(layerLines(facts, makeLook('en', false, 'none'), 30, 9))![0]).toMatch(/\+3$/);
  expect(plain(layerLines(facts, makeLook('en', false, 'none'), 76, 2))![1]).toBe('… and 2 more layers');
});

test('without a union mount there is no picture; names cannot send escape sequences', () => {
  expect(layerLines({layers: {order: []}}, makeLook('en', false, 'none'), 76, 9)).toBeUndefined();
  expect(layerLines(null, makeLook('en', false, 'none'), 76, 9)).toBeUndefined();
  const evil = {
    layers: {...facts.layers, serves: {'\x1b]0;x\x07': 'upper'}, hidden: {}, holds: ['upper f \x1b]0;x\x07']},
  };
  expect(layerLines(evil, makeLook('en', false, 'none'), 76, 9)!.join('')).not.toContain('\x1b]');
});
