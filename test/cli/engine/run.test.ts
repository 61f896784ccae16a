/** `glassbox engine run` through pipes: what goes in, what comes out, the status, and what is refused. */
import {execFileSync} from 'node:child_process';
import {copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {constants} from 'node:os';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {glassbox, launcher} from '../../support/glassbox.ts';
import {engine, until} from './support.ts';

/** Whether a signal waits for a process: ShdPnd of proc_pid_status(5). */
function pending(pid: number, signal: number): boolean {
  try {
    const mask = /^ShdPnd:\s*([\da-f]+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
    return ((BigInt(`0x${mask}`) >> BigInt(signal - 1)) & 1n) === 1n;
  } catch {
    return false; // it has ended
  }
}

describe('status and streams', () => {
  test('output, errors and status are the program’s own; with --rm nothing is kept', () => {
    const e = engine();
    const ran = e(['run', '--rm', 'sh', '-c', 'echo out; echo err >&2; exit 7']);
    expect(ran).toEqual({status: 7, stdout: 'out\n', stderr: 'err\n'});
    expect(e.files()).toEqual([]);
  });

  test('Docker’s statuses: 127 not found, 126 cannot be run, 125 ours, 128+N by a signal', () => {
    const e = engine();
    const status = (...args: string[]): number | null => e(['run', '--rm', ...args]).status;
    expect(status('no-such-program')).toBe(127);
    expect(status('/etc/passwd')).toBe(126);
    expect(status('--memory', '3q', 'true')).toBe(125);
    expect(status('--frobnicate', 'true')).toBe(125);
    expect(status()).toBe(125);
    expect(status('--pid', 'host', 'sh', '-c', 'kill -TERM $$')).toBe(143);
    expect(e.files()).toEqual([]);
  });

  test('--init: the program hears signals that PID 1 would not, status and errors are its own', () => {
    const e = engine();
    expect(e(['run', '--rm', '--init', '--programs', 'sh', 'sh', '-c', 'echo $$; exit 7'])).toEqual({
      status: 7,
      stdout: '2\n',
      stderr: '',
    });
    expect(e(['run', '--rm', '--init', '/etc/passwd'])).toEqual({
      status: 126,
      stdout: '',
      stderr: 'init: /etc/passwd: Permission denied\n',
    });
    expect(e(['run', '--rm', '--init', 'no-such-program']).status).toBe(127);
    for (const [name, ...init] of [['deaf'], ['box', '--init']] as const) {
      expect(e(['run', '-d', '--name', name, ...init, 'sleep', '1000']).status).toBe(0);
      expect(e(['kill', '-s', 'TERM', name]).status).toBe(0);
    }
    expect(e(['wait', 'box']).stdout).toBe('143\n');
    expect(e.inspect('deaf').state.status).toBe('running');
  });

  test('standard input comes through with -i, whole, to its end; without -i there is none', () => {
    const {env} = engine();
    const input = Buffer.alloc(5 << 20, 'abcdefgh\n');
    const run = (given: Buffer, ...args: string[]) =>
      execFileSync(launcher, ['engine', 'run', '--rm', ...args], {
        input: given,
        maxBuffer: 1 << 24,
        env: {...env, PATH: process.env.PATH},
      });
    expect(run(input, '-i', 'cat').equals(input)).toBe(true);
    expect(run(Buffer.from('x'), 'cat').length).toBe(0);
  });

  test('a reader that leaves ends a flood', () => {
    const {env} = engine();
    const line = `${launcher} engine run --rm yes | head -n 2`;
    expect(execFileSync('sh', ['-c', line], {env: {...env, PATH: process.env.PATH}, encoding: 'utf8'})).toBe('y\ny\n');
  });

  test('signals are handed on', async () => {
    const e = engine();
    const started = e.start([
      'run',
      '--rm',
      'sh',
      '-c',
      'trap "echo heard; exit 3" TERM; echo ready; while :; do sleep 0.1; done',
    ]);
    await started.said('ready');
    started.child.kill('SIGTERM');
    const {status, stdout} = await started.ended;
    expect([status, stdout]).toEqual([3, 'ready\nheard\n']);
  });

  test('a PID 1 that does not hear is killed by the third', async () => {
    const e = engine();
    const started = e.start(['run', '--rm', 'sh', '-c', 'echo ready; exec sleep 1000']);
    await started.said('ready');
    for (let i = 0; i < 3; i++) {
      started.child.kill('SIGINT');
      // Two of the same that wait become one (signal(7)).
      await until('it is heard', () => !pending(started.child.pid!, constants.signals.SIGINT));
    }
    expect((await started.ended).status).toBe(137);
  });

  test('--journal prints the calls first', () => {
    const {stderr} = engine()(['run', '--rm', '--journal', '--hostname', 'tiger', 'true']);
    expect(stderr).toMatch(/^clone3\(.*CLONE_NEWUTS/m);
    expect(stderr).toContain('sethostname("tiger", 5) = 0');
    expect(stderr).toContain('execve("/usr/bin/true", ["true"]');
  });
});

describe('options', () => {
  const list = 'sh,id,ls,cat,mount,touch,nproc';
  const inside = (options: string[], script: string, programs = list): string =>
    engine()(['run', '--rm', '--programs', programs, ...options, 'sh', '-c', script]).stdout;

  test('user, folder, environment, host name', () => {
    const options = ['-u', '1000:100', '-w', '/tmp', '-e', 'A=1', '--hostname', 'tiger'];
    expect(inside(options, 'id -u; id -g; pwd; echo $A; cat /proc/sys/kernel/hostname')).toBe(
      '1000\n100\n/tmp\n1\ntiger\n',
    );
  });

  test('a root of its own: proc, devices, terminals, what is mounted, what cannot be written', () => {
    const dir = mkdtempSync('/tmp/gb-vol-');
    onTestFinished(() => rmSync(dir, {recursive: true}));
    writeFileSync(path.join(dir, 'file'), 'shown\n');
    const options = ['-v', `${dir}:/data:ro`, '-v', `${dir}/file:/etc/one`, '--tmpfs', '/scratch', '--read-only'];
    const script =
      'cat /data/file /etc/one; touch /data/x /y 2>/dev/null; echo $?; touch /scratch/x && echo x >/dev/null && ls -d /dev/pts/ptmx /dev/shm /proc/1';
    expect(inside(options, script)).toBe('shown\nshown\n1\n/dev/pts/ptmx\n/dev/shm\n/proc/1\n');
    expect(readdirSync(dir)).toEqual(['file']);
  });

  test('a folder as root: as it is where all places are there, and with :O untouched', () => {
    const dir = mkdtempSync('/tmp/gb-root-');
    onTestFinished(() => rmSync(dir, {recursive: true}));
    mkdirSync(path.join(dir, 'bin'));
    copyFileSync('/bin/busybox', path.join(dir, 'bin/sh'));
    const e = engine();
    const refused = e(['run', '--rm', '--rootfs', dir, 'sh']);
    expect(refused.status).toBe(125);
    expect(refused.stderr).toContain(`--rootfs ${dir}:O`);
    const over = e(['run', '--rm', '--rootfs', `${dir}:O`, 'sh', '-c', 'echo x >/new && echo /*']);
    expect(over.stdout).toBe('/bin /dev /new /proc /sys\n');
    expect(readdirSync(dir)).toEqual(['bin']);
    for (const name of ['proc', 'dev', 'sys']) mkdirSync(path.join(dir, name));
    expect(e(['run', '--rm', '--rootfs', dir, 'sh', '-c', 'echo x >/new; echo /*']).stdout).toContain('/new');
    expect(readdirSync(dir)).toContain('new');
  });

  test.each([
    [['--cap-drop', 'ALL', '--cap-add', 'net_admin'], /^CapEff:\s+0000000000001000$/m],
    [['--security-opt', 'no-new-privileges'], /^NoNewPrivs:\s+1$/m],
    [['--ulimit', 'nofile=99'], /^99$/m],
    [['--profile', 'isolated'], /^CapEff:\s+00000000a80425fb$[\s\S]*^Seccomp:\s+2$/m],
    [['--profile', 'isolated', '--security-opt', 'seccomp=unconfined'], /^Seccomp:\s+0$/m],
  ])('rights: %j', (options, expected) => {
    const script = 'cat /proc/self/status; ulimit -n';
    expect(inside(options, script)).toMatch(expected);
    if (!options.includes('seccomp=unconfined')) expect(inside([], script)).not.toMatch(expected);
  });

  test('a setting of its own network namespace', () => {
    expect(inside(['--sysctl', 'net.ipv4.ip_forward=1'], 'cat /proc/sys/net/ipv4/ip_forward')).toBe('1\n');
  });

  test('a filter from a file', () => {
    const dir = mkdtempSync('/tmp/gb-seccomp-');
    onTestFinished(() => rmSync(dir, {recursive: true}));
    const file = path.join(dir, 'filter.json');
    const rule = {names: ['mkdir', 'mkdirat'], action: 'SCMP_ACT_ERRNO', errnoRet: 95};
    writeFileSync(file, JSON.stringify({defaultAction: 'SCMP_ACT_ALLOW', syscalls: [rule]}));
    const e = engine();
    expect(e(['run', '--rm', '--security-opt', `seccomp=${file}`, 'mkdir', '/tmp/x']).stderr).toContain(
      'not supported',
    );
    writeFileSync(file, '{"defaultAction": "SCMP_ACT_ALLOW", "archMap": []}');
    const unknown = e(['run', '--rm', '--security-opt', `seccomp=${file}`, 'true']);
    expect([unknown.status, unknown.stderr]).toEqual([125, expect.stringContaining('archMap')]);
  });

  test('namespaces: own ones, the stage’s, another container’s', () => {
    const e = engine();
    e(['run', '-d', '--name', 'first', '--network', 'bridge', 'sleep', '1000']);
    const own = e.inspect('first').namespaces;
    const links = (...options: string[]): string =>
      e(['run', '--rm', ...options, 'sh', '-c', 'readlink /proc/self/ns/net /proc/self/ns/uts /proc/self/ns/pid'])
        .stdout;
    expect(links('--network', 'container:first', '--uts', 'container:first', '--pid', 'container:first')).toBe(
      `net:[${own.net}]\nuts:[${own.uts}]\npid:[${own.pid}]\n`,
    );
    expect(links()).not.toContain(String(own.net));
    expect(e(['exec', 'first', 'ip', '-o', '-4', 'address']).stdout).toMatch(/eth0 +inet \d/);
    const {status, stderr} = e(['run', '--rm', '--network', 'container:nobody', 'true']);
    expect([status, stderr]).toEqual([125, expect.stringContaining("'nobody'")]);
  });

  test('users of its own', () => {
    expect(inside(['--userns', 'private'], 'cat /proc/self/uid_map').trim().split(/\s+/)).toEqual([
      '0',
      '100000',
      '65536',
    ]);
    const maps = ['--uidmap', '0:5000:10'];
    expect(inside(maps, 'cat /proc/self/gid_map').trim().split(/\s+/)).toEqual(['0', '5000', '10']);
  });

  test('on the machine itself', () => {
    const here = execFileSync('readlink', ['/proc/self/ns/net'], {encoding: 'utf8'});
    const args = ['--network', 'host', 'readlink', '/proc/self/ns/net'];
    expect(engine()(['run', '--rm', '--real-host', ...args]).stdout).toBe(here);
    expect(engine()(['run', '--rm', ...args]).stdout).not.toBe(here);
  });
});

describe('bundles', () => {
  function bundle(config: unknown): string {
    const dir = mkdtempSync('/tmp/gb-bundle-');
    onTestFinished(() => rmSync(dir, {recursive: true}));
    mkdirSync(path.join(dir, 'rootfs/bin'), {recursive: true});
    copyFileSync('/bin/busybox', path.join(dir, 'rootfs/bin/sh'));
    writeFileSync(path.join(dir, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
    return dir;
  }
  const spec = {
    ociVersion: '1.2.0',
    process: {args: ['/bin/sh', '-c', 'echo $0 /*; exit 5'], cwd: '/'},
    root: {path: 'rootfs'},
    hostname: 'from-bundle',
    linux: {namespaces: [{type: 'mount'}, {type: 'uts'}, {type: 'pid'}]},
  };

  test('its specification as it is, paths relative to it', () => {
    const e = engine();
    const said = {status: 5, stdout: '/bin/sh /bin\n', stderr: ''};
    expect(e(['run', '--rm', '--bundle', bundle(spec)])).toEqual(said);
    const journal = e(['run', '--rm', '--no-pivot', '--journal', '--bundle', bundle(spec)]);
    expect(journal).toMatchObject({status: 5, stdout: said.stdout});
    expect(journal.stderr).toContain('chroot(');
    expect(journal.stderr).not.toContain('pivot_root(');
    const init = e(['run', '--rm', '--init', '--journal', '--bundle', bundle(spec)]);
    expect(init).toMatchObject({status: 5, stdout: said.stdout});
    expect(init.stderr).toContain('execveat(');
  });

  test('what the engine does not carry out is refused by its name, as are options besides', () => {
    const e = engine();
    const says = (...args: string[]): string => {
      const {status, stderr} = e(['run', '--rm', ...args]);
      expect(status).toBe(125);
      return stderr;
    };
    expect(says('--bundle', bundle({...spec, hooks: {}}))).toContain('hooks');
    expect(says('--bundle', bundle('{'))).toContain('config.json');
    expect(says('--bundle', '/nonexistent')).toContain('ENOENT');
    expect(says('--bundle', bundle(spec), '--read-only')).toContain('--read-only');
    expect(says('--bundle', bundle(spec), 'sh')).toContain("'sh'");
    expect(e.files()).toEqual([]);
  });
});

describe('refusals', () => {
  test.each([
    [['--rootfs', '/nonexistent'], '--rootfs'],
    [['--rootfs', '/', '--programs', 'sh'], '--programs'],
    [['--programs', ','], '--programs'],
    [['--read-only'], '--rootfs'],
    [['--no-pivot'], '--rootfs'],
    [['--device', '/dev/null'], '--rootfs'],
    [['--programs', 'sh', '--device', '/etc/passwd'], '/etc/passwd'],
    [['-v', '/nonexistent:/x'], '/nonexistent'],
    [['-v', '/etc'], '--volume'],
    [['--network', 'weird'], 'bridge'],
    [['--pid', 'weird'], 'container:NAME'],
    [['--profile', 'weird'], 'isolated'],
    [['--security-opt', 'apparmor=x'], 'apparmor=x'],
    [['--userns', 'host', '--uidmap', '0:1:1'], '--uidmap'],
    [['--uts', 'host', '--hostname', 'x'], '--uts'],
    [['--name', '../x'], '../x'],
    [['-d', '-i'], '--interactive'],
    [['-it'], '--tty'],
    [['--sysctl', 'kernel.panic=1'], 'kernel.panic'],
    [['--ulimit', 'nope=1'], 'RLIMIT_NOPE'],
  ])('%j', (options, part) => {
    const e = engine();
    const {status, stderr, stdout} = e(['run', '--rm', ...options, 'true']);
    expect([status, stdout]).toEqual([125, '']);
    expect(stderr).toMatch(/^glassbox: /);
    expect(stderr).toContain(part);
    expect(stderr).not.toMatch(/^\s+at .*\(/m);
    expect(e.files()).toEqual([]);
  });

  test('in Chinese', () => {
    const {stderr} = engine()(['run', '--lang', 'zh', '--memory', '3q', 'true']);
    expect(stderr).toBe("glassbox: --memory：应为大小，如 64m、1g、1048576，或 -1 表示不限，得到的是 '3q'。\n");
  });

  test('options of the engine come after its command', () => {
    const {status, stderr} = glassbox(['--real-host', 'engine']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('glassbox engine run --real-host')]);
  });

  const verbs = 'run ps exec kill rm inspect stats events logs wait update pause unpause'.split(' ');

  test.each(verbs)('help for %s, in both languages', verb => {
    for (const [lang, word] of [
      ['en', 'Usage:'],
      ['zh', '用法：'],
    ] as const) {
      const {status, stdout, stderr} = glassbox(['engine', verb, '--help', '--lang', lang]);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toContain(`${word} glassbox engine ${verb}`);
    }
  });

  test('the list of commands', () => {
    for (const args of [['engine'], ['engine', '--help'], ['help', 'engine']]) {
      const {status, stdout} = glassbox(args);
      expect(status).toBe(0);
      for (const verb of verbs) expect(stdout).toMatch(new RegExp(`^  ${verb} `, 'm'));
    }
  });
});
