/** process.init: a process of ours before the program, which hears every signal and reaps every orphan. */
import {existsSync, readFileSync, readlinkSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {isolated} from '../../../src/engine/index.ts';
import {foreground} from '../../../src/engine/terminal/shell-foreground.ts';
import type {ContainerSpec, ProcessSpec} from '../../../src/engine/types.ts';
import {
  call,
  maps,
  openStage,
  output,
  rootFolder,
  rootWithTerminals,
  running,
  said,
  terminalText,
  uniqueSeconds,
  until,
} from '../support.ts';

type Linux = NonNullable<ContainerSpec['linux']>;
const own: Pick<ContainerSpec, 'linux' | 'mounts'> = {
  mounts: [{destination: '/proc', type: 'proc', source: 'proc'}],
  linux: {namespaces: [{type: 'pid'}, {type: 'mount'}]},
};
const container = (args: string[], process: Partial<ProcessSpec> = {}): ContainerSpec => ({
  process: {args, ...process},
  ...own,
});
/** The state of a process as /proc has it: 'S', 'Z', or nothing. */
function state(file: string): string {
  try {
    return /\) (\S)/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  } catch {
    return '';
  }
}
const parent = (pid: number): number => Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);

describe('orphans', () => {
  const orphan = {args: ['sh', '-c', 'sleep 0.01 & echo $!']};

  it('reaps what is orphaned; a program that is PID 1 itself leaves a zombie', async () => {
    const stage = await openStage();
    const box = await stage.run('box', container(['sleep', '1000'], {init: true}));
    const first = Number(await output(await box.exec(orphan)));
    expect(first).toBeGreaterThan(2);
    await until('it is gone', () => !existsSync(`/proc/${box.pid}/root/proc/${first}`));
    const without = await stage.run('without', container(['sleep', '1000']));
    const second = Number(await output(await without.exec(orphan)));
    await until('it is a zombie', () => state(`/proc/${without.pid}/root/proc/${second}/stat`) === 'Z');
  });

  it('without a PID namespace too', async () => {
    const stage = await openStage();
    const script = 'sh -c "sleep 1000 & echo \\$!"; exec sleep 1000';
    const box = await stage.run('box', {process: {args: ['sh', '-c', script], init: true}});
    const pid = await new Promise<number>(resolve => box.stdout!.once('data', data => resolve(Number(data))));
    await until('it is the init’s', () => parent(pid) === box.pid);
    process.kill(pid, 'SIGKILL');
    await until('it is gone', () => !existsSync(`/proc/${pid}`));
    expect(box.state).toBe('running');
  });
});

describe('signals', () => {
  it('SIGTERM ends a program that would not hear it as PID 1', async () => {
    const stage = await openStage();
    const box = await stage.run('box', container(['sleep', '1000'], {init: true}));
    box.signal('SIGTERM'); // at once: none is lost before the init listens
    expect(await box.wait()).toMatchObject({code: 128 + 15});
    const deaf = await stage.run('deaf', container(['sleep', '1000']));
    deaf.signal('SIGTERM');
    deaf.signal('SIGHUP');
    // It was dropped: nothing waits for it, and the process goes on.
    expect(readFileSync(`/proc/${deaf.pid}/status`, 'utf8')).toMatch(/^ShdPnd:\s*0+$/m);
    expect(await output(await deaf.exec({args: ['echo', 'alive']}))).toBe('alive\n');
    expect(deaf.state).toBe('running');
  });

  it('each that the program has a handler for comes to it; nothing is blocked or ignored there', async () => {
    const stage = await openStage();
    const traps = ['HUP', 'INT', 'QUIT', 'USR1', 'USR2', 'TERM', 'WINCH', 'CONT', 'RTMIN', 'RTMAX'];
    const script = `${traps.map(name => `trap "echo ${name}" ${name}`).join('; ')}; trap "exit 3" ALRM; echo ready; while :; do sleep 0.01; done`;
    const box = await stage.run('box', container(['bash', '-c', script], {init: true}));
    let text = '';
    box.stdout!.on('data', data => {
      text += String(data);
    });
    await until('it is ready', () => text.includes('ready'));
    for (const name of traps) {
      box.signal(name === 'RTMIN' ? 34 : name === 'RTMAX' ? 64 : `SIG${name}`);
      await until(name, () => text.endsWith(`${name}\n`));
    }
    box.signal('SIGALRM');
    expect(await box.wait()).toMatchObject({code: 3});
    const status = await output(await stage.run('status', container(['cat', '/proc/self/status'], {init: true})));
    expect(status).toMatch(/^SigBlk:\t0+\nSigIgn:\t0+$/m);
  });
});

