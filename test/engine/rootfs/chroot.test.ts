/** A root that chroot(2) has entered: the same files, but the old root is behind it. */
import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {specProblems} from '../../../src/engine/spec.ts';
import type {EngineStage} from '../../../src/engine/stage.ts';
import type {ContainerSpec, RootSpec} from '../../../src/engine/types.ts';
import {openStage, output, quietMachine} from '../support.ts';

const ways = ['pivot_root', 'chroot'] as const;
const programs = ['sh', 'ls', 'cat', 'sleep', 'perl', 'unshare'];
const own = {namespaces: [{type: 'mount'}, {type: 'pid'}]} satisfies ContainerSpec['linux'];
const proc = {destination: '/proc', type: 'proc'};

const inRoot = (enter: RootSpec['enter'], script: string, more: Partial<ContainerSpec> = {}): ContainerSpec => ({
  process: {args: ['sh', '-c', `exec 2>&1; ${script}`]},
  root: {path: 'cell', programs, ...(enter ? {enter} : {})},
  linux: own,
  ...more,
});

/** What every text book has: a second chroot, and ".." from outside of it. (perl wants a /dev/null.) */
const wayOut = `: > /dev/null; perl -e 'mkdir "/x"; chroot "/x"; chdir ".." for 1 .. 64; chroot "."; exec "/bin/ls", "/"'`;

const onStage = (stage: EngineStage, dir: string): string[] =>
  readdirSync(`/proc/${stage.keeperPid}/root${dir}`).sort();

describe('what can be seen of the difference', () => {
  it('inside: none in its files; the root is no mount, unless something is asked of it', async () => {
    const stage = await openStage();
    const look = 'ls /; ls /..; cat /proc/self/mountinfo';
    const said = await Promise.all(
      ways.map(async (enter, i) => output(await stage.run(`box-${i}`, inRoot(enter, look, {mounts: [proc]})))),
    );
    const [pivoted = '', chrooted = ''] = said;
    const files = (text: string): string => text.replace(/^\d+ \d+ .*\n/gm, '');
    expect(files(chrooted)).toBe(files(pivoted));
    expect(files(chrooted)).not.toContain('home');
    expect(pivoted).toMatch(/^\d+ \d+ \S+ \S+ \/ /m);
    expect(chrooted).not.toMatch(/^\d+ \d+ \S+ \S+ \/ /m);
    expect(chrooted).toMatch(/ \/proc .* - proc /);
  });

  it('facts: something lies above its root', async () => {
    const stage = await openStage();
    for (const [enter, chrooted] of [
      ['chroot', true],
      ['pivot_root', false],
      [undefined, false],
    ] as const) {
      const id = `box-${enter}`;
      await stage.run(id, inRoot(enter, 'sleep 1000'));
      expect(await stage.facts(id), id).toMatchObject({chrooted, root: enter === 'chroot' ? `${stage.dir}/cell` : '/'});
    }
    expect(await stage.facts('host')).toMatchObject({chrooted: false});
  });

  it('whoever may call chroot gets out of it, and not out of what pivot_root made', async () => {
    const stage = await openStage();
    const before = quietMachine();
    const stays = await output(await stage.run('stays', inRoot('pivot_root', wayOut)));
    const leaves = await output(await stage.run('leaves', inRoot('chroot', wayOut)));
    expect(stays.trim().split('\n')).toEqual(expect.arrayContaining(['tmp', 'x']));
    expect(stays.split('\n')).not.toContain('home');
    expect(leaves.trim().split('\n').sort()).toEqual(onStage(stage, '/').filter(name => !name.startsWith('.')));
    const without = {bounding: [], effective: [], permitted: [], inheritable: [], ambient: []};
    const spec = inRoot('chroot', wayOut);
    const held = await stage.run('held', {...spec, process: {...spec.process, capabilities: without}});
    const inside = (await output(held)).split('\n');
    expect(inside).toContain('x');
    expect(inside).not.toContain('home');
    await stage.close();
    expect(quietMachine()).toEqual(before);
  });

  it('the kernel makes no user namespace for who is chrooted', async () => {
    const stage = await openStage();
    const script = 'unshare -U sh -c "echo made"';
    expect(await output(await stage.run('a', inRoot('pivot_root', script)))).toBe('made\n');
    expect(await output(await stage.run('b', inRoot('chroot', script)))).toMatch(/not permitted/);
  });

  it('its mount namespace alone leads to the old root, one more process of the container to its own', async () => {
    const stage = await openStage();
    const ls = {args: ['/bin/ls', '/']};
    for (const enter of ways) {
      const box = await stage.run(enter, inRoot(enter, 'sleep 1000'));
      const further = (await output(await box.exec(ls))).split('\n');
      expect(further, enter).toContain('tmp');
      expect(further, enter).not.toContain('home');
      const joined = (await output(await stage.enter(enter, ['mount'], ls))).split('\n');
      expect(joined.includes('home'), enter).toBe(enter === 'chroot');
    }
  });
});

