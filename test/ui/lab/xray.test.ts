import {describe, expect, test} from 'vitest';
import {makeLook} from '../../../src/ui/app/look.ts';
import {groupLines, headLine} from '../../../src/ui/lab/xray/draw.ts';
import {groupsOf} from '../../../src/ui/lab/xray/groups.ts';
import {bytesText} from '../../../src/ui/lab/xray/limits.ts';
import {beyond} from '../../../src/ui/lab/xray/mounts.ts';
import {mapOf} from '../../../src/ui/lab/xray/users.ts';
import {cells} from '../../../src/ui/text/width.ts';
import {startApp} from '../support/app.ts';
import {begin, containerUp} from '../support/fake-session.ts';
import {factsOfProcess, inner, isolated, row} from './facts-data.ts';

const plain = (lines: string[]) => lines.map(line => line.replace(/\x1b\[[0-9;]*m/g, '').trimEnd());
const en = makeLook('en', false, 'none');
const zh = makeLook('zh', false, 'dark');
const ascii = makeLook('en', true, 'none');
const host = factsOfProcess(100);
const picture = (facts: typeof host, look = en, width = 76) =>
  plain(groupLines(groupsOf({host, facts, look}), look, width, 99));

describe('the picture', () => {
  test('a process that isolates nothing is joined to the host everywhere', () => {
    expect(plain([headLine(en, 76)])[0]).toMatch(/^ {2}THE HOST SEES +IN THE KERNEL +THE PROCESS SEES$/);
    const text = picture(factsOfProcess(300)).join('\n');
    expect(text).not.toContain('≠');
    expect(text).not.toContain('own');
    expect(text).toContain("All eight are the host's: nothing is isolated.");
    expect(text).toMatch(/300 ─+ = sh ─+ 300/);
  });

  test('one with everything of its own: each group says what, and what it means', () => {
    const text = picture(isolated(300)).join('\n');
    expect(text).toMatch(/300 ─+ ⇄ sh ─+ 1/);
    expect(text).toContain('from the machine inwards: 300 → 7 → 1');
    expect(text).toContain("Its own: pid mnt user cgroup; the rest is the host's.");
    expect(text).toMatch(/ {2}1 +≠ pid +11 own/);
    expect(text).toMatch(/ {2}2 ─+ = net ─+ 2 shared/);
    expect(text).toMatch(/\/sys\/fs\/cgroup\/cpu\/box ─* +⇄ group ─+ from a root of its own/);
    expect(text).toMatch(/at most 20 % of one CPU +CPU +now 19\.9 %/);
    expect(text).toMatch(/at most 64 MiB +memory +1\.5 MiB in use/);
    expect(text).toMatch(/at most 10 +processes +2 in use/);
    expect(text).toMatch(/\/run\/x\/rootfs ─+ ⇄ tmpfs 0:45 12 ─+ \//);
    expect(text).toContain('only here: tmpfs on /');
    expect(text).toContain('only on the host: ext4 on /');
    expect(text).toContain('propagation: 0 shared, 1 slave, the rest private');
    expect(text).toContain('Inside it is 0; towards files and the host it counts as 1000.');
    expect(text).toContain('uid_map: inside 0 is outside 1000');
    expect(text).toContain('uid_map: inside 1-65536 is outside 100000-165535');
    expect(text).toMatch(/all 4 +≠ effective +1 of 4/);
    expect(text).toContain('has: CAP_CHOWN');
    expect(text).toMatch(/off +≠ seccomp +filter/);
    expect(text).toMatch(/off +≠ no new privileges +on/);
  });

  test('what it lacks is named, and nothing at all is “none”', () => {
    const with3 = factsOfProcess(300, {
      caps: {effective: ['CAP_CHOWN', 'CAP_KILL', 'CAP_NET_RAW'], bounding: ['CAP_CHOWN', 'CAP_KILL', 'CAP_NET_RAW']},
    });
    expect(picture(with3).join('\n')).toMatch(
      /It lacks 1 that[\s\S]*all 4 +≠ effective +all 3[\s\S]*lacks: CAP_SYS_ADMIN[\s\S]*can never get: CAP_SYS_ADMIN/,
    );
    const none = factsOfProcess(300, {caps: {effective: [], bounding: []}});
    expect(picture(none).join('\n')).toMatch(/No privilege[\s\S]*≠ effective +none/);
  });

  test('where only the proc file leads to its root, that path is shown', () => {
    const pivoted = factsOfProcess(300, {root_id: '0:9 1', root: '/'});
    expect(picture(pivoted).join('\n')).toContain('/proc/300/root');
  });

  test('facts that this kernel does not have are left out', () => {
    const bare = picture({pid: 300n, nspid: 1n, comm: 'sh', ns: {pid: 5n}} as typeof host).join('\n');
    expect(bare).toContain('NUMBER');
    expect(bare).not.toContain('CAPABILITIES');
    expect(bare).not.toContain('undefined');
  });

  test('fits any width in any language; wide ones have two columns; tight ones lose their gaps', () => {
    for (const look of [en, zh, ascii]) {
      for (const width of [50, 76, 82, 136, 150]) {
        const lines = [
          headLine(look, width),
          ...groupLines(groupsOf({host, facts: isolated(300), look}), look, width, 99),
        ];
        for (const line of lines) expect(cells(line), line).toBeLessThanOrEqual(width);
      }
    }
    const all = (width: number, height: number) =>
      groupLines(groupsOf({host, facts: isolated(300), look: en}), en, width, height);
    expect(all(150, 99).length).toBeLessThan(all(76, 99).length * 0.7);
    expect(plain(all(76, 99))).toContain('');
    expect(plain(all(76, all(76, 99).length - 1))).not.toContain('');
    expect(plain(groupLines(groupsOf({host, facts: isolated(300), look: ascii}), ascii, 76, 99)).join('')).toMatch(
      /^[\x20-\x7e]*$/,
    );
  });

  test('names cannot send escape sequences', () => {
    const evil = factsOfProcess(300, {
      comm: '\x1b]0;x\x07',
      mounts: {count: 1n, types: ['tmpfs on /\x1b]0;x\x07'], shared: [], slave: []},
    });
    expect(groupLines(groupsOf({host, facts: evil, look: en}), en, 76, 99).join('')).not.toContain('\x1b]');
  });

  test('helpers', () => {
    expect(mapOf('0 1000 1 1 100000 65536')).toEqual([
      {inside: 0, outside: 1000, size: 1},
      {inside: 1, outside: 100000, size: 65536},
    ]);
    expect(mapOf('')).toEqual([]);
    expect(beyond(['a', 'a', 'b'], ['a', 'c'])).toEqual(['a', 'b']);
    expect([bytesText(512), bytesText(1536), bytesText(3 * 2 ** 30)]).toEqual(['0.5 KiB', '1.5 KiB', '3 GiB']);
  });
});

const processes = [
  row(100, 1, 'gb-keeper', 'keeper'),
  row(200, 100, 'bash', 'host'),
  inner(300, 100, 'sh', 'box', 1, 11n),
];

/** The lab with a container; X-rays are answered as the session does. */
async function openXray(options: Parameters<typeof startApp>[0] = {}) {
  const app = startApp({startLab: '01', ...options});
  const {session, term} = app;
  session.onCall = (name, pid) => {
    if (name === 'start') begin(session);
    if (name === 'xray' && typeof pid === 'number')
      session.emit({type: 'xray', pid, facts: pid === 300 ? isolated(300) : factsOfProcess(pid)});
  };
  await term.shows('host#');
  containerUp(session);
  session.emit(
    {type: 'processes', list: processes},
    {type: 'facts', sides: {host: factsOfProcess(100), box: isolated(300)}, changed: []},
  );
  await term.shows('box#');
  return app;
}

const sizes = [
  [80, 24],
  [120, 36],
  [200, 60],
] as const;
const everywhere = sizes.flatMap(([cols, rows]) => (['en', 'zh'] as const).map(lang => ({cols, rows, lang})));

describe.each(everywhere)('the X-ray at $cols×$rows in $lang', ({cols, rows, lang}) => {
  const zh = lang === 'zh';

  test('begins with the container, follows the cursor, and ends with the view', async () => {
    const {term, session} = await openXray({cols, rows, lang});
    term.press('x');
    await term.shows(zh ? '透视 · sh · 300 ⇄ 1 · box' : 'X-ray · sh · 300 ⇄ 1 · box');
    await term.shows(/300 ─+ ⇄ sh ─+ 1/);
    expect(term.text).toContain(zh ? '从进程自己看' : 'THE PROCESS SEES');
    expect(term.text).toMatch(/▸ └─ 300 ⇄ 1 sh +box/);
    expect(term.lines.at(-1)).toMatch(zh ? /↑↓ 选进程.*Esc 返回/ : /↑↓ process.*Esc back/);
    for (let y = 0; y < rows; y++) expect(cells(term.lines[y]!)).toBeLessThanOrEqual(cols);
    term.press('\x1b[A');
    await term.shows(/200 ─+ = bash|200 ─+ = sh ─+ 200/);
    await term.shows(zh ? '八个都是宿主机的' : 'nothing is isolated');
    term.press('x');
    await term.shows(zh ? '两边对照' : 'both sides');
    await session.whenAsked('xray', 3);
    expect(session.asked('xray')).toEqual([[300], [200], [null]]);
  });
});

test('a process that has ended is said to have, and its last picture stays', async () => {
  const {term, session} = await openXray();
  term.press('x');
  await term.shows(/300 ─+ ⇄ sh ─+ 1/);
  session.emit({type: 'xray', pid: 300, facts: null}, {type: 'processes', list: processes.slice(0, 2)});
  await term.shows('Process 300 has ended; this is what it was.');
  expect(term.text).toMatch(/300 ─+ ⇄ sh ─+ 1/);
  // Down from where it stood there is nothing; up is its neighbour.
  term.press('\x1b[A');
  await term.shows('X-ray · bash · 200 · host');
  await term.shows('has ended', true);
});

test('on a small screen the picture scrolls, and begins at the top for another process', async () => {
  const {term} = await openXray({cols: 80, rows: 24});
  term.press('x');
  await term.shows('NUMBER');
  expect(term.text).not.toContain('SYSTEM CALLS');
  term.press('\x1b[6~');
  await term.shows('NUMBER', true);
  for (let i = 0; i < 5; i++) term.press('\x1b[6~');
  await term.shows('no new privileges');
  term.press('\x1b[A');
  await term.shows('NUMBER');
});

test('on a fresh stage the cursor begins anew', async () => {
  const {term, session} = await openXray();
  term.press('x');
  await term.shows('300 ⇄ 1 · box');
  session.emit({type: 'rebuilding', step: 'name', why: 'reset-step'});
  await term.shows('300 ⇄ 1 · box', true);
  session.emit(
    {type: 'stage-ready', keeperPid: 500, dir: '/run/y', journal: []},
    {type: 'rebuilt', step: 'name'},
    {type: 'step-entered', step: 'name', index: 0, of: 2},
    {type: 'facts', sides: {host: factsOfProcess(500), box: null}, changed: []},
    {type: 'processes', list: [row(500, 1, 'gb-keeper', 'keeper'), row(501, 500, 'bash', 'host')]},
  );
  await term.shows('both sides');
  term.press('x');
  await term.shows('X-ray · bash · 501 · host');
});

test('p goes through the pictures and back to what the lesson asks for; its name is in the title', async () => {
  const {term} = await openXray();
  await term.shows('p picture');
  term.press('p');
  await term.shows('both sides · processes');
  expect(term.text).toMatch(/└─ 300 sh +⇄ 1 sh/);
  term.press('p');
  await term.shows('both sides · CPU');
  term.press('p');
  await term.shows('both sides ─');
});

test('on a small screen p shows the panel first', async () => {
  const {term} = await openXray({cols: 80, rows: 24});
  term.press('p');
  await term.shows(/host name|pid ns/);
  term.press('p');
  await term.shows('[2 both sides · processes]');
  await term.shows(/└─ 300 sh +⇄ 1 sh/);
});