describe('the end', () => {
  it.each([
    ['a status', ['sh', '-c', 'exit 7'], 7],
    ['a signal', ['sh', '-c', 'kill -9 $$'], 137],
    ['a program that ends before its children', ['sh', '-c', 'sleep 1000 & exit 4'], 4],
  ])('%s is that of the program', async (_what, args, code) => {
    const stage = await openStage();
    const box = await stage.run('box', container(args, {init: true}));
    expect(await box.wait()).toMatchObject({code});
  });

  it.each([
    ['a program that is not there', '/nowhere/program', 127, 'No such file or directory'],
    ['one that may not be executed', '/etc/passwd', 126, 'Permission denied'],
    ['a folder', '/usr', 126, 'Permission denied'],
  ])('%s: a line, and a status', async (_what, file, code, why) => {
    const stage = await openStage();
    const box = await stage.run('box', container([file], {init: true}));
    expect(await output(box)).toBe(`[stderr] init: ${file}: ${why}\n`);
    expect(await box.wait()).toMatchObject({code});
  });

  it('one that PATH does not have is refused as without an init', async () => {
    const stage = await openStage();
    const run = stage.run('box', container(['no-such-program'], {init: true}));
    await expect(run).rejects.toMatchObject({code: 'program.missing'});
  });

  it('the keeper killed: nothing stays, also without a PID namespace', async () => {
    const stage = await openStage();
    const word = uniqueSeconds();
    const script = `sh -c "setsid sleep ${word} & :"; exec sleep ${word}`;
    await stage.run('box', {process: {args: ['sh', '-c', script], init: true}});
    await until('they run', () => running(word).length === 2);
    process.kill(stage.keeperPid, 'SIGKILL');
    await until('they are gone', () => running(word).length === 0 && running(script).length === 0);
  });

  it('the init killed: its program dies too', async () => {
    const stage = await openStage();
    const word = uniqueSeconds();
    const box = await stage.run('box', {process: {args: ['sleep', word], init: true}});
    await until('it runs', () => running(word).length === 2);
    box.signal('SIGKILL');
    expect(await box.wait()).toMatchObject({signal: 'SIGKILL'});
    await until('it is gone', () => running(word).length === 0);
  });
});

describe('on a terminal', () => {
  it('Ctrl-C reaches the program', async () => {
    const stage = await openStage();
    const script = 'trap "echo caught; exit 5" INT; echo ready; while :; do sleep 0.01; done';
    const box = await stage.run('box', container(['sh', '-c', script], {init: true, terminal: true}));
    await said(box, /ready/);
    box.terminal!.write('\x03');
    expect(await box.wait()).toMatchObject({code: 5});
  });

  it('Ctrl-Z stops nothing, as without an init: nobody could wake it', async () => {
    const stage = await openStage();
    const script = 'echo ready; while read x; do echo "got $x"; done; exit 6';
    const box = await stage.run('box', container(['sh', '-c', script], {init: true, terminal: true}));
    await said(box, /ready/);
    const got = said(box, /got on/);
    box.terminal!.write('\x1aon\n');
    await got;
    box.terminal!.write('\x04');
    expect(await box.wait()).toMatchObject({code: 6});
  });

  it('a shell has job control', async () => {
    const stage = await openStage();
    const box = await stage.run('box', container(['bash', '--norc', '-i'], {init: true, terminal: true}));
    const runs = said(box, /running/);
    box.terminal!.write('sh -c \'echo run"ning"; exec sleep 1000\'\n');
    await runs;
    const stopped = said(box, /Stopped/);
    box.terminal!.write('\x1a');
    await stopped;
    box.terminal!.write('jobs; exit 8\n'); // after jobs, bash leaves stopped ones alone
    expect(await box.wait()).toMatchObject({code: 8});
  });

  it('whose turn it is there, is seen past the init', async () => {
    const stage = await openStage();
    const box = await stage.run('box', container(['sh', '-i'], {init: true, terminal: true}));
    await until('the shell waits for a command', () => foreground(box.pid)?.waits === 'prompt');
    expect(foreground(box.pid)).toMatchObject({shell: true});
    box.terminal!.write('cat\n');
    await until('cat waits for input', () => foreground(box.pid)?.waits === 'input');
  });

  it('it may be one of the container’s own', async () => {
    const stage = await openStage();
    const box = await stage.run('box', {
      process: {args: ['sh', '-c', 'tty; exec 3<>/dev/tty && echo mine >&3'], init: true, terminal: true},
      ...rootWithTerminals(),
    });
    expect(await terminalText(box)).toBe('/dev/pts/0\r\nmine\r\n');
  });
});

