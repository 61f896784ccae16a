import {execFileSync} from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {release, tmpdir} from 'node:os';
import {join} from 'node:path';
import {text as readAll} from 'node:stream/consumers';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {compareVersions} from '../../../src/engine/host/kernel.ts';
import {
  type Container,
  type ContainerSpec,
  type Engine,
  type Facts,
  openEngine,
  type Stage,
} from '../../../src/engine/index.ts';
import {buildRoot, hostSource} from '../../../src/engine/rootfs/build.ts';
import {parseCache} from '../../../src/engine/rootfs/cache.ts';
import {Collector, type Source} from '../../../src/engine/rootfs/collect.ts';
import {elfNeeds} from '../../../src/engine/rootfs/elf.ts';
import {prepareRoot, unionMount} from '../../../src/engine/rootfs/prepare.ts';
import {specProblems} from '../../../src/engine/spec.ts';

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'glassbox-rootfs-'));
  folders.push(made);
  return made;
};
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, {recursive: true, force: true});
});

const real = (file: string): string => execFileSync('realpath', [file], {encoding: 'utf8'}).trim();
/** Files that ldd(1) names, links resolved. */
function ldd(file: string): string[] {
  const text = execFileSync('ldd', [file], {encoding: 'utf8'});
  return [...text.matchAll(/(\/\S+) \(0x/g)].map(([, path]) => real(path!)).sort();
}

describe('what a program needs', () => {
  test.each(['/bin/sh', '/bin/bash', '/bin/ls', '/usr/bin/perl', '/bin/mount', '/usr/bin/awk', process.execPath])(
    '%s: what ldd says',
    file => {
      const collector = new Collector(hostSource(''));
      collector.program(file);
      expect([...collector.found.files].sort()).toEqual([...new Set([real(file), ...ldd(file)])].sort());
    },
  );

  test('a script needs its interpreter', () => {
    const dir = folder();
    writeFileSync(join(dir, 'script'), '#! /bin/sh -e\n', {mode: 0o755});
    const collector = new Collector(hostSource(''));
    collector.program(join(dir, 'script'));
    expect(collector.found.files).toContain(real('/bin/sh'));
  });

  test('the cache of the dynamic loader agrees with ldconfig', () => {
    const cache = parseCache(readFileSync('/etc/ld.so.cache'));
    const listed = execFileSync('/sbin/ldconfig', ['-p'], {encoding: 'utf8'});
    const abi = process.arch === 'arm64' ? 'libc6,AArch64' : 'libc6,x86-64';
    const lines = [...listed.matchAll(/^\t(\S+) \(([^)]*)\) => (\S+)$/gm)].filter(([, , kind]) => kind === abi);
    expect(lines.length).toBeGreaterThan(5);
    for (const [, name] of lines) expect(cache.get(name!), name).toBe(lines.find(line => line[1] === name)![3]);
  });

  test('damaged and foreign files are none', () => {
    const bytes = readFileSync('/bin/ls');
    expect(elfNeeds(Buffer.from('#!/bin/sh'))).toBe('no-elf');
    for (let length = 0; length < 2000; length += 37) elfNeeds(bytes.subarray(0, length));
    expect(elfNeeds(bytes.subarray(0, 70))).toBe('damaged');
    expect(parseCache(Buffer.from('glibc-ld.so.cache1.1')).size).toBe(0);
  });

  const source = (files: Record<string, string | Buffer>, links: Record<string, string> = {}): Source => ({
    kind: file =>
      file in links
        ? 'link'
        : file in files
          ? 'file'
          : Object.keys({...files, ...links}).some(f => f.startsWith(`${file}/`))
            ? 'dir'
            : undefined,
    linkTarget: file => links[file]!,
    read: file => Buffer.from(files[file]!),
  });

  test('errors say which program, and which library', () => {
    expect(() => new Collector(source({})).program('nope')).toThrow(/rootfs.no-program.*nope/);
    expect(() => new Collector(source({'/bin/text': 'hello'})).program('text')).toThrow(/rootfs.not-runnable.*text/);
    const ls = readFileSync('/bin/ls');
    expect(() => new Collector(source({'/bin/ls': ls})).program('ls')).toThrow(/rootfs.no-interpreter/);
    expect(() => new Collector(source({}, {'/bin/a': 'b', '/bin/b': 'a'})).program('a')).toThrow(/no-program/);
  });
});

