/** Pages that are larger than a slide: what a rehearsal says is what the demo shows. */
import {expect, test} from 'vitest';
import type {Lab} from '../../src/course/index.ts';
import {projectorOf} from '../../src/ui/index.tsx';
import {readLab} from '../course/session/helper.ts';

async function withText(zh: string, en = 'Short.'): Promise<Lab> {
  const lab = await readLab('labs/01-uts');
  const prose = lab.steps[0]!.blocks.find(block => block.kind === 'prose');
  if (prose?.kind !== 'prose') throw new Error('expected prose in the first step');
  prose.text = {en, zh};
  return lab;
}

test('a page that does not fit is named with its place and languages; on a larger screen it fits', async () => {
  const lab = await withText('很长的一段话。'.repeat(80));
  const small = (await projectorOf({cols: 80, rows: 24})).overflows(lab).filter(one => one.step === lab.steps[0]!.id);
  expect(small[0]).toMatchObject({langs: ['zh'], pos: lab.steps[0]!.blocks[0]!.pos});
  expect(small[0]!.lines).toBeGreaterThan(small[0]!.room);
  const fitting = await withText('一句话。');
  const large = await projectorOf({cols: 200, rows: 60});
  expect(large.overflows(fitting)).toEqual([]);
});

test('the terminals of a demo stand side by side', async () => {
  const {terminal} = await projectorOf({cols: 120, rows: 36});
  expect(2 * terminal.cols).toBeLessThanOrEqual(119);
  expect(terminal.rows).toBeGreaterThan(10);
});
