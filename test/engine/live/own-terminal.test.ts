/** A container's terminal is one of its own devpts, where it mounts one; else one of the stage's. */
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync} from 'node:fs';
import {describe, expect, it, onTestFinished} from 'vitest';
import {errorParts} from '../../../src/course/index.ts';
import type {ContainerSpec, EngineErrorInfo, MountSpec, ProcessSpec} from '../../../src/engine/types.ts';
import {
  asNobody,
  maps,
  openStage,
  output,
  readableCopy,
  rootFolder,
  running,
  said,
  terminalText,
  uniqueSeconds,
  until,
} from '../support.ts';

const pts: MountSpec = {
  destination: '/dev/pts',
  type: 'devpts',
  source: 'devpts',
  options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620'],
};
const dev: MountSpec = {destination: '/dev', type: 'tmpfs', options: ['mode=755']};
const proc: MountSpec = {destination: '/proc', type: 'proc'};
const env = ['PATH=/usr/bin:/bin', 'TERM=xterm'];

/** With a root, a /dev of its own, and these. */
function box(
  process: ProcessSpec,
  more: readonly MountSpec[] = [pts],
  linux: ContainerSpec['linux'] = {},
): ContainerSpec {
  const {root, mounts, dir} = rootFolder();
  mkdirSync(`${dir}/dev`);
  return {
    process: {env, terminal: true, ...process},
    root,
    mounts: [...mounts, proc, dev, ...more],
    linux: {defaultDevices: true, ...linux, namespaces: [{type: 'mount'}, {type: 'pid'}, ...(linux.namespaces ?? [])]},
  };
}
const sh = (script: string): ProcessSpec => ({args: ['sh', '-c', script]});
const user = {...maps, namespaces: [{type: 'user' as const}]};

describe('where it comes from', () => {
  it('has a name inside, is the controlling terminal, and is at /dev/console too', async () => {
    const stage = await openStage();
    const look = 'tty; stat -c "%F %u %g %a" /dev/pts/0; echo to the console >/dev/console; echo to the tty >/dev/tty';
    const text = await terminalText(await stage.run('box', box(sh(look))));
    expect(text).toBe('/dev/pts/0\r\ncharacter special file 0 0 620\r\nto the console\r\nto the tty\r\n');
  });

  it('without a devpts of its own it is one of the stage: no name, no console', async () => {
    const stage = await openStage();
    const text = await terminalText(
      await stage.run('box', box(sh('tty; ls /dev/console; test -t 0 && echo terminal'), [])),
    );
    expect(text).toBe("not a tty\r\nls: cannot access '/dev/console': No such file or directory\r\nterminal\r\n");
  });

  it.each([
    [
      'the mount namespace is one by path',
      (s: ContainerSpec) => ({
        ...s,
        root: undefined,
        mounts: [],
        linux: {namespaces: [{type: 'mount' as const, path: '/proc/self/ns/mnt'}]},
      }),
    ],
    [
      'the host’s /dev/pts is shown',
      (s: ContainerSpec) => ({
        ...s,
        mounts: [
          ...s.mounts!.slice(0, -1),
          {destination: '/dev/pts', type: 'bind', source: '/dev/pts', options: ['rbind']},
        ],
      }),
    ],
    ['something covers it', (s: ContainerSpec) => ({...s, mounts: [...s.mounts!, dev]})],
  ])('nor where %s', async (_what, change) => {
    const stage = await openStage();
    const container = await stage.run('box', change(box({args: ['true']})) as ContainerSpec);
    expect(container.journal.map(e => e.purpose)).toContain('terminal.open');
    expect(container.journal.map(e => e.purpose)).not.toContain('terminal.open-inside');
  });

  it('without a root it is there all the same, and the machine has none the more', async () => {
    const stage = await openStage();
    const before = execFileSync('ls', ['/dev/pts'], {encoding: 'utf8'});
    const text = await terminalText(
      await stage.run('box', {
        process: {...sh('tty; ls /dev/pts'), terminal: true},
        mounts: [pts],
        linux: {namespaces: [{type: 'mount'}]},
      }),
    );
    expect(text).toBe('/dev/pts/0\r\n0  ptmx\r\n');
    expect(execFileSync('ls', ['/dev/pts'], {encoding: 'utf8'})).toBe(before);
  });

  it('belongs to the user who is to use it, who may open it again', async () => {
    const stage = await openStage();
    const as = {user: {uid: 5, gid: 6}};
    const look = 'stat -c "%u %a" $(tty); echo again >$(tty)';
    expect(await terminalText(await stage.run('a', box({...sh(look), ...as})))).toBe('5 620\r\nagain\r\n');
    expect(await terminalText(await stage.run('b', box({...sh(look), ...as}, [pts], user)))).toBe('5 620\r\nagain\r\n');
    // Not so somebody else: the mode is that of the mount.
    const other = 'echo x | setpriv --reuid=7 --regid=7 --clear-groups sh -c "echo no >/dev/pts/0"';
    expect(await terminalText(await stage.run('c', box(sh(other))))).toContain('Permission denied');
  });

  it('is there on an ordinary user’s stage', async () => {
    const dir = readableCopy();
    const script = `
      const {EngineStage} = await import('${dir}/src/engine/stage.ts');
      const stage = await EngineStage.open();
      const container = await stage.run('box', {process: {args: ['tty'], terminal: true}, mounts: [${JSON.stringify(pts)}], linux: {namespaces: [{type: 'mount'}]}});
      container.terminal.onData(data => process.stdout.write(data));
      await new Promise(resolve => container.terminal.onEnd(resolve));
      await stage.close();`;
    expect(await asNobody(dir, script)).toBe('/dev/pts/0\r\n');
  });
});

