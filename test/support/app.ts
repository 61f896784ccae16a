/** The app in a real terminal, with words in either language: what flows are written with. */
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {launcher} from './glassbox.ts';
import {Tmux} from './tmux.ts';

export interface AppOptions {
  cols: number;
  rows: number;
  lang?: 'en' | 'zh';
  env?: Record<string, string>;
  /** Put before the launcher: 'strace …'. */
  prefix?: string;
  args?: string;
  /** Another copy of the app. */
  launcher?: string;
}

const LOCALE = {en: 'C.UTF-8', zh: 'zh_CN.UTF-8'} as const;

export class App {
  readonly terminal: Tmux;
  readonly began = Date.now();
  readonly state = mkdtempSync(path.join(tmpdir(), 'glassbox-flow-'));

  constructor({cols, rows, lang = 'en', env = {}, prefix = '', args = '', launcher: app = launcher}: AppOptions) {
    this.terminal = new Tmux(`${prefix} ${app} ${args}`, {
      cols,
      rows,
      env: {LANG: LOCALE[lang], XDG_STATE_HOME: this.state, HOME: this.state, ...env},
    });
  }

  /** The app's own process: the launcher has become it. */
  pid(): number {
    return this.descendants().find(pid => commandOf(pid).includes('dist/cli.js')) ?? fail('the app is not running');
  }

  /** The keeper of the session's stage. */
  keeperPid(): number {
    const keepers = this.descendants().filter(pid => commandOf(pid).includes('glassbox-keeper'));
    return keepers.at(-1) ?? fail('there is no keeper');
  }

  /** PIDs of everything below the terminal, parents first. */
  descendants(): number[] {
    const parents = new Map<number, number[]>();
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      try {
        const ppid = Number(
          readFileSync(`/proc/${name}/stat`, 'utf8')
            .replace(/^.*\) /s, '')
            .split(' ')[1],
        );
        parents.set(ppid, [...(parents.get(ppid) ?? []), Number(name)]);
      } catch {
        // it ended while we looked
      }
    }
    const found: number[] = [];
    const queue = [this.terminal.panePid()];
    for (let pid = queue.shift(); pid !== undefined; pid = queue.shift()) {
      found.push(pid);
      queue.push(...(parents.get(pid) ?? []));
    }
    return found;
  }

  /** Presses ⏎ until `wanted` is on the screen; each press waits for the screen to answer. */
  async enterUntil(wanted: string | RegExp, presses = 25): Promise<string> {
    const seen = (text: string) => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text));
    for (let i = 0; i < presses; i++) {
      const before = await this.settled();
      if (seen(before)) return before;
      this.terminal.key('Enter');
      await this.terminal.until(text => text !== before);
    }
    return this.terminal.until(wanted);
  }

  /** The screen, once the command that runs has ended and two looks agree. */
  async settled(): Promise<string> {
    let last = '';
    return this.terminal.until(text => {
      const same = text === last && /⏎|glassbox|→/.test(text);
      last = text;
      return same;
    });
  }

  /** Gives the keyboard to a terminal, by the key that its frame names. */
  async focus(side: 'host' | 'box'): Promise<void> {
    const row =
      (await this.settled()).split('\n').find(line => /(CONTAINER|容器) box/.test(line)) ??
      fail('no terminals on the screen');
    const at = row.search(/(CONTAINER|容器) box/);
    const frame = side === 'host' ? row.slice(0, at) : row.slice(at);
    const key = frame.includes('[⇧Tab]')
      ? 'BTab'
      : frame.includes('[Tab]')
        ? 'Tab'
        : fail(`no key in the frame: ${row}`);
    this.terminal.key(key);
    await this.terminal.until(/Ctrl-\]/);
  }

  /** Closes the terminal, and removes the learner's folder once the app has written its last word there. */
  async close(): Promise<void> {
    const mine = this.terminal.isOpen() ? this.descendants() : [];
    this.terminal.close();
    const end = Date.now() + 10_000;
    while (mine.some(isAlive) && Date.now() < end) await delay(20);
    rmSync(this.state, {recursive: true, force: true});
  }
}

/** False for a zombie too: who reaps it is the machine's matter. */
export function isAlive(pid: number): boolean {
  try {
    return !/^[ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, ''));
  } catch {
    return false;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

function fail(why: string): never {
  throw new Error(why);
}

/** PID of the container's shell on the screen: "box (pid 123)". */
export function boxPid(screen: string): number {
  return Number(/box \(pid (\d+)\)/.exec(screen)?.[1] ?? fail(`no container on the screen:\n${screen}`));
}

/** A command in the UTS namespace of `pid`, from the machine. */
export function nsenterUts(pid: number, ...command: string[]): string {
  return execFileSync('nsenter', ['-t', String(pid), '-u', ...command], {encoding: 'utf8'}).trim();
}
