/** One more process in a container, and in single namespaces of one: what it gets, and what it does not. */
import {readdirSync, readlinkSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import type {EngineStage} from '../../../src/engine/stage.ts';
import type {ContainerSpec, NamespaceType, ProcessSpec} from '../../../src/engine/types.ts';
import {maps, namespace, openStage, output, rootFolder, said, terminalText, types} from '../support.ts';

const sh = (script: string, rest: Partial<ProcessSpec> = {}): ProcessSpec => ({args: ['sh', '-c', script], ...rest});
const spaces = (...kinds: NamespaceType[]) => ({namespaces: kinds.map(type => ({type}))});
const sleeper = (rest: Partial<ContainerSpec> = {}, process: Partial<ProcessSpec> = {}): ContainerSpec => ({
  process: {args: ['sleep', '1000'], ...process},
  ...rest,
});

/** Descriptors of a process, with what they are of; those that `ls` itself opens left out. */
const descriptors = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .filter(line => !line.includes('/fd'))
    .map(line => line.replace(/\[\d+\]/, '').replace(/pts\/\d+/, 'pts'));
const listed = `for fd in /proc/self/fd/*; do echo "\${fd##*/} $(readlink $fd)"; done 2>/dev/null`;
/** By a program without children: a shell's own descriptors are not those that it was given. */
const own: ProcessSpec = {
  args: [
    process.execPath,
    '-e',
    `const fs = require('fs'); for (const fd of fs.readdirSync('/proc/self/fd')) try { const l = fs.readlinkSync('/proc/self/fd/' + fd); if (/pipe|null|pts|socket|pidfd|mnt:|net:/.test(l) && fd < 3) console.log(fd, l); else if (/socket|pidfd|ns|mnt:|net:|ptmx/.test(l)) console.log('LEAK', fd, l); } catch {}`,
  ],
};

describe('exec', () => {
  it('has the user, folder and environment that it asks for, and nothing of the first process', async () => {
    const stage = await openStage();
    const {root, mounts} = rootFolder();
    const linux = spaces('mount', 'pid');
    const box = await stage.run(
      'box',
      sleeper({root, mounts, linux}, {env: ['FIRST=1', 'PATH=/usr/bin:/bin'], cwd: '/usr'}),
    );
    const user = {uid: 7, gid: 8, additionalGids: [9, 10], umask: 0o27};
    const asked = await box.exec(sh('id -u; id -g; id -G; umask; pwd; env | sort', {user, cwd: '/tmp', env: ['A=b']}));
    expect(await output(asked)).toBe('7\n8\n8 9 10\n0027\n/tmp\nA=b\nPWD=/tmp\n');
    const usual = await box.exec(sh('id -u; pwd; echo "$FIRST"'));
    expect(await output(usual)).toBe('0\n/\n\n');
    await expect(box.exec(sh('true', {cwd: '/no/such'}))).rejects.toMatchObject({
      code: 'call.failed',
      params: {errno: 'ENOENT', purpose: 'process.cwd'},
    });
    // A link of /proc that leads out of the root is no way for its folder.
    await expect(box.exec(sh('true', {cwd: '/proc/self/root'}))).rejects.toMatchObject({code: 'call.failed'});
  });

  it('has a terminal of its own, of the size that it asks for', async () => {
    const stage = await openStage();
    const box = await stage.run('box', sleeper({linux: spaces('pid', 'uts')}, {terminal: true}));
    const entered = await box.exec(
      sh('tty; stty size; read line; echo "got $line"', {terminal: true, consoleSize: {height: 7, width: 33}}),
    );
    const text = terminalText(entered);
    await said(entered, /7 33/);
    entered.terminal!.write('on\n');
    expect(await text).toMatch(/^\/dev\/pts\/\d+\r\n7 33\r\non\r\ngot on\r\n$/);
    expect(readlinkSync(`/proc/${box.pid}/fd/0`)).not.toBe('');
    const without = await box.exec(sh('tty'));
    expect(await output(without)).toBe('not a tty\n');
  });

  it('never has more rights than the container, unless it asks for them', async () => {
    const stage = await openStage();
    const capabilities = {bounding: ['CAP_KILL'], effective: ['CAP_KILL'], permitted: ['CAP_KILL']};
    const box = await stage.run('box', sleeper({linux: spaces('uts')}, {capabilities, noNewPrivileges: true}));
    const status = sh('grep -E "^(Cap(Inh|Prm|Eff|Bnd|Amb)|NoNewPrivs)" /proc/self/status; hostname never');
    const text = await output(await box.exec(status));
    const kill = '0000000000000020';
    expect(text).toMatch(
      new RegExp(
        `CapInh:\\s0{16}\nCapPrm:\\s${kill}\nCapEff:\\s${kill}\nCapBnd:\\s${kill}\nCapAmb:\\s0{16}\nNoNewPrivs:\\s1\n`,
      ),
    );
    expect(text).toMatch(/\[stderr\].*hostname/);
    const more = await box.exec({
      ...status,
      capabilities: {bounding: ['CAP_SYS_ADMIN'], effective: ['CAP_SYS_ADMIN'], permitted: ['CAP_SYS_ADMIN']},
    });
    expect(await output(more)).not.toMatch(/stderr/);
  });

  it('leaks no descriptor into the container, of a plain one and of one with a terminal', async () => {
    const stage = await openStage();
    await stage.run('other', sleeper());
    const box = await stage.run(
      'box',
      sleeper({linux: {...spaces('pid', 'mount', 'network', 'uts', 'user'), ...maps}}),
    );
    expect(descriptors(await output(await box.exec(own)))).toEqual(['0 /dev/null', '1 pipe:', '2 pipe:']);
    const shown = await terminalText(await box.exec({...own, terminal: true}));
    expect(descriptors(shown.replaceAll('\r', ''))).toEqual(['0 /dev/pts', '1 /dev/pts', '2 /dev/pts']);
    expect(await output(await box.exec(sh(listed)))).not.toMatch(/socket|pidfd|ptmx|ns\//);
  });
});

describe('enter', () => {
  const show = sh(`for n in cgroup ipc mnt net pid time user uts; do readlink /proc/self/ns/$n; done`);
  const kinds: NamespaceType[] = ['cgroup', 'ipc', 'mount', 'network', 'pid', 'time', 'user', 'uts'];
  const whole = async (): Promise<{stage: EngineStage; pid: number}> => {
    const stage = await openStage({hostname: 'stage'});
    const box = await stage.run('box', sleeper({hostname: 'inside', linux: {...spaces(...types), ...maps}}));
    return {stage, pid: box.pid};
  };

  it.each([['uts'], ['network'], ['uts', 'network'], ['mount', 'pid'], ['user'], kinds] as NamespaceType[][])(
    'joins %s %s and no other',
    async (...wanted) => {
      const {stage, pid} = await whole();
      const found = (await output(await stage.enter('box', wanted, show))).trim().split('\n');
      const expected = kinds.map(kind => namespace(wanted.includes(kind) ? pid : stage.keeperPid, kind));
      expect(found).toEqual(expected);
      expect(namespace(stage.keeperPid, 'pid')).toBe(namespace('self', 'pid'));
    },
  );

  it('of any process on the stage by its PID, with the stage’s rights and its own folder', async () => {
    const {stage, pid} = await whole();
    const process = sh('hostname; id -u; pwd', {cwd: stage.dir});
    expect(await output(await stage.enter(pid, ['uts'], process))).toBe(`inside\n0\n${stage.dir}\n`);
    expect(await output(await stage.enter('box', ['ipc'], sh('hostname')))).toBe('stage\n');
    const renamed = await stage.enter('box', ['uts'], sh('hostname renamed; hostname'));
    expect(await output(renamed)).toBe('renamed\n');
    expect(await output(await stage.container('box')!.exec(sh('hostname')))).toBe('renamed\n');
    expect(await output(await stage.spawn('host', sh('hostname')))).toBe('stage\n');
  });

  it('takes the container’s root with its mounts', async () => {
    const stage = await openStage();
    const {root, mounts} = rootFolder();
    await stage.run('box', sleeper({root, mounts, linux: spaces('mount')}));
    const seen = (await output(await stage.enter('box', ['mount'], sh('ls /')))).trim().split('\n');
    expect(seen).not.toContain('run');
    expect(seen).toEqual(expect.arrayContaining(['bin', 'usr']));
    await expect(stage.enter('box', ['mount'], {args: ['nosuchprogram']})).rejects.toMatchObject({
      code: 'program.missing',
    });
  });

  it('leaks no descriptor', async () => {
    const {stage} = await whole();
    const before = readdirSync('/proc/self/fd').length;
    expect(descriptors(await output(await stage.enter('box', ['uts', 'network'], own)))).toEqual([
      '0 /dev/null',
      '1 pipe:',
      '2 pipe:',
    ]);
    await expect(stage.enter('box', ['uts'], {args: ['/etc/passwd']})).rejects.toMatchObject({code: 'call.failed'});
    expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before + 1);
  });

  it('refuses what is no target, and what is no namespace', async () => {
    const {stage} = await whole();
    const plain = sh('true');
    await expect(stage.enter('ghost', ['uts'], plain)).rejects.toMatchObject({
      code: 'container.absent',
      params: {id: 'ghost'},
    });
    for (const pid of [1, process.pid, 0, -1, 1.5, Number.NaN, 2 ** 40]) {
      await expect(stage.enter(pid, ['uts'], plain)).rejects.toMatchObject({code: 'process.not-on-stage'});
    }
    const gone = await stage.run('gone', {process: {args: ['true']}});
    await gone.wait();
    await expect(stage.enter('gone', ['uts'], plain)).rejects.toMatchObject({code: 'container.state'});
    await expect(stage.enter(gone.pid, ['uts'], plain)).rejects.toMatchObject({code: 'process.not-on-stage'});
    await expect(stage.enter('box', [], plain)).rejects.toMatchObject({code: 'spec.value'});
    await expect(stage.enter('box', ['uts', 'uts'], plain)).rejects.toMatchObject({code: 'spec.duplicate'});
    await expect(stage.enter('box', ['net' as never], plain)).rejects.toMatchObject({code: 'spec.value'});
  });
});
