import fc from 'fast-check';
import {expect, test} from 'vitest';
import {layoutOf, type Rect} from '../../src/ui/lab/layout.ts';
import {type Segment, windowOf} from '../../src/ui/lab/segments.ts';

const size = fc.record({cols: fc.integer({min: 60, max: 300}), rows: fc.integer({min: 16, max: 100})});

test('panels fill the screen without overlapping, at any size', () => {
  fc.assert(
    fc.property(size, ({cols, rows}) => {
      const layout = layoutOf(cols, rows);
      const owners: string[] = Array(cols * rows).fill('');
      const claim = (name: string, {x, y, w, h}: Rect) => {
        for (let r = y; r < y + h; r++) {
          for (let c = x; c < x + w; c++) {
            if (c >= cols || r >= rows || owners[r * cols + c] !== '') throw new Error(`${name} overlaps at ${c},${r}`);
            owners[r * cols + c] = name;
          }
        }
      };
      const line = (y: number): Rect => ({x: 0, y, w: cols, h: 1});
      claim('header', line(0));
      claim('lesson', layout.lesson);
      claim('host', layout.host);
      claim('box', layout.box);
      claim('footer', line(layout.footer));
      if (layout.wide) {
        claim('checks', layout.checks!);
        claim('facts', layout.facts!);
        claim('journal', layout.journal!);
      } else {
        claim('tabs', line(layout.tabs!));
        claim('summary', line(layout.summary!));
        claim('bar', {x: layout.host.w, y: layout.host.y, w: 1, h: layout.host.h});
      }
      expect(owners.filter(owner => owner === '')).toHaveLength(0);
      for (const inner of [layout.hostCells, layout.boxCells]) {
        expect(inner.w).toBeGreaterThanOrEqual(28);
        expect(inner.h).toBeGreaterThanOrEqual(4);
      }
    }),
  );
});

test('a window shows what matters: whole where it fits, from its start where not', () => {
  const segment = (key: string, count: number): Segment => ({
    key,
    lines: Array.from({length: count}, (_, i) => `${key}${i}`),
  });
  const all = [segment('a', 4), segment('b', 3), segment('c', 9)];
  expect(windowOf(all, 5, 'b').lines).toEqual(['a2', 'a3', 'b0', 'b1', 'b2']);
  expect(windowOf(all, 5, 'c').lines[0]).toBe('c0');
  expect(windowOf(all, 5, 'a').top).toBe(0);
  expect(windowOf(all, 5, 'b', 99)).toMatchObject({top: 11, last: 11});
  expect(windowOf(all, 50, 'c')).toMatchObject({top: 0, last: 0});
});