describe('a root in a folder', () => {
  test('has the links of the host, and nothing set-user-ID', () => {
    const root = join(folder(), 'deep/root');
    buildRoot('', root, ['sh', 'su']);
    for (const link of ['/bin', '/lib64']) {
      const {isLink} = {isLink: lstatSync(link, {throwIfNoEntry: false})?.isSymbolicLink()};
      if (isLink) expect(readlinkSync(root + link)).toBe(readlinkSync(link));
    }
    expect(lstatSync(`${root}/bin/su`).mode & 0o7777).toBe(0o755);
    expect(lstatSync(`${root}/tmp`).mode & 0o7777).toBe(0o1777);
    expect(execFileSync('chroot', [root, 'sh', '-c', 'echo it lives'], {encoding: 'utf8'})).toBe('it lives\n');
  });

  test('what is there stays, and a second time changes nothing', () => {
    const root = folder();
    buildRoot('', root, ['sh']);
    writeFileSync(`${root}/bin/sh`, 'mine');
    buildRoot('', root, ['sh', 'ls']);
    expect(readFileSync(`${root}/bin/sh`, 'utf8')).toBe('mine');
    expect(existsSync(`${root}/bin/ls`)).toBe(true);
  });

  test('links in it never lead the builder out', () => {
    const root = folder();
    const outside = folder();
    mkdirSync(join(root, 'tmp'));
    for (const name of ['usr', 'bin', 'lib', 'lib64', 'etc']) symlinkSync(outside, join(root, name));
    symlinkSync('../../../../../../../..', join(root, 'dev'));
    expect(() => buildRoot('', root, ['sh'])).toThrow(/rootfs.no-folder/);
    expect(readdirSync(outside)).toEqual([]);
  });
});

describe('a specification', () => {
  test.each([
    [{path: 'a/../b'}, 'spec.place', 'root.path'],
    [{path: 'a', programs: []}, 'spec.range', 'root.programs'],
    [{path: 'a', layers: ['../x']}, 'spec.place', 'root.layers[0]'],
    [{path: 'a', layers: Array.from({length: 501}, () => 'l')}, 'spec.range', 'root.layers'],
    [{path: 'a', union: 'overlay'}, 'spec.missing', 'root.layers'],
    [{path: 'a', layers: ['b'], union: 'unionfs'}, 'spec.value', 'root.union'],
    [{path: 'a', program: ['sh']}, 'spec.unknown-key', 'root.program'],
  ])('%j is refused at its place', (root, code, path) => {
    const problems = specProblems({process: {args: ['sh']}, root, linux: {namespaces: [{type: 'mount'}]}});
    expect(problems.map(p => [p.code, p.params.path])).toEqual([[code, path]]);
  });

  test('aufs is never faked', () => {
    const spec = {process: {args: ['sh']}, root: {path: 'r', layers: ['a'], union: 'aufs'}} as ContainerSpec;
    const input = {id: 'box', dir: '/x', base: '/nowhere', hasAufs: () => false};
    expect(() => prepareRoot(spec, input)).toThrow(/rootfs.no-aufs/);
    expect(unionMount(['/a', '/b'], {upper: '/u', work: '/w'}, 'aufs')).toEqual({
      destination: '/',
      type: 'aufs',
      source: 'none',
      options: ['br:/u=rw:/a=ro+wh:/b=ro+wh'],
    });
  });

  test('what parts layers is escaped', () => {
    expect(unionMount(['/a:b', '/c,d'], undefined, 'overlay').options).toEqual(['lowerdir=/a\\:b:/c\\,d']);
  });
});

