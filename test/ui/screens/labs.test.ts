/** The texts of the labs that ship, drawn on a student's usual screen. */
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {fillText, findLabs, type Lab, type Lang, loadLab} from '../../../src/course/index.ts';
import {startApp} from '../support/app.ts';
import {expectWellDrawn} from '../support/drawn.ts';
import {FakeSession} from '../support/fake-session.ts';
import type {VirtualTerminal} from '../support/virtual-terminal.ts';

const folder = fileURLToPath(new URL('../../../labs', import.meta.url));
const {labs: found} = await findLabs(folder);
const labs: Lab[] = await Promise.all(found.map(async ref => (await loadLab(ref.dir)).lab!));
const langs: Lang[] = ['en', 'zh'];

/** Enters a step with everything that it says in view of whoever scrolls: prose, predictions asked, all hints. */
function enter(session: FakeSession, index: number): void {
  const step = session.lab.steps[index]!;
  session.emit(
    {type: 'step-entered', step: step.id, index, of: session.lab.steps.length},
    {type: 'pending', block: null},
  );
  for (const block of step.blocks) {
    if (block.kind === 'predict') session.emit({type: 'prediction-asked', id: block.id});
    if (block.kind !== 'check') continue;
    session.emit({type: 'check', id: block.id, verdict: 'fail', values: {}});
    const of = block.hints.length;
    for (const index of block.hints.keys()) session.emit({type: 'hint-shown', check: block.id, index, of});
    session.emit({type: 'solution-shown', check: block.id, runs: block.solve.map((_, i) => i)});
  }
}

function expectReadable(term: VirtualTerminal, what: string): void {
  expectWellDrawn(term, what);
  expect(term.text, what).not.toMatch(/\*\*|\]\(|&(lt|gt|amp);/);
}

/** Page by page to the first line of a small screen's lesson, as long as it says that there is more above. */
async function scrollUp(term: VirtualTerminal, what: string): Promise<void> {
  while (/\((more|还有) ↑/.test(term.text)) {
    const before = term.text;
    term.press('\x1b[5~');
    await term.until(() => term.text !== before, 'a page up');
    expectReadable(term, what);
  }
}

test('there are labs', () => {
  expect(labs.length).toBeGreaterThanOrEqual(10);
});

describe.each(labs.map(lab => [lab.number, lab] as const))('lab %s', (_, lab) => {
  test.each(langs)('every step can be read from its first line to its last (%s)', async lang => {
    const session = new FakeSession(lab);
    const {term} = startApp({cols: 80, rows: 24, lang, startLab: lab.number, openSession: async () => session});
    await session.whenAsked('start');
    const vars = Object.fromEntries(Object.entries(lab.vars).map(([name, {pick}]) => [name, pick[0]!]));
    const {id, dir} = lab;
    session.emit({
      type: 'session-started',
      lab: id,
      labDir: dir,
      version: '0',
      kernel: '6',
      stage: 'private',
      seed: 's',
      vars,
      root: true,
    });
    for (const index of lab.steps.keys()) {
      enter(session, index);
      const [en, zh] = [`step ${index + 1} of`, `第 ${index + 1}/`];
      await term.until(() => term.lines[0]!.includes(lang === 'zh' ? zh : en), `step ${index + 1}`);
      const what = `lab ${lab.number}, step ${index + 1}, ${lang}`;
      expectReadable(term, what);
      // English lines are cut where Chinese ones are: once page by page is enough.
      if (lang !== 'zh') continue;
      await scrollUp(term, what);
      expect(term.text).toContain(fillText(lab.steps[index]!.title[lang]!, {vars, now: {}, before: {}}).slice(0, 12));
    }
  });
});
