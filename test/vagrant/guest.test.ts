/** Scripts of the classroom machine: sound shell, every tool of the labs brought along, and a launcher that asks for root where needed. */
import {execFileSync, spawnSync} from 'node:child_process';
import {chmodSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';

const folder = path.resolve(import.meta.dirname, '../../vagrant');
const scripts = [...globSync('**/*.sh', {cwd: folder}), 'guest/glassbox'].map(name => path.join(folder, name));
const shellcheck = spawnSync('shellcheck', ['--version']).error === undefined;

test.each(scripts)('sh -n %s', script => {
  expect(spawnSync('sh', ['-n', script], {encoding: 'utf8'}).stderr).toBe('');
});

test.skipIf(!shellcheck)('shellcheck', () => {
  expect(spawnSync('shellcheck', ['-s', 'sh', ...scripts], {encoding: 'utf8'}).stdout).toBe('');
});

test('the packages bring each tool that a lab requires', () => {
  const packages = readFileSync(path.join(folder, 'guest/packages'), 'utf8').replaceAll(/#.*/g, '').split(/\s+/);
  const labs = globSync('../labs/*/lab.md', {cwd: folder});
  expect(labs.length).toBeGreaterThan(5);
  const tools = new Set(
    labs.flatMap(
      file => /tools: \[([^\]]*)\]/.exec(readFileSync(path.join(folder, file), 'utf8'))?.[1]?.split(/,\s*/) ?? [],
    ),
  );
  const missing = [...tools].filter(tool => !packages.some(name => PROGRAMS[name]?.split(' ').includes(tool)));
  expect(missing).toEqual([]);
});

/** Which of Debian's packages bring what labs type; a lab with a new tool adds it here and to guest/packages. */
const PROGRAMS: Readonly<Record<string, string>> = {
  coreutils: 'chmod chown chroot cp id ls mkdir mknod readlink sleep stat touch wc cat',
  grep: 'grep',
  hostname: 'hostname domainname',
  iproute2: 'ip',
  'iputils-ping': 'ping',
  'libc-bin': 'ldd',
  mount: 'mount umount',
  'perl-base': 'perl',
  procps: 'ps pgrep pkill top',
  psmisc: 'pstree',
  'util-linux': 'findmnt ipcmk ipcrm ipcs lsns nsenter pivot_root setpriv unshare',
};

/** What the launcher starts for an ordinary user who may use sudo: its words. */
function launched(words: string[], env: Record<string, string> = {}): string {
  const bin = mkdtempSync(path.join(tmpdir(), 'glassbox-launcher-'));
  onTestFinished(() => rmSync(bin, {recursive: true, force: true}));
  const put = (name: string, text: string) => {
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(path.join(bin, name), 0o755);
  };
  put('id', 'echo 1000');
  put('sudo', '[ "$2" = -l ] && exit 0; echo root "$@"');
  put('app', 'echo self "$@"');
  const launcher = readFileSync(path.join(folder, 'guest/glassbox'), 'utf8')
    .replace('app=/opt/glassbox/bin/glassbox', `app=${bin}/app`)
    .replace('shared=/srv/glassbox/labs', `shared=${bin}/none`);
  put('glassbox', launcher.replace('#!/bin/sh\n', ''));
  const text = execFileSync(path.join(bin, 'glassbox'), words, {
    env: {PATH: `${bin}:${process.env.PATH}`, ...env},
    encoding: 'utf8',
  });
  return text.trim().replaceAll(`${bin}/`, '');
}

test('what needs namespaces is started as root, words untouched', () => {
  expect(launched([])).toBe('root -n -- app');
  expect(launched(['01'])).toBe('root -n -- app 01');
  // It says of each lab whether it runs, as the one who will start it.
  expect(launched(['labs'])).toBe('root -n -- app labs');
  expect(launched(['--lang', 'zh', 'verify', '03'])).toBe('root -n -- app --lang zh verify 03');
});

test('what needs none is not', () => {
  expect(launched(['grade', 'a b.json'])).toBe('self grade a b.json');
  expect(launched(['--lang', 'zh', '--theme', 'dark', 'lint'])).toBe('self --lang zh --theme dark lint');
  expect(launched(['--help'])).toBe('self --help');
  expect(launched(['01'], {GLASSBOX_SUDO: 'no'})).toBe('self 01');
});