describe('containers', () => {
  let engine: Engine;
  let stage: Stage;
  beforeAll(async () => {
    engine = await openEngine();
    stage = await engine.stage();
  });
  afterAll(() => engine.close());

  let made = 0;
  async function run(root: ContainerSpec['root'], command: string, id = `box-${++made}`): Promise<[string, Container]> {
    const container = await stage.run(id, {
      process: {args: ['sh', '-c', `exec 2>&1; ${command}`]},
      root,
      linux: {namespaces: [{type: 'mount'}, {type: 'pid'}]},
    });
    const said = await readAll(container.stdout!);
    await container.wait();
    return [said, container];
  }

  test('a root of programs: the container sees these and nothing of the host', async () => {
    const [text, box] = await run({path: 'cell', programs: ['sh', 'ls']}, 'ls /; ls /home; ls /..');
    expect(text).toContain('usr');
    expect(text).toMatch(/\/home.*No such file/);
    expect(text.match(/^tmp$/gm)).toHaveLength(2);
    await box.remove();
  });

  test('layers: the topmost wins, the container writes into its own, none of them changes', async () => {
    const base = `/proc/${stage.keeperPid}/root${stage.dir}`;
    for (const [layer, text] of [
      ['top', 'from top'],
      ['mid', 'from mid'],
    ] as const) {
      mkdirSync(`${base}/${layer}`, {recursive: true});
      writeFileSync(`${base}/${layer}/name`, text);
    }
    const root = {path: 'merged', layers: ['top', 'mid', 'base'], programs: ['sh', 'cat', 'rm']};
    const [text, box] = await run(root, 'cat /name; rm /name; echo mine > /new', 'layered');
    expect(text).toBe('from top');
    expect(readdirSync(`${base}/layered.upper`).sort()).toEqual(['name', 'new']);
    expect(lstatSync(`${base}/layered.upper/name`).isCharacterDevice()).toBe(true);
    expect(readFileSync(`${base}/top/name`, 'utf8')).toBe('from top');
    await box.remove();
    const [other, second] = await run({path: 'merged', layers: ['mid', 'base']}, 'cat /name; cat /new');
    expect(other).toMatch(/^from mid.*No such file/s);
    await second.remove();
  });

  test('a readonly root of one layer', async () => {
    const [text, box] = await run({path: 'ro', layers: ['base'], readonly: true}, 'echo x > /x');
    expect(text).toMatch(/Read-only file system/);
    await box.remove();
  });

  /** As many as overlay takes, each with a name that is long enough for a page to be full soon. */
  const many = Array.from({length: 499}, (_, i) => `many/a-layer-with-a-long-name-${i}`);
  const deepest = many[498]!;

  test('very many layers, on kernels of any age: names that are short enough for one mount(2)', async () => {
    const base = `/proc/${stage.keeperPid}/root${stage.dir}`;
    for (const layer of many) mkdirSync(`${base}/${layer}`, {recursive: true});
    writeFileSync(`${base}/${deepest}/deep`, 'from the depth');
    const program = join(base, deepest, 'own');
    writeFileSync(program, '#!/bin/sh\n/bin/cat /deep\n', {mode: 0o755});
    const root = {path: 'tall', layers: [...many, 'base'], programs: ['sh', 'cat', 'sleep']};
    const [text, box] = await run(root, 'cat /deep; exec sleep 0', 'tall');
    expect(text).toBe('from the depth');
    const calls = box.journal.map(({call}) => call);
    expect(calls).not.toContain('fsopen');
    expect(box.journal.find(({call, args}) => call === 'mount' && args[2] === '"overlay"')?.args[4]).toMatch(
      /lowerdir=.l/,
    );
    await box.remove();
    // What nobody else has is found too, and the next container needs no further names.
    const names = readdirSync(`${base}/.l`).length;
    const spec = {process: {args: ['own'], env: ['PATH=/']}, linux: {namespaces: [{type: 'mount' as const}]}};
    const readonly = await stage.run('tall-ro', {...spec, root: {...root, readonly: true}});
    expect(await readAll(readonly.stdout!)).toBe('from the depth');
    expect(readdirSync(`${base}/.l`)).toHaveLength(names);
    const seen = await stage.run('tall-seen', {...spec, process: {args: ['sleep', '100']}, root});
    const {layers} = (await stage.facts('tall-seen')) as {layers: Facts};
    expect(layers.order).toEqual(['tall-seen.upper', ...many, 'base']);
    expect((layers.serves as Facts).deep).toBe(deepest);
    await seen.remove();
  });

  test('very many layers that somebody mounts himself: one call for each, or from before Linux 6.8 a refusal', async () => {
    const base = `/proc/${stage.keeperPid}/root${stage.dir}`;
    const layers = [...many.map(layer => `${stage.dir}/${layer}`), `${stage.dir}/base`];
    mkdirSync(`${base}/by-hand`);
    const mounts = [{destination: '/', type: 'overlay', source: 'overlay', options: [`lowerdir=${layers.join(':')}`]}];
    const spec = {process: {args: ['cat', '/deep']}, root: {path: `${stage.dir}/by-hand`}, mounts};
    const made = stage.run('by-hand', {...spec, linux: {namespaces: [{type: 'mount'}]}});
    if (compareVersions(release(), '6.8') < 0) {
      await expect(made).rejects.toMatchObject({code: 'call.failed', params: {call: 'fsconfig', errno: 'EINVAL'}});
      return;
    }
    const box = await made;
    expect(await readAll(box.stdout!)).toBe('from the depth');
    expect(box.journal.map(({call}) => call)).toContain('fsopen');
    await box.remove();
  });

  test('a missing program is an error before anything is made', async () => {
    const spec: ContainerSpec = {
      process: {args: ['sh']},
      root: {path: 'none', programs: ['no-such-program']},
      linux: {namespaces: [{type: 'mount'}]},
    };
    await expect(stage.run('none', spec)).rejects.toMatchObject({code: 'rootfs.no-program'});
    expect(existsSync(`/proc/${stage.keeperPid}/root${stage.dir}/none`)).toBe(false);
  });

  test('facts: which root it is', async () => {
    const spec = {process: {args: ['sleep', '100']}, root: {path: 'merged', layers: ['base'], programs: ['sleep']}};
    const box = await stage.run('seen', {...spec, linux: {namespaces: [{type: 'mount'}]}});
    const [inside, host] = [(await stage.facts('seen'))!, (await stage.facts('host'))!];
    expect(inside).toMatchObject({root: '/', root_type: 'overlay'});
    expect(inside.root_id).not.toBe(host.root_id);
    expect((inside.layers as Facts).order).toEqual(['seen.upper', 'base']);
    expect((host.layers as Facts).order).toEqual([]);
    await box.remove();
  });
});
