import {execFileSync} from 'node:child_process';
import {describe, expect, it} from 'vitest';
import {UINT64_MAX} from '../../../src/engine/spec/basics.ts';
import type {ProcessSpec} from '../../../src/engine/types.ts';
import {openStage, output} from '../support.ts';
import {problemsOf, refused, sh} from './support.ts';

const limit = (type: string, soft: number, hard: number) => ({rlimits: [{type, soft, hard}]});

describe('process.rlimits', () => {
  it('are the program’s', async () => {
    const lines = (
      await sh('cat /proc/self/limits', {
        rlimits: [
          {type: 'RLIMIT_NOFILE', soft: 100, hard: 200},
          {type: 'RLIMIT_CORE', soft: 0, hard: 0},
          {type: 'RLIMIT_CPU', soft: 7, hard: UINT64_MAX},
        ],
      })
    ).split('\n');
    expect(lines.find(l => l.startsWith('Max open files'))).toMatch(/files\s+100\s+200/);
    expect(lines.find(l => l.startsWith('Max core'))).toMatch(/size\s+0\s+0/);
    expect(lines.find(l => l.startsWith('Max cpu'))).toMatch(/time\s+7\s+unlimited/);
  });

  it('hold: a file that is too large is cut off', async () => {
    const script = 'head -c 4096 /dev/zero > big; echo $?; wc -c < big; rm big';
    const stage = await openStage();
    const box = await stage.run('box', {
      process: {args: ['sh', '-c', script], cwd: stage.dir, ...limit('RLIMIT_FSIZE', 1024, 1024)},
    });
    expect(await output(box)).toMatch(/^153\n1024\n|\[stderr\]/);
  });

  it('hold for another user, and are kept when it enters', async () => {
    const stage = await openStage();
    const user = {uid: 1000, gid: 1000};
    const box = await stage.run('box', {process: {args: ['sleep', '100'], user, ...limit('RLIMIT_NOFILE', 64, 64)}});
    expect(await output(await box.exec({args: ['sh', '-c', 'ulimit -n']}))).toBe('64\n');
    await box.remove();
  });

  it('are refused where the kernel or the runtime-spec says so', async () => {
    expect(problemsOf(limit('RLIMIT_FILES', 1, 1))).toEqual(['spec.value process.rlimits[0].type']);
    expect(problemsOf(limit('RLIMIT_CORE', 2, 1))).toEqual(['spec.range process.rlimits[0].soft']);
    expect(problemsOf(limit('RLIMIT_CORE', -1, 1))).toEqual(['spec.range process.rlimits[0].soft']);
    const twice = {rlimits: [...limit('RLIMIT_CORE', 1, 1).rlimits, ...limit('RLIMIT_CORE', 2, 2).rlimits]};
    expect(problemsOf(twice)).toEqual(['spec.twice process.rlimits[1].type']);
    // More than any kernel lets a file table have (fs.nr_open).
    const error = await refused(limit('RLIMIT_NOFILE', 2 ** 40, 2 ** 40));
    expect(error).toMatchObject({code: 'call.failed', call: {call: 'prlimit64', errno: 'EPERM'}});
  });
});

describe('process.oomScoreAdj', () => {
  it('is written', async () => {
    expect(await sh('cat /proc/self/oom_score_adj', {oomScoreAdj: 321})).toBe('321\n');
  });
  it('is not left to a further process by chance', async () => {
    const stage = await openStage();
    const box = await stage.run('box', {process: {args: ['sleep', '100'], oomScoreAdj: 77}});
    expect(await output(await box.exec({args: ['cat', '/proc/self/oom_score_adj']}))).toBe('77\n');
    await box.remove();
  });
  it('has bounds', () => {
    expect(problemsOf({oomScoreAdj: 1001})).toEqual(['spec.range process.oomScoreAdj']);
  });
});

