/** Roots of strangers: whatever links lie in them, nothing outside is touched, made or shown. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import type {ContainerSpec, MountSpec} from '../../../src/engine/types.ts';
import {openStage, output, quietMachine, rootFolder} from '../support.ts';

type Linux = NonNullable<ContainerSpec['linux']>;
const own: Linux = {namespaces: [{type: 'mount'}, {type: 'uts'}]};

/** A folder outside of every root, with something in it that nobody may change. */
function outside(): string {
  const dir = mkdtempSync('/tmp/glassbox-outside-');
  onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
  mkdirSync(path.join(dir, 'sub'));
  writeFileSync(path.join(dir, 'kept'), 'kept');
  return dir;
}

interface Try {
  /** Lies the links into the root. */
  links: (root: string, out: string) => void;
  mounts?: MountSpec[];
  linux?: Partial<Linux>;
  cwd?: string;
  script?: string;
  after?: string;
}

/** What a container of such a root says; its error's errno where it is refused. The machine is as before in any case. */
async function attempt({
  links,
  mounts = [],
  linux = {},
  cwd,
  script = 'true',
}: Try): Promise<{text: string; root: string}> {
  const {root, mounts: programs, dir} = rootFolder();
  const out = outside();
  rmSync(path.join(dir, 'etc'), {recursive: true});
  links(dir, out);
  const stage = await openStage();
  const before = quietMachine();
  const listing = (): string[] => readdirSync(out, {recursive: true, encoding: 'utf8'}).sort();
  const seen = listing();
  let text: string;
  try {
    const args = ['sh', '-c', `exec 2>&1; ${script}`];
    const spec = {root, mounts: [...programs, ...mounts], linux: {...own, ...linux}};
    text = await output(await stage.run('box', {...spec, process: {args, ...(cwd ? {cwd} : {})}}));
  } catch (error) {
    const {call, code} = error as {call?: {call: string; errno?: string}; code: string};
    text = call ? `${call.call} ${call.errno}` : code;
  }
  expect(listing()).toEqual(seen);
  expect(readFileSync(path.join(out, 'kept'), 'utf8')).toBe('kept');
  await stage.close();
  expect(quietMachine()).toEqual(before);
  return {text, root: dir};
}

const proc: MountSpec = {destination: '/proc', type: 'proc', source: 'proc'};
const small = (destination: string): MountSpec => ({destination, type: 'tmpfs', options: ['size=8k']});
/** Ways out that have been tried on engines: by the machine's first process, and by this one's own root and folder. */
const ways = (out: string): string[] => [`/proc/1/root${out}`, '/proc/self/root/tmp', '/proc/self/cwd'];

describe('links that lead up or begin with a slash', () => {
  it.each(['/etc', '../../../../../../../../etc', '/../../etc'])('proc -> %s: stays inside', async target => {
    const {text, root} = await attempt({
      links: dir => {
        mkdirSync(path.join(dir, 'etc'));
        rmSync(path.join(dir, 'proc'), {recursive: true});
        symlinkSync(target, path.join(dir, 'proc'));
      },
      mounts: [proc],
      script: 'stat -f -c %T /etc',
    });
    expect(text).toBe('proc\n');
    expect(readdirSync(path.join(root, 'etc'))).toEqual([]);
  });

  it('a missing place is made inside, for folders and for files', async () => {
    const file = mkdtempSync('/tmp/glassbox-shown-');
    onTestFinished(() => rmSync(file, {recursive: true, force: true}));
    writeFileSync(path.join(file, 'hosts'), 'shown');
    const {text, root} = await attempt({
      links: dir => symlinkSync('../../../..', path.join(dir, 'up')),
      mounts: [
        small('/a/b/c'),
        small('/up/made'),
        {destination: '/etc/deep/hosts', type: 'bind', source: path.join(file, 'hosts'), options: ['bind', 'ro']},
        {destination: '/shown', type: 'bind', source: file, options: ['bind']},
      ],
      script: 'stat -f -c %T /a/b/c /made; cat /etc/deep/hosts; ls /shown',
    });
    expect(text).toBe('tmpfs\ntmpfs\nshownhosts\n');
    expect(existsSync(path.join(root, 'made'))).toBe(true);
    expect(existsSync(path.join('/', 'made'))).toBe(false);
  });

  it('dev -> ../../..: devices are made inside', async () => {
    const {text, root} = await attempt({
      links: dir => symlinkSync('../../../../../..', path.join(dir, 'dev')),
      linux: {devices: [{type: 'p', path: '/dev/glassbox-pipe'}]},
      script: 'stat -c %F /glassbox-pipe',
    });
    expect(text).toBe('fifo\n');
    expect(existsSync(path.join(root, 'glassbox-pipe'))).toBe(true);
    expect(existsSync('/glassbox-pipe')).toBe(false);
  });

  it('what is bound at a link is shown where it leads, inside', async () => {
    const {text} = await attempt({
      links: dir => {
        mkdirSync(path.join(dir, 'etc'));
        symlinkSync('/etc', path.join(dir, 'conf'));
      },
      mounts: [{destination: '/conf', type: 'bind', source: '/tmp', options: ['bind', 'ro']}],
      script: 'grep -c " /etc ro" /proc/self/mountinfo; readlink /conf',
    });
    expect(text).toContain('/etc\n');
  });
});

