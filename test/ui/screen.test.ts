import {beforeEach, describe, expect, test} from 'vitest';
import {type Region, Screen} from '../../src/ui/screen/screen.ts';
import {VirtualTerminal} from './support/virtual-terminal.ts';

let term: VirtualTerminal;
let screen: Screen;

beforeEach(() => {
  term = new VirtualTerminal(20, 5);
  screen = new Screen(term.stdout, () => ({columns: term.term.cols, rows: term.term.rows}));
  screen.start();
});

const region = (patch: Partial<Region> & {rows(): string[]}): Region => ({
  x: 2,
  y: 1,
  w: 4,
  h: 2,
  version: () => 1,
  ...patch,
});
const since = (mark: number) => term.written.slice(mark);

test('writes only the rows that changed, each update in one synchronized piece', async () => {
  screen.setFrame('one\ntwo\nthree');
  await term.shows('three');
  const mark = term.written.length;
  screen.setFrame('one\n2\nthree');
  await term.shows('2');
  expect(since(mark)).not.toMatch(/one|three/);
  expect(since(mark)).toMatch(/^\x1b\[\?2026h[\s\S]*\x1b\[\?2026l$/);
  const idle = term.written.length;
  screen.setFrame('one\n2\nthree');
  expect(since(idle)).toBe('');
});

test('a row that fills the screen keeps its last cell', async () => {
  screen.setFrame('x'.repeat(20));
  await term.shows('x'.repeat(20));
});

test('a frame that is too tall does not scroll', async () => {
  screen.setFrame(['a', 'b', 'c', 'd', 'e', 'f', 'g'].join('\n'));
  await term.shows('e');
  expect(term.lines).toEqual(['a', 'b', 'c', 'd', 'e']);
});

describe('regions', () => {
  test('lie over the frame, survive new frames, and change without one', async () => {
    let rows = ['ABCD', 'EFGH'];
    let version = 1;
    screen.setRegions({pane: region({rows: () => rows, version: () => version})});
    screen.setFrame('..........\n..........\n..........');
    await term.shows('..EFGH....');
    screen.setFrame('::::::::::\n::::::::::\n::::::::::');
    await term.shows('::ABCD::::');
    rows = ['ABCD', 'ijkl'];
    version = 2;
    const mark = term.written.length;
    screen.touch();
    await term.shows('::ijkl::::');
    expect(since(mark)).not.toContain('ABCD');
  });

  test('leave nothing behind when they go or move', async () => {
    screen.setRegions({pane: region({rows: () => ['ABCD', 'EFGH']})});
    screen.setFrame('..........\n..........\n..........');
    await term.shows('EFGH');
    screen.setRegions({pane: region({y: 0, rows: () => ['ABCD', 'EFGH']})});
    screen.setFrame('..........\n..........\n..........');
    await term.until(() => term.lines[0] === '..ABCD....', 'the region at its new place');
    expect(term.lines.slice(0, 3)).toEqual(['..ABCD....', '..EFGH....', '..........']);
    screen.setRegions({});
    screen.setFrame('..........\n..........\n..........');
    await term.shows('EFGH', true);
    expect(term.lines.slice(0, 3)).toEqual(Array(3).fill('..........'));
  });
});

test('after a resize nothing is drawn until the frame for the new size is there', async () => {
  screen.setFrame('a long line of text');
  await term.shows('a long line');
  term.term.resize(10, 5);
  const mark = term.written.length;
  screen.expectFrame();
  screen.clear();
  expect(since(mark)).toBe('');
  screen.setFrame('short');
  await term.until(() => term.lines[0] === 'short', 'the new frame');
  expect(term.lines.slice(1).join('')).toBe('');
});

test('a smaller window keeps its last row, also where a region was larger than it', async () => {
  screen.setRegions({pane: region({h: 4, rows: () => ['ABCD', 'EFGH', 'IJKL', 'MNOP']})});
  screen.setFrame('1\n2\n3\n4\n5');
  await term.shows('MNOP');
  term.term.resize(20, 3);
  screen.expectFrame();
  screen.setRegions({pane: region({h: 1, rows: () => ['abcd']})});
  screen.setFrame('one\ntwo\nthree');
  await term.shows('abcd');
  expect(term.lines).toEqual(['one', 'twabcd', 'three']);
});

test('the cursor is hidden unless someone says where it is', async () => {
  screen.setFrame('x');
  expect(term.written).toMatch(/\x1b\[\?25l/);
  expect(term.written).not.toContain('\x1b[?25h');
  screen.setCursor(() => ({x: 3, y: 2}));
  screen.setFrame('y');
  await term.until(() => term.cursor.x === 3 && term.cursor.y === 2, 'the cursor');
  expect(term.written).toMatch(/\x1b\[3;4H\x1b\[\?25h\x1b\[\?2026l$/);
});

test('writes nothing once stopped', () => {
  screen.setFrame('x');
  screen.stop();
  const mark = term.written.length;
  screen.setFrame('y');
  screen.clear();
  expect(since(mark)).toBe('');
});