describe('process.scheduler', () => {
  const stat = 'cut -d")" -f2 /proc/self/stat';
  /** Fields 19 and 41 of /proc/PID/stat, counted behind the name. */
  const read = async (scheduler: object): Promise<{nice?: string; policy?: string}> => {
    const fields = (await sh(stat, {scheduler: scheduler as never})).trim().split(' ');
    return {nice: fields[16], policy: fields[38]};
  };
  it('policy and nice', async () => {
    expect(await read({policy: 'SCHED_BATCH', nice: 5})).toEqual({nice: '5', policy: '3'});
    expect(await read({policy: 'SCHED_IDLE'})).toMatchObject({policy: '5'});
    expect(await read({policy: 'SCHED_OTHER', nice: 3})).toEqual({nice: '3', policy: '0'});
  });
  it('priority, flags, and the times of a deadline', async () => {
    const fields = async (scheduler: ProcessSpec['scheduler']) => {
      // Two commands, so that the shell makes a process for the first.
      const all = (await sh(`${stat}; true`, {scheduler: scheduler!})).trim().split(' ');
      return {priority: all[37], policy: all[38]};
    };
    expect(await fields({policy: 'SCHED_RR', priority: 7})).toMatchObject({priority: '7', policy: '2'});
    // What the shell starts has lost it again.
    const reset = ['SCHED_FLAG_RESET_ON_FORK'];
    expect(await fields({policy: 'SCHED_RR', priority: 7, flags: reset})).toMatchObject({priority: '0', policy: '0'});
    const times = {runtime: 1_000_000, deadline: 5_000_000, period: 10_000_000};
    // Such a process may not fork: it is looked at from outside.
    const stage = await openStage();
    const box = await stage.run('box', {
      process: {args: ['sleep', '1000'], scheduler: {policy: 'SCHED_DEADLINE', ...times}},
    });
    const said = execFileSync('chrt', ['-p', String(box.pid)], {encoding: 'utf8'});
    expect(said).toMatch(/SCHED_DEADLINE[\s\S]*1000000\/5000000\/10000000/);
    const wrong = {policy: 'SCHED_DEADLINE' as const, ...times, runtime: 6_000_000};
    expect(await refused({scheduler: wrong})).toMatchObject({call: {call: 'sched_setattr', errno: 'EINVAL'}});
  });
  it('what has no effect is refused, and what the kernel refuses fails by name', async () => {
    expect(problemsOf({scheduler: {policy: 'SCHED_IDLE', nice: 3}})).toEqual(['spec.only-with process.scheduler.nice']);
    expect(problemsOf({scheduler: {policy: 'SCHED_OTHER', priority: 3}})).toHaveLength(1);
    expect(problemsOf({scheduler: {policy: 'SCHED_ISO'}})).toEqual(['spec.value process.scheduler.policy']);
    expect(await refused({scheduler: {policy: 'SCHED_FIFO', priority: 0}})).toMatchObject({
      code: 'call.failed',
      call: {call: 'sched_setattr', errno: 'EINVAL'},
    });
  });
});

describe('process.ioPriority', () => {
  it('is set', async () => {
    expect(await sh('ionice -p $$', {ioPriority: {class: 'IOPRIO_CLASS_BE', priority: 6}})).toBe(
      'best-effort: prio 6\n',
    );
    expect(await sh('ionice -p $$', {ioPriority: {class: 'IOPRIO_CLASS_IDLE'}})).toMatch(/^idle/);
  });
  it('has bounds', () => {
    expect(problemsOf({ioPriority: {class: 'IOPRIO_CLASS_BE', priority: 8}})).toEqual([
      'spec.range process.ioPriority.priority',
    ]);
  });
});

describe('linux.personality', () => {
  it('is what uname says', async () => {
    const script = 'uname -m; cat /proc/self/personality';
    const linux32 = await sh(script, {}, {linux: {personality: {domain: 'LINUX32'}}});
    expect(linux32).toMatch(process.arch === 'x64' ? /^i686\n00000008/ : /00000008/);
    expect(await sh(script, {}, {linux: {personality: {domain: 'LINUX'}}})).not.toMatch(/i686/);
  });
  it('flags and others are refused', () => {
    expect(problemsOf({}, {linux: {personality: {domain: 'LINUX', flags: []}}})).toEqual([
      'spec.unsupported linux.personality.flags',
    ]);
    expect(problemsOf({}, {linux: {personality: {domain: 'BSD'}}})).toEqual(['spec.value linux.personality.domain']);
  });
});

describe('process.user.umask', () => {
  it('is the program’s', async () => {
    expect(await sh('umask', {user: {uid: 0, gid: 0, umask: 0o27}})).toBe('0027\n');
    expect(problemsOf({user: {uid: 0, gid: 0, umask: 0o1000}})).toEqual(['spec.range process.user.umask']);
  });
});
