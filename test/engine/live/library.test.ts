import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, fstatSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {describe, expect, it, onTestFinished} from 'vitest';
import {mountNamespaceId, openInRoot, pidfdOpen, pidfdSignal, runPlan} from '../../../src/engine/library.ts';
import {nativeFolder} from '../../../src/engine/native.ts';
import {readOut} from '../../../src/engine/plan/answer.ts';
import {openStage} from '../support.ts';

describe('pidfds', () => {
  it('name one process, and say when it is gone', async () => {
    const child = spawn('sleep', ['1000']);
    const pidfd = pidfdOpen(child.pid!);
    expect(pidfdSignal(pidfd, 0)).toBe(true);
    expect(pidfdSignal(pidfd, 15)).toBe(true);
    expect((await once(child, 'exit'))[1]).toBe('SIGTERM');
    expect(pidfdSignal(pidfd, 15)).toBe(false);
    closeSync(pidfd);
    expect(() => pidfdOpen(child.pid!)).toThrow(
      expect.objectContaining({
        code: 'call.failed',
        params: expect.objectContaining({call: 'pidfd_open', errno: 'ESRCH'}),
      }),
    );
  });
});

describe('a file in a root', () => {
  it('is found as a process in there would find it, and never outside', () => {
    const root = mkdtempSync('/tmp/glassbox-lib-');
    onTestFinished(() => rmSync(root, {recursive: true, force: true}));
    mkdirSync(`${root}/bin`);
    writeFileSync(`${root}/bin/tool`, 'x');
    symlinkSync('/bin/tool', `${root}/absolute`);
    symlinkSync('../../../../bin/tool', `${root}/bin/up`);
    symlinkSync('/etc/passwd', `${root}/outside`);
    const wanted = statSync(`${root}/bin/tool`).ino;
    for (const file of ['/bin/tool', '/absolute', '/bin/up', '/../../bin/tool']) {
      const fd = openInRoot(root, file);
      expect([file, fstatSync(fd!).ino]).toEqual([file, wanted]);
      closeSync(fd!);
    }
    expect(openInRoot(root, '/outside')).toBeUndefined();
    expect(openInRoot(root, '/etc/passwd')).toBeUndefined();
    expect(() => openInRoot(`${root}/none`, '/x')).toThrow(expect.objectContaining({code: 'call.failed'}));
  });
});

describe('namespaces', () => {
  it('of mounts have an id that no other ever had', async ({skip}) => {
    const own = mountNamespaceId(process.pid);
    if (own === undefined) skip('this kernel gives mount namespaces no id (Linux 6.8)');
    const ids = new Set([own]);
    for (let i = 0; i < 5; i++) {
      const stage = await openStage();
      ids.add(mountNamespaceId(stage.keeperPid));
      await stage.close();
    }
    expect(ids.size).toBe(6);
    expect(mountNamespaceId(2 ** 30)).toBeUndefined();
  });
});

it('orphans of a killed keeper are to come to us only while there is a stage', async () => {
  const isSubreaper = () =>
    readOut(
      runPlan({
        buffers: {flag: {size: 4}},
        main: [{call: 'prctl', args: [37, {buffer: 'flag'}, 0, 0, 0], purpose: 'test'}],
        out: ['flag'],
      }),
    ).out.flag!.readInt32LE();
  expect(isSubreaper()).toBe(0);
  const stage = await openStage();
  expect(isSubreaper()).toBe(1);
  await stage.close();
  expect(isSubreaper()).toBe(0);
});

it('the compiled files are found from wherever the bundle lies, and their absence has no folder', () => {
  expect(nativeFolder()).toMatch(/\/native\/build$/);
  expect(nativeFolder('/usr/share')).toBeUndefined();
});
