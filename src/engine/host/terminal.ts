/** What the terminal can show: size, colours, characters, Chinese in two cells. */
import type {HostFinding} from '../types.ts';
import {good, partly} from './find.ts';

type Env = Readonly<Record<string, string | undefined>>;

const smallest = {cols: 80, rows: 24};

/** Characters that are drawn come out only under a UTF-8 locale: LC_ALL before LC_CTYPE before LANG (locale(7)). */
export function localeFinding(env: Env): HostFinding {
  const found = env.LC_ALL || env.LC_CTYPE || env.LANG || 'C';
  if (/utf-?8/i.test(found)) return good('locale', found, 'host.locale.ok');
  // LC_ALL outdoes what LANG says.
  const command = env.LC_ALL
    ? 'export LC_ALL=C.UTF-8'
    : env.LC_CTYPE
      ? 'export LC_CTYPE=C.UTF-8'
      : 'export LANG=C.UTF-8';
  return partly('locale', found, 'host.locale.not-utf8', {command}, 'host.cure.locale');
}

export interface Screen {
  isTTY?: boolean;
  columns?: number;
  rows?: number;
  getColorDepth?(env?: object): number;
  /** Cells that the terminal itself was seen to draw a Chinese character and a line in. */
  cells?: {chinese: number; line: number};
}

export function terminalFindings(env: Env, screen: Screen): HostFinding[] {
  return [terminalFinding(env, screen), colorsFinding(env, screen), charactersFinding(env, screen)];
}

/** Without a screen the labs still run line by line: nothing here keeps one from running. */
export function terminalFinding(env: Env, screen: Screen): HostFinding {
  const id = 'terminal';
  if (!screen.isTTY) return partly(id, '', 'host.terminal.none', {}, 'host.cure.terminal-none');
  const {columns: cols = 0, rows = 0} = screen;
  const term = env.TERM ?? '';
  const found = `${term} ${cols}×${rows}`;
  if (term === '' || term === 'dumb') {
    return partly(id, found, 'host.terminal.dumb', {command: 'export TERM=xterm-256color'}, 'host.cure.terminal-dumb');
  }
  const params = {cols, rows, needCols: smallest.cols, needRows: smallest.rows};
  if (cols < smallest.cols || rows < smallest.rows) {
    return partly(id, found, 'host.terminal.small', params, 'host.cure.terminal-small');
  }
  return good(id, found, 'host.terminal.ok', params);
}

function colorsFinding(env: Env, screen: Screen): HostFinding {
  const id = 'terminal.colors';
  if (!screen.isTTY) return good(id, '', 'host.colors.unknown');
  if (env.NO_COLOR) return good(id, 'NO_COLOR', 'host.colors.asked');
  const count = 2 ** (screen.getColorDepth?.() ?? 1);
  const found = String(count);
  return count >= 16 ? good(id, found, 'host.colors.ok', {count}) : partly(id, found, 'host.colors.few', {count});
}

/** The console of the kernel has a font of 256 or 512 characters (console_codes(4)). */
function charactersFinding(env: Env, screen: Screen): HostFinding {
  const id = 'terminal.characters';
  if (env.TERM === 'linux') return partly(id, 'linux', 'host.characters.console', {}, 'host.cure.characters');
  if (!screen.isTTY || !screen.cells) return good(id, '', 'host.characters.unknown');
  const {chinese, line} = screen.cells;
  const found = `中 ${chinese}, ─ ${line}`;
  if (chinese !== 2) return partly(id, found, 'host.characters.narrow', {chinese}, 'host.cure.characters');
  return line === 1
    ? good(id, found, 'host.characters.ok')
    : partly(id, found, 'host.characters.wide-lines', {line}, 'host.cure.wide-lines');
}