describe('what is seen inside', () => {
  it('is PID 1; its file is no file of the machine, and cannot be written', async () => {
    const stage = await openStage();
    const box = await stage.run('box', container(['sleep', '1000'], {init: true}));
    const {pid} = box;
    expect(await output(await box.exec({args: ['cat', '/proc/1/comm']}))).toBe('init\n');
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toMatch(/^init\0\/.*\/sleep\0sleep\x001000\0$/);
    expect(readlinkSync(`/proc/${pid}/exe`)).toBe('/memfd:init (deleted)');
    const write = 'exec 3>>/proc/1/exe && echo x >&3 && echo written';
    expect(await output(await box.exec({args: ['bash', '-c', write]}))).toMatch(/^\[stderr\] /);
    expect(readlinkSync(`/proc/${pid}/fd/0`)).toBe('/dev/null');
    expect(existsSync(`/proc/${pid}/fd/3`)).toBe(false);
  });

  it('is told in the journal', async () => {
    const stage = await openStage();
    const {journal} = await stage.run('box', container(['sleep', '1000'], {init: true}));
    expect(call(journal, 'execveat')).toMatchObject({
      args: [
        expect.any(String),
        '""',
        expect.stringMatching(/^\["init", ".*\/sleep"/),
        expect.any(String),
        'AT_EMPTY_PATH',
      ],
      result: 0n,
      purpose: 'process.init',
    });
    expect(call(journal, 'execve')).toBeUndefined();
    expect(call(journal, 'fcntl')?.args.slice(1).join()).toContain('F_ADD_SEALS,F_SEAL_SEAL|');
  });
});

describe('who it is', () => {
  const user = {uid: 1000, gid: 1000};

  it('has the program’s user and rights, in a root without any file of its own', async () => {
    const stage = await openStage();
    const files = rootFolder();
    const linux: Linux = {namespaces: [{type: 'pid'}, {type: 'mount'}, {type: 'user'}], ...maps};
    const box = await stage.run('box', {
      process: {args: ['sleep', '1000'], init: true, user, capabilities: {}, noNewPrivileges: true},
      root: files.root,
      mounts: [...files.mounts, {destination: '/proc', type: 'proc', source: 'proc'}],
      linux,
    });
    const status = readFileSync(`/proc/${box.pid}/status`, 'utf8');
    expect(status).toMatch(/^Uid:\s+101000\s+101000\s/m);
    expect(status).toMatch(/^CapEff:\s+0+$/m);
    expect(status).toMatch(/^CapBnd:\s+0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    box.signal('TERM');
    expect(await box.wait()).toMatchObject({code: 143});
  });

  it.each(['default', 'strict'] as const)('behind the walls of the profile "%s"', async profile => {
    const stage = await openStage();
    const spec = await isolated(container(['sh', '-c', 'echo inside; exit 9'], {init: true}), profile, {limits: false});
    const box = await stage.run('box', spec);
    expect(await output(box)).toBe('inside\n');
    expect(await box.wait()).toMatchObject({code: 9});
  });

  const denies = (...names: string[]): Linux => ({
    seccomp: {defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{names, action: 'SCMP_ACT_ERRNO'}]},
  });

  it('a filter that does not let it through', async () => {
    const stage = await openStage();
    const process = {args: ['true'], init: true};
    const run = stage.run('box', {process, linux: denies('execveat')});
    await expect(run).rejects.toMatchObject({code: 'call.failed', call: {call: 'execveat', errno: 'EPERM'}});
    for (const name of ['rt_sigprocmask', 'clone', 'rt_sigtimedwait']) {
      const box = await stage.run(name, {process, linux: denies(name)});
      expect(await output(box)).toMatch(
        /^\[stderr\] init: (rt_sigprocmask|fork|rt_sigtimedwait): Operation not permitted\n$/,
      );
      expect(await box.wait()).toMatchObject({code: 126});
    }
  });
});

it('a further process has one where it says so, and not because the first one has', async () => {
  const stage = await openStage();
  const box = await stage.run('box', container(['sleep', '1000'], {init: true}));
  const exec = await box.exec({args: ['sh', '-c', 'cat /proc/$PPID/comm; exit 3'], init: true});
  expect(await output(exec)).toBe('init\n');
  expect(await exec.wait()).toMatchObject({code: 3});
  expect(call((await box.exec({args: ['true']})).journal, 'execve')).toBeDefined();
  const entered = await stage.enter('box', ['uts'], {args: ['true'], init: true});
  expect(call(entered.journal, 'execveat')).toBeDefined();
  const spawned = await stage.spawn('host', {args: ['true'], init: true});
  expect(call(spawned.journal, 'execveat')).toBeDefined();
});