describe('with what else a root can be', () => {
  it('read-only, of layers, in a user namespace', async () => {
    const stage = await openStage();
    const script = 'echo x > /x; echo $?; echo y > /tmp/y; cat /tmp/y';
    const readonly = inRoot('chroot', script, {mounts: [{destination: '/tmp', type: 'tmpfs'}]});
    const text = await output(await stage.run('ro', {...readonly, root: {...readonly.root!, readonly: true}}));
    expect(text).toMatch(/Read-only file system.*\ny\n$/s);
    const layers: RootSpec = {path: 'merged', layers: ['top', 'base'], programs, enter: 'chroot'};
    expect(await output(await stage.run('layered', inRoot('chroot', 'echo in; ls /tmp', {root: layers})))).toBe('in\n');
    const maps = [{containerID: 0, hostID: 0, size: 1}];
    const linux = {namespaces: [...own.namespaces, {type: 'user'} as const], uidMappings: maps, gidMappings: maps};
    const box = await stage.run('mapped', inRoot('chroot', 'ls /; sleep 1000', {linux, mounts: [proc]}));
    const further = await output(await box.exec({args: ['ls', '/']}));
    expect(further).toContain('tmp');
    expect(further).not.toContain('home');
  });

  it('without a mount namespace of its own nothing is mounted, and the stage keeps its root', async () => {
    const stage = await openStage();
    const mounts = (): string => readFileSync(`/proc/${stage.keeperPid}/mountinfo`, 'utf8');
    const before = {mounts: mounts(), root: onStage(stage, '/'), host: await stage.facts('host')};
    const box = await stage.run('plain', inRoot('chroot', 'echo made > /made; ls /; sleep 1000', {linux: {}}));
    const further = await output(await box.exec({args: ['ls', '/']}));
    expect(further).toContain('tmp');
    expect(further).not.toContain('home');
    expect(mounts()).toBe(before.mounts);
    expect(onStage(stage, '/')).toEqual(before.root);
    const [inside, host] = [(await stage.facts('plain'))!, (await stage.facts('host'))!];
    expect(inside).toMatchObject({chrooted: true, ns: {mnt: (host.ns as {mnt: bigint}).mnt}});
    expect(host.root_id).toBe(before.host?.root_id);
    expect(await output(await stage.spawn('next', {args: ['/bin/ls', '/home']}))).not.toContain('[stderr]');
    await box.remove();
    expect(readFileSync(`/proc/${stage.keeperPid}/root${stage.dir}/cell/made`, 'utf8')).toBe('made\n');
  });

  it.each<[Partial<ContainerSpec>, string]>([
    [{root: {path: 'r', readonly: true, enter: 'chroot'}}, 'root.readonly'],
    [{root: {path: 'r', layers: ['l'], enter: 'chroot'}}, 'root.layers'],
    [{mounts: [proc]}, 'mounts'],
    [{linux: {devices: [{type: 'p', path: '/dev/p'}]}}, 'linux.devices'],
    [{linux: {defaultDevices: true}}, 'linux.defaultDevices'],
    [{root: {path: 'r', enter: 'pivot_root'}}, 'root'],
  ])('%j asks for one', (more, path) => {
    const root = {path: 'r', enter: 'chroot'};
    const found = specProblems({process: {args: ['sh']}, root, ...more});
    expect(found.map(p => [p.code, p.params.path])).toEqual([['spec.needs-namespace', path]]);
  });
});
