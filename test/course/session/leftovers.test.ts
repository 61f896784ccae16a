import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdirSync, rmdirSync, rmSync, writeFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {Leftovers} from '../../../src/course/session/leftovers.ts';

describe('what is left', () => {
  it('names a process as long as it lives, and not another of its number', async () => {
    const left = new Leftovers();
    const child = spawn('sleep', ['300']);
    await once(child, 'spawn');
    left.process(child.pid ?? 0);
    left.process(4194303);
    expect(left.find()).toEqual([`process ${child.pid} (sleep)`]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(left.find()).toEqual([]);
  });

  it('names what bears the name of its stage', () => {
    const id = `test${process.pid}`;
    const left = new Leftovers();
    left.stage(id);
    expect(left.find()).toEqual([]);
    mkdirSync('/run/glassbox', {recursive: true, mode: 0o711});
    const file = `/run/glassbox/${id}.json`;
    writeFileSync(file, '');
    try {
      expect(left.find()).toEqual([file]);
    } finally {
      rmSync(file);
    }
  });

  it('names cgroups of its stage, and not those of another session', () => {
    const id = `test${process.pid}`;
    const roots = ['/sys/fs/cgroup/cpu', '/sys/fs/cgroup/unified', '/sys/fs/cgroup'];
    const root = roots.find(dir => existsSync(`${dir}/cgroup.procs`));
    expect(root, 'a cgroup tree to make a group in').toBeDefined();
    const [own, other] = [`${root}/glassbox-${id}`, `${root}/glassbox-other${id}`.replace('test', '')];
    const left = new Leftovers();
    left.stage(id);
    try {
      mkdirSync(own);
      mkdirSync(other);
      expect(left.find()).toEqual([own]);
    } finally {
      for (const dir of [own, other]) if (existsSync(dir)) rmdirSync(dir);
    }
    expect(left.find()).toEqual([]);
  });
});