describe('a further process', () => {
  it('has the next one, of the same devpts', async () => {
    const stage = await openStage();
    const container = await stage.run('box', box(sh('sleep 1000')));
    const look = {...sh('tty; ls -C /dev/pts'), env, terminal: true};
    expect(await terminalText(await container.exec(look))).toBe('/dev/pts/1\r\n0  1  ptmx\r\n');
    const asUser = {...sh('stat -c %u $(tty)'), env, terminal: true, user: {uid: 5, gid: 5}};
    expect(await terminalText(await container.exec(asUser))).toBe('5\r\n');
  });

  it('also in a user namespace, and where the first one has none', async () => {
    const stage = await openStage();
    const container = await stage.run('box', box({...sh('sleep 1000'), terminal: false}, [pts], user));
    expect(await terminalText(await container.exec({args: ['tty'], env, terminal: true}))).toBe('/dev/pts/0\r\n');
  });

  it('has one of the stage where only single namespaces are joined', async () => {
    const stage = await openStage();
    const container = await stage.run('box', box(sh('sleep 1000')));
    const entered = await stage.enter('box', ['mount'], {args: ['/usr/bin/tty'], env, terminal: true});
    expect(await terminalText(entered)).toBe('not a tty\r\n');
    await container.remove();
  });
});

describe('what it does', () => {
  it('Ctrl-C is for the foreground group, and for nobody else', async () => {
    const stage = await openStage();
    const job = 'trap "" TTOU; sh -c "trap \\"echo other\\" INT; while :; do sleep 0.01; done" & set +m; ';
    const script = `set -m; ${job} set -m; sh -c 'trap "echo mine; exit 5" INT; echo ready; while :; do sleep 0.01; done'; echo after $?; kill %1`;
    const container = await stage.run('box', box({args: ['bash', '--norc', '-c', script]}));
    const text = terminalText(container);
    await said(container, /ready/);
    container.terminal!.write('\x03');
    expect(await text).toMatch(/mine\r\nafter 5/);
    expect(await text).not.toContain('other');
  });

  it('has its size from the start, and tells a new one', async () => {
    const stage = await openStage();
    const script = 'trap "stty size; exit" WINCH; stty size; while :; do sleep 0.01; done';
    const process = {args: ['bash', '--norc', '-c', script], consoleSize: {width: 101, height: 33}};
    const container = await stage.run('box', box(process));
    expect(await said(container, /\n/)).toBe('33 101\r\n');
    container.terminal!.resize({cols: 80, rows: 24});
    expect(await said(container, /24 80\r\n/)).toContain('24 80');
  });

  it('hangs up when our side is closed', async () => {
    const stage = await openStage();
    const seconds = uniqueSeconds();
    const container = await stage.run('box', box(sh(`trap "exit 7" HUP; echo ready; sleep ${seconds} & wait`)));
    await said(container, /ready/);
    await until('it runs', () => running(seconds).length > 0);
    container.terminal!.close();
    expect(await container.wait()).toMatchObject({code: 7});
  });

  it('starts held, and leaves no descriptor to the program', async () => {
    const stage = await openStage();
    const container = await stage.create('box', box({args: ['ls', '/proc/self/fd']}));
    const text = terminalText(container);
    await container.start();
    expect((await text).trim().split(/\s+/)).toEqual(['0', '1', '2', '3']); // 3: ls reads the folder
  });
});

