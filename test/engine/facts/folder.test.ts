import {release} from 'node:os';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {compareVersions} from '../../../src/engine/host/kernel.ts';
import {type Engine, type Facts, openEngine, type Stage} from '../../../src/engine/index.ts';
import {runPlan} from '../../../src/engine/library.ts';

let engine: Engine;
let stage: Stage;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

let shells = 0;
/** What a command on the stage prints, run in the stage's folder. */
async function sh(command: string): Promise<string> {
  const env = ['PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'LC_ALL=C.UTF-8'];
  const shell = await stage.spawn(`sh-${++shells}`, {args: ['bash', '-c', command], env, cwd: stage.dir});
  let text = '';
  const done = [shell.stdout!, shell.stderr!].map(async stream => {
    for await (const chunk of stream) text += chunk;
  });
  const {code} = await shell.wait();
  await Promise.all(done);
  expect(code, text).toBe(0);
  return text;
}

async function facts(): Promise<{layers: Facts; folder: Facts}> {
  return (await stage.facts('host')) as {layers: Facts; folder: Facts};
}

test('the layers that the facts name are those that the kernel reads', async () => {
  stage = await engine.stage();
  expect((await facts()).layers).toMatchObject({type: '', order: [], serves: {}});
  await sh(`mkdir -p upper work merged l1/d l2/d l2/e; echo u > upper/both; echo 1 > l1/both; echo 1 > l1/one
    echo 2 > l2/one; echo 2 > l2/two; echo x > l1/d/x; echo y > l2/d/y; echo z > l2/e/z; ln -s two l2/link
    mount -t overlay overlay -o lowerdir=l1:l2,upperdir=upper,workdir=work merged
    rm merged/two; rm -r merged/e; mkdir merged/e; echo n > merged/e/n; rm merged/one; echo new > merged/one
    chmod 600 merged/d/y; mv merged/d/x merged/moved`);
  const {layers, folder} = await facts();
  expect(layers).toMatchObject({type: 'overlay', point: 'merged', order: ['upper', 'l1', 'l2']});
  expect(layers.permissions).toEqual({upper: 'rw', l1: 'ro', l2: 'ro'});
  const seen = (await sh('cd merged; find . -mindepth 1 -printf "%P\\n" | sort')).trim().split('\n');
  expect(Object.keys(layers.serves as Facts).sort()).toEqual(seen);
  expect(layers.hidden).toEqual({two: 'upper', 'e/z': 'upper', 'd/x': 'upper'});
  // Whoever serves a file has its very bytes.
  for (const [path, layer] of Object.entries(layers.serves as Record<string, string>)) {
    await sh(`[ ! -f "merged/${path}" ] || cmp "merged/${path}" "${layer}/${path}"`);
  }
  expect(folder.mode).toMatchObject({'upper/two': 'c--------- 0:0', 'merged/d/y': '-rw-------', upper: 'drwxr-xr-x'});
  expect(folder.text).toMatchObject({'l2/two': '2', 'merged/one': 'new'});
  await stage.close();
});

/** setxattr(2) in the stage's folder. */
function mark(file: string, name: string, value: string): void {
  const at = `/proc/${stage.keeperPid}/root${stage.dir}/${file}`;
  const args = [at, `trusted.overlay.${name}`, Buffer.from(value), value.length, 0];
  runPlan({main: [{call: 'lsetxattr', args, purpose: 'test'}]});
}

const emptyWhiteouts = compareVersions(release(), '6.8') >= 0;
test.skipIf(!emptyWhiteouts)('whiteouts without a device: marked empty files in a marked folder', async () => {
  stage = await engine.stage();
  await sh(`mkdir -p l1/d l2/d l1/e u w m; touch l1/d/gone l1/d/empty l1/top l1/e/file
    echo 2 > l2/d/gone; echo 2 > l2/d/empty; echo 2 > l2/top; echo 2 > l2/d/seen`);
  for (const file of ['l1/d/gone', 'l1/top']) mark(file, 'whiteout', 'y');
  for (const dir of ['l1', 'l1/d']) mark(dir, 'opaque', 'x');
  await sh('mount -t overlay overlay -o lowerdir=l1:l2,upperdir=u,workdir=w m');
  const {layers} = await facts();
  const seen = (await sh('cd m; find . -mindepth 1 -printf "%P\\n" | sort')).trim().split('\n');
  expect(seen).toEqual(['d', 'd/empty', 'd/seen', 'e', 'e/file']);
  expect(Object.keys(layers.serves as Facts).sort()).toEqual(seen);
  expect(layers.hidden).toEqual({top: 'l1', 'd/gone': 'l1'});
  expect(layers.holds).toEqual(expect.arrayContaining(['l1 w top', 'l1 w d/gone', 'l1 f d/empty', 'l1 d d']));
  await stage.close();
});

test('metacopy: the data is still read from below', async () => {
  stage = await engine.stage();
  await sh(`mkdir l u w m; head -c 65536 /dev/zero > l/big
    mount -t overlay overlay -o metacopy=on,lowerdir=l,upperdir=u,workdir=w m; chmod 600 m/big`);
  const {layers, folder} = await facts();
  expect(layers.serves).toEqual({big: 'l'});
  expect(layers.holds).toEqual(['u m big', 'l f big']);
  expect((folder.disk as Facts)['u/big']).toBe(0n);
  await stage.close();
});

test('the walk follows no link, opens no FIFO, enters no /proc, and ends', async () => {
  stage = await engine.stage();
  await sh(`mkfifo pipe; ln -s /etc link; ln / root 2>/dev/null; mkdir proc many; mount -t proc proc proc
    ln link hard 2>/dev/null; cd many; touch $(seq 600); cd ..; printf 'a\\0b' > binary; printf 'x%.0s' $(seq 999) > zlong`);
  const {folder} = await facts();
  const names = Object.keys(folder.mode as Facts);
  expect(names.length).toBe(400);
  expect(names).toContain('pipe');
  expect(names.filter(name => /^(link|proc|root)\//.test(name))).toEqual([]);
  expect((folder.mode as Facts).link).toMatch(/^l/);
  expect(folder.text).not.toHaveProperty('binary');
  await sh('rm -r many');
  expect(((await facts()).folder.text as Record<string, string>).zlong).toHaveLength(256);
  await stage.close();
});
