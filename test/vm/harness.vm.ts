// What the other tests here rest upon: a guest tells what its command did, and whatever goes wrong is no success.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, it, type TestContext} from 'vitest';
import {keepFolder} from '../../scripts/vm/folder.ts';
import {type GuestEnd, type GuestOptions, runInGuest} from '../../scripts/vm/guest.ts';
import {findKernel} from '../../scripts/vm/kernel.ts';
import {findPrograms, NoGuest} from '../../scripts/vm/needs.ts';
import {expectPassed} from './support/expect.ts';
import {Pass, PROJECT} from './support/pass.ts';

interface Ran {
  end: GuestEnd;
  stdout: string;
  stderr: string;
}

async function guest(command: string, options: GuestOptions = {}): Promise<Ran> {
  let [stdout, stderr] = ['', ''];
  const end = await runInGuest(command, {
    memory: 768,
    timeout: 600,
    ...options,
    stdout: chunk => {
      stdout += chunk;
    },
    stderr: chunk => {
      stderr += chunk;
    },
  });
  return {end, stdout, stderr};
}

/** Where no guest can be had, that is said, and not passed. */
function boots(name: string, test: () => Promise<void>): void {
  it(name, async ({skip}: TestContext) => {
    try {
      findPrograms();
      await findKernel();
    } catch (error) {
      if (error instanceof NoGuest) skip(error.message);
      throw error;
    }
    await test();
  });
}

boots('status, output and errors come back; the machine is seen, and what is written is forgotten', async () => {
  const file = path.join(PROJECT, 'dist', 'written-in-a-guest');
  const script = [
    'echo "out: $WORD"',
    'echo "err" >&2',
    `test -f ${PROJECT}/package.json && echo seen`,
    `echo forgotten >${file} && cat ${file}`,
    'stat -fc %T /sys/fs/cgroup',
    'exit 37',
  ].join('\n');
  const {end, stdout, stderr} = await guest(script, {env: {WORD: "it's $HOME"}});
  expect(end).toMatchObject({kind: 'exited', status: 37});
  expect(stdout.split('\n')).toEqual(["out: it's $HOME", 'seen', 'forgotten', 'cgroup2fs', '']);
  expect(stderr).toBe('err\n');
  expect(existsSync(file)).toBe(false);
});

boots('writable: what is written into the project is there afterwards; cgroups of v1', async () => {
  const kept = keepFolder();
  const project = kept.path;
  try {
    writeFileSync(path.join(project, 'given'), 'given');
    const script = 'cat given >taken; pwd; test -d /sys/fs/cgroup/cpu,cpuacct && ! grep -q cgroup2 /proc/mounts';
    const {end, stdout} = await guest(script, {project, writable: true, cgroup: 'v1'});
    expect(end).toMatchObject({kind: 'exited', status: 0});
    expect(stdout).toBe(`${project}\n`);
    expect(readFileSync(path.join(project, 'taken'), 'utf8')).toBe('given');
  } finally {
    await kept.remove();
  }
});

boots('a guest that does not end is ended', async () => {
  const {end} = await guest('exec sleep 1000', {timeout: 3});
  expect(end.kind).toBe('timeout');
});

boots('a guest that goes down without a status has not succeeded, and the console says why', async () => {
  const broken = await guest('true', {append: ['rdinit=/nothing']});
  expect(broken.end.kind).toBe('silent');
  expect(broken.end).toMatchObject({console: expect.stringContaining('Kernel panic')});

  const off = await guest('echo before; echo o >/proc/sysrq-trigger; exec sleep 1000');
  expect(off.end.kind).toBe('silent');
  expect(off.stdout).toBe('before\n');
});

boots(
  'labs of a guest that went down have no report, whenever they are asked for, and the reason is told',
  async () => {
    const pass = new Pass({cgroup: 'v2', sections: [{name: 'all', verify: ['--solved']}], timeout: 3});
    const [early] = await Promise.all([pass.report('all', '01'), pass.end]);
    expect([early, await pass.report('all', '02')]).toEqual([undefined, undefined]);
    expect(await pass.lastWords()).toMatch(/^the guest ended after \d+ s: timeout/);
    const never = {skip: () => expect.unreachable('skipped')};
    await expect(expectPassed(never, pass, 'all', '03')).rejects.toThrow('lab 03: no report; the guest ended');
  },
);

boots('killed at any moment, the runner leaves no process and no folder', async () => {
  for (const [signal, status] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGKILL', null],
  ] as const) {
    const scratch = keepFolder();
    try {
      const runner = spawn(
        process.execPath,
        [path.join(PROJECT, 'scripts/vm/run.ts'), '--', 'sh', '-c', 'echo up; exec sleep 1000'],
        {
          env: {...process.env, TMPDIR: scratch.path},
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      );
      const ended = once(runner, 'exit');
      const early = ended.then(([code]) => expect.unreachable(`the runner ended with ${code} before its guest was up`));
      early.catch(() => {}); // later it is killed
      await Promise.race([once(runner.stdout, 'data'), early]);
      const children = childrenOf(runner.pid!);
      expect(children.length).toBeGreaterThanOrEqual(4); // QEMU, two shares, the folder's guard
      runner.kill(signal);
      const [code] = await ended;
      expect(code).toBe(status);
      await expect.poll(() => children.filter(lives), {timeout: 60_000}).toEqual([]);
      expect(readdirSync(scratch.path)).toEqual([]);
    } finally {
      await scratch.remove();
    }
  }
});

function childrenOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
}

/** What nobody has waited for yet is dead all the same. */
function lives(pid: string): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
