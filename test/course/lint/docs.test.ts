/** The page for authors says what is built: its examples load and lint clean, its tables are the real ones. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {ALERTS} from '../../../src/course/format/document.ts';
import {VERBS} from '../../../src/course/format/fence.ts';
import {QUIZ_TYPES} from '../../../src/course/format/schema.ts';
import {lintFolder} from '../../../src/course/lint/lint.ts';
import {formatFinding} from '../../../src/course/words/lab.ts';
import {factTable} from '../../../src/engine/index.ts';
import {inFolder} from '../support/labs.ts';

const page = readFileSync(new URL('../../../docs/writing-labs.md', import.meta.url), 'utf8');

it('its examples are one lab with its questions, which lint clean', async () => {
  const [english, chinese, quiz] = [...page.matchAll(/^`{5}markdown\n([\s\S]*?)^`{5}$/gm)].map(found => found[1]!);
  const files = {'02-ipc/lab.md': english!, '02-ipc/lab.zh.md': chinese!, '02-ipc/quiz.md': quiz!};
  await inFolder(files, async root => {
    const findings = await lintFolder(join(root, '02-ipc'), factTable);
    // The example draws a variable only to show how; its questions are in one language.
    const rest = findings.filter(finding => !['var.unused', 'translation.none'].includes(finding.code));
    expect(rest.map(finding => formatFinding(finding, 'en'))).toEqual([]);
  });
});

it('its table of facts is the engine’s', () => {
  const table = page.slice(page.indexOf('### The facts'), page.indexOf('## The translation'));
  const rows = [...table.matchAll(/^\| `([\w.]+)` \| ([a-z<>]+) \| (.*) \|$/gm)].map(([, path, type, source]) => ({
    path,
    type,
    source,
  }));
  expect(rows).toEqual(factTable.map(({path, type, source}) => ({path, type, source})));
});

it('explains every block, every quote and every type of question', () => {
  for (const [verb, {lang}] of Object.entries(VERBS)) expect(page).toContain(`${lang} ${verb}`);
  for (const alert of ALERTS) expect(page).toContain(`[!${alert}]`);
  for (const type of QUIZ_TYPES) expect(page).toContain(`\`${type}\``);
});
