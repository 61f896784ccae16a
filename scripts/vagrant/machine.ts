/** Vagrant and its machines, as an instructor drives them. */
import {spawn} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {$, type ProcessOutput} from 'zx';

const PROJECT = path.resolve(import.meta.dirname, '../..');

export class Classroom {
  readonly env: Record<string, string>;
  readonly #scratch: string;

  /** @param settings GLASSBOX_* for the Vagrantfile */
  constructor(scratch: string, settings: Record<string, string>) {
    this.#scratch = scratch;
    const own = Object.entries(process.env).filter(([name]) => !/^(GLASSBOX|VAGRANT)_/.test(name)) as [
      string,
      string,
    ][];
    this.env = {
      ...Object.fromEntries(own),
      HOME: path.join(scratch, 'home'),
      LANG: 'C.UTF-8',
      VAGRANT_HOME: path.join(scratch, 'vagrant.d'),
      VAGRANT_CWD: path.join(PROJECT, 'vagrant'),
      VAGRANT_DOTFILE_PATH: path.join(scratch, 'dot'),
      VAGRANT_CHECKPOINT_DISABLE: '1',
      VAGRANT_NO_COLOR: '1',
      ...settings,
    };
  }

  /** Runs `vagrant` with these words. @throws Error with the last of its output where it fails */
  async vagrant(...words: string[]): Promise<string> {
    return said(`vagrant ${words.join(' ')}`, await $({env: this.env, quiet: true})`vagrant ${words} 2>&1`.nothrow());
  }

  /** Learns how to reach the machine by ssh, as `login`. */
  async reach(machine: string, login: string): Promise<void> {
    const env = {...this.env, GLASSBOX_LOGIN: login};
    const {stdout} = await $({env, quiet: true})`vagrant ssh-config ${machine}`;
    writeFileSync(this.#config(login), stdout);
  }

  /** Runs a line of shell in the machine, as `login`. @throws Error with the last of its output where it fails */
  async ssh(machine: string, line: string, {login = 'student', input = ''} = {}): Promise<string> {
    const words = ['-F', this.#config(login), '-o', 'BatchMode=yes', machine, line];
    return said(line, await $({env: this.env, quiet: true, input})`ssh ${words} 2>&1`.nothrow());
  }

  /**
   * Runs a line on a terminal of the machine until `until` says of all that was shown that it is enough; then the line is closed.
   * @param shown called with everything so far, after each piece
   */
  terminal(machine: string, line: string, until: (all: string) => boolean, seconds = 900): Promise<string> {
    const child = spawn('ssh', ['-tt', '-F', this.#config('student'), machine, line], {env: this.env});
    let all = '';
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
      let enough = false;
      const take = (piece: Buffer) => {
        all += piece.toString();
        if (enough || !until(all)) return;
        enough = true;
        child.kill('SIGTERM');
      };
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.on('error', reject);
      child.on('close', () => {
        clearTimeout(late);
        if (enough) resolve(all);
        else reject(new Error(`${line}: what was waited for did not come; shown at last:\n${all.slice(-1500)}`));
      });
    });
  }

  /** Runs collect.sh into `folder`. */
  async collect(folder: string): Promise<ProcessOutput> {
    return $({env: this.env, quiet: true})`sh ${PROJECT}/vagrant/collect.sh ${folder} 2>&1`.nothrow();
  }

  #config(login: string): string {
    return path.join(this.#scratch, `ssh-${login}`);
  }
}

function said(what: string, {exitCode, stdout}: ProcessOutput): string {
  if (exitCode === 0) return stdout;
  throw new Error(`${what}: status ${exitCode}\n${stdout.trimEnd().split('\n').slice(-25).join('\n')}`);
}