describe('links of /proc are ways out of every root, and are not followed', () => {
  const cases: [string, (way: string) => Omit<Try, 'links'>][] = [
    ['a mount', () => ({mounts: [proc, small('/way')]})],
    ['a mount below, whose place is missing', () => ({mounts: [proc, small('/way/made')]})],
    [
      'a bind mount',
      () => ({mounts: [proc, {destination: '/way/made', type: 'bind', source: '/tmp', options: ['bind']}]}),
    ],
    ['a device', () => ({mounts: [proc], linux: {devices: [{type: 'p', path: '/way/pipe'}]}})],
    ['a masked path', () => ({mounts: [proc], linux: {maskedPaths: ['/way/kept']}})],
    ['a read-only path', () => ({mounts: [proc], linux: {readonlyPaths: ['/way/sub']}})],
    ['the working folder', () => ({mounts: [proc], cwd: '/way'})],
  ];
  it.each(cases)('%s', {timeout: 60_000}, async (_what, of) => {
    const {root, mounts: programs, dir} = rootFolder();
    const out = outside();
    const stage = await openStage();
    const before = quietMachine();
    for (const [i, way] of ways(out).entries()) {
      rmSync(path.join(dir, 'way'), {force: true});
      symlinkSync(way, path.join(dir, 'way'));
      const {mounts = [], linux = {}, cwd = '/'} = of(way);
      const spec = {root, mounts: [...programs, ...mounts], linux: {...own, ...linux}};
      const refused = stage.run(`box-${i}`, {...spec, process: {args: ['pwd'], cwd}});
      // EACCES: the machine's first process has rights that this one has not.
      const params = {call: 'openat2', errno: expect.stringMatching(/^(ELOOP|EACCES)$/)};
      await expect(refused, way).rejects.toMatchObject({code: 'call.failed', params});
      expect(readdirSync(out)).toEqual(['kept', 'sub']);
      expect(readdirSync(path.join(out, 'sub'))).toEqual([]);
    }
    await stage.close();
    expect(quietMachine()).toEqual(before);
  });
});

it('the stage’s folders are found as the stage sees them, not as the machine does', async () => {
  const out = outside();
  const stage = await openStage();
  const base = `/proc/${stage.keeperPid}/root`;
  // From outside of the stage, a link with "/" in front leads to the machine.
  mkdirSync(`${base}${stage.dir}/inner`);
  symlinkSync(`${stage.dir}/inner`, `${base}${stage.dir}/link`);
  symlinkSync(path.join(out, 'nowhere'), `${base}${stage.dir}/dangling`);
  const spec = (root: string): ContainerSpec => ({
    process: {args: ['sh', '-c', 'echo in']},
    root: {path: root, programs: ['sh']},
    linux: own,
  });
  expect(await output(await stage.run('box', spec('link/cell')))).toBe('in\n');
  expect(readdirSync(`${base}${stage.dir}/inner`)).toEqual(['cell']);
  await expect(stage.run('other', spec('dangling'))).rejects.toMatchObject({code: 'rootfs.no-folder'});
  expect(readdirSync(out)).toEqual(['kept', 'sub']);
});

it('a root without room is told with the file that has none, and nothing half made stays there', async () => {
  const stage = await openStage();
  const args = ['mount', '-t', 'tmpfs', '-o', 'size=64k', 'small', `${stage.dir}/small`];
  mkdirSync(`/proc/${stage.keeperPid}/root${stage.dir}/small`);
  expect(await output(await stage.spawn('mount', {args}))).toBe('');
  const spec = {process: {args: ['sh']}, root: {path: 'small', programs: ['sh']}, linux: own};
  const params = {why: 'ENOSPC', root: `${stage.dir}/small`, file: expect.stringMatching(/^\/.*[a-z]/)};
  await expect(stage.run('box', spec)).rejects.toMatchObject({code: 'rootfs.not-made', params});
  expect(stage.container('box')).toBeUndefined();
  const more = ['mount', '-o', 'remount,size=64m', `${stage.dir}/small`];
  expect(await output(await stage.spawn('more', {args: more}))).toBe('');
  expect(await output(await stage.run('box', {...spec, process: {args: ['sh', '-c', 'echo whole']}}))).toBe('whole\n');
});
