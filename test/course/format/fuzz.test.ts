import {join} from 'node:path';
import fc from 'fast-check';
import {expect, it} from 'vitest';
import {lintFolder} from '../../../src/course/lint/lint.ts';
import {formatFinding} from '../../../src/course/words/lab.ts';
import {FACTS, inFolder, SAMPLE} from '../support/labs.ts';

const piece = fc.constantFrom(
  '```',
  '`',
  '\n',
  '"',
  '{',
  '}',
  '- ',
  '> ',
  '> [!HINT]',
  '#',
  '## ',
  '---',
  '<a id="',
  ':',
  '\t',
  '${',
  '\\',
  '字',
  '\u0000',
  '!',
  '&a',
  '*a',
  '<!--',
  '~~~',
  ' #x',
  'when="',
);

/** The sample with a few pieces cut out or put in, anywhere. */
const damaged = fc
  .record({
    file: fc.constantFrom('lab.md' as const, 'lab.zh.md' as const),
    edits: fc.array(fc.record({at: fc.double({min: 0, max: 1, noNaN: true}), cut: fc.nat(60), put: piece}), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  .map(({file, edits}) => {
    let text = SAMPLE[file];
    for (const {at, cut, put} of edits) {
      const from = Math.floor(at * text.length);
      text = text.slice(0, from) + put + text.slice(from + cut);
    }
    return {...SAMPLE, [file]: text};
  });

it('whatever is damaged, lint never throws, every place is in its file, and every finding has words', async () => {
  await fc.assert(
    fc.asyncProperty(damaged, files =>
      inFolder({'01-sample/lab.md': files['lab.md'], '01-sample/lab.zh.md': files['lab.zh.md']}, async root => {
        for (const finding of await lintFolder(join(root, '01-sample'), FACTS)) {
          const lines = files[finding.file.endsWith('zh.md') ? 'lab.zh.md' : 'lab.md'].split('\n');
          expect(finding.line).toBeGreaterThanOrEqual(1);
          expect(finding.line).toBeLessThanOrEqual(lines.length);
          expect(finding.col).toBeGreaterThanOrEqual(1);
          expect(finding.col).toBeLessThanOrEqual(lines[finding.line - 1]!.length + 1);
          expect(formatFinding(finding, 'en')).not.toContain(` ${finding.code} {`);
        }
      }),
    ),
    {numRuns: 150},
  );
});