it('leaves no descriptor open, here and in the keeper, also where it failed half-way', async () => {
  const stage = await openStage();
  const open = (): number[] => [process.pid, stage.keeperPid].map(pid => readdirSync(`/proc/${pid}/fd`).length);
  const round = async (): Promise<void> => {
    const container = await stage.run('box', box(sh('sleep 1000')));
    await terminalText(await container.exec({args: ['true'], env, terminal: true}));
    await container.remove();
    const cover = {destination: '/dev/pts/ptmx', type: 'bind', source: '/dev/null', options: ['bind']};
    await expect(stage.run('box', box({args: ['true']}, [pts, cover]))).rejects.toMatchObject({code: 'call.failed'});
  };
  await round();
  const before = open();
  for (let i = 0; i < 5; i++) await round();
  await until('as many as before', () => open().every((count, i) => count <= before[i]!));
});

describe('a root that means harm', () => {
  const refused = (spec: ContainerSpec): Promise<EngineErrorInfo> =>
    openStage().then(stage =>
      stage.run('box', spec).then(
        () => expect.unreachable('it should have failed'),
        (error: EngineErrorInfo) => error,
      ),
    );

  it.each(['fifo', 'file'])('a %s instead of ptmx is named, and not waited for', async kind => {
    const dir = mkdtempSync('/tmp/glassbox-test-');
    onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
    execFileSync(kind === 'fifo' ? 'mkfifo' : 'touch', [`${dir}/ptmx`]);
    const cover = {destination: '/dev/pts/ptmx', type: 'bind', source: `${dir}/ptmx`, options: ['bind']};
    const error = await refused(box({args: ['true']}, [pts, cover]));
    expect(error).toMatchObject({
      code: 'call.failed',
      call: {call: 'ioctl', errno: 'ENOTTY', purpose: 'terminal.unlock'},
    });
    expect(errorParts(error, 'en').meaning).toContain('/dev/pts/ptmx');
  });

  it('a link in the place of /dev does not lead out of the root', async () => {
    const outside = mkdtempSync('/tmp/glassbox-test-');
    onTestFinished(() => rmSync(outside, {recursive: true, force: true}));
    const {root, mounts, dir} = rootFolder();
    symlinkSync(outside, `${dir}/dev`);
    const stage = await openStage();
    const spec: ContainerSpec = {
      process: {...sh('tty'), env, terminal: true},
      root,
      mounts: [...mounts, proc, pts],
      linux: {namespaces: [{type: 'mount'}, {type: 'pid'}]},
    };
    await stage.run('box', spec).then(terminalText, () => {});
    expect(execFileSync('ls', ['-A', outside], {encoding: 'utf8'})).toBe('');
  });

  it('one who unmounted it while it ran: exec says so', async () => {
    const stage = await openStage();
    const container = await stage.run(
      'box',
      box({...sh('umount -l /dev/pts; echo done; sleep 1000'), terminal: false}),
    );
    await new Promise<void>(resolve => container.stdout!.once('data', () => resolve()));
    const error: EngineErrorInfo = await container.exec({args: ['true'], terminal: true}).then(
      () => expect.unreachable('it should have failed'),
      (why: EngineErrorInfo) => why,
    );
    expect(error).toMatchObject({
      code: 'call.failed',
      call: {call: 'openat2', errno: 'ENOENT', purpose: 'terminal.open-inside'},
    });
    expect(errorParts(error, 'zh').meaning).toContain('/dev/pts/ptmx');
    expect(await output(await container.exec({args: ['echo', 'still here'], env}))).toBe('still here\n');
  });
});
