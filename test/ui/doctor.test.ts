/** The doctor's screen: findings, cures, and of each lab whether it runs here. */
import {describe, expect, test} from 'vitest';
import {checkup, findLabs} from '../../src/course/index.ts';
import {cells} from '../../src/ui/text/width.ts';
import {startApp} from './support/app.ts';
import {report} from './support/app-data.ts';

describe.each([
  [80, 24],
  [120, 36],
] as const)('%i×%i', (cols, rows) => {
  test('each finding with its meaning, labs and cure, then the labs', async () => {
    const {term} = startApp({cols, rows});
    await term.shows('IPC namespace');
    term.press('x');
    await term.shows(/✓ +kernel +6\.1\.0/);
    expect(term.text).toContain('The kernel has every call');
    expect(term.text).toMatch(/✗ +tool\.pstree/);
    expect(term.text).toContain('Labs 01, 03.');
    expect(term.text).toContain('Cure: As root: apt-get install psmisc');
    expect(term.text).toContain('The labs on this machine:');
    expect(term.text).toMatch(/✓ +01 UTS namespace: runs mapped, without root/);
    expect(term.text).toMatch(/✗ +03 PID namespace: does not run here: the program `pstree` is missing\./);
    term.press('L');
    await term.shows('各实验在这台机器上');
    expect(term.text).toMatch(/✓ +01 UTS 命名空间：不用 root 也可以做/);
    expect(term.text).toContain('涉及实验 01、03。');
    expect(term.text).not.toMatch(/Cure|Labs|runs/);
    term.press('\x1b');
    await term.shows('IPC 命名空间');
  });

  test.each(['en', 'zh'] as const)('what this very machine gives is scrolled to its end (%s)', async lang => {
    const {labs} = await findLabs('labs');
    const all = await checkup(labs, {env: {TERM: 'dumb'}, screen: {isTTY: true, columns: 20, rows: 5}});
    const {term} = startApp({cols, rows, lang, hostReport: async () => all});
    await term.shows(lang === 'en' ? 'IPC namespace' : 'IPC 命名空间');
    term.press('x');
    await term.shows('kernel');
    expect(term.text).not.toContain('10 aufs');
    // PgDn until the end: more presses than there are pages change nothing.
    for (let i = 0; i < 40; i++) term.press('\x1b[6~');
    await term.shows(/ 10 aufs/);
    for (const line of term.lines) expect(cells(line)).toBeLessThanOrEqual(cols);
  });
});

test('each opening asks again: what it told to install may be there by now', async () => {
  let pstree = false;
  const {term} = startApp({
    hostReport: async () =>
      pstree
        ? {...report, findings: [{...report.findings[1]!, ok: 'yes', found: '/usr/bin/pstree', cure: undefined}]}
        : report,
  });
  await term.shows('IPC namespace');
  term.press('x');
  await term.shows(/✗ +tool\.pstree/);
  term.press('\x1b');
  await term.shows('IPC namespace');
  pstree = true;
  term.press('x');
  await term.shows(/✓ +tool\.pstree +\/usr\/bin\/pstree/);
});
