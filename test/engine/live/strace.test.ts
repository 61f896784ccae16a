/** The journal held against strace, in both directions: nothing in it that did not happen, nothing that happened is not in it. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {describe, expect, it, onTestFinished} from 'vitest';
import type {EngineStage} from '../../../src/engine/stage.ts';
import {errnos} from '../../../src/engine/syscalls.ts';
import type {ContainerSpec, Journal, JournalEntry} from '../../../src/engine/types.ts';
import {maps, openStage, output, rootFolder, types, until} from '../support.ts';

interface Seen {
  pid: number;
  call: string;
  args: string;
  /** As strace prints it: '0', '-1 EPERM', '?'. */
  result: string;
}

/** Lines of `strace -f -o`: a call that was interrupted by another process's line is put together again. */
function parse(text: string): Seen[] {
  const open = new Map<number, string>();
  const seen: Seen[] = [];
  for (const line of text.split('\n')) {
    const [, pidText, rest] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    if (!pidText || rest === undefined) continue;
    const pid = Number(pidText);
    const begun = /^(.*) <unfinished \.\.\.>$/.exec(rest);
    if (begun) {
      open.set(pid, begun[1]!);
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest);
    const whole = resumed ? (open.get(pid) ?? '') + resumed[1]! : rest;
    const call = /^(\w+)\((.*)\)\s+= (-?\d+|\?|0x[\da-f]+)( E\w+)?/.exec(whole);
    if (call) seen.push({pid, call: call[1]!, args: call[2]!, result: `${call[3]}${call[4] ?? ''}`});
  }
  return seen;
}

/** Runs `work` with the keeper and all its children under strace; `soFar` gives what that has written. */
async function traced(
  stage: EngineStage,
  work: (soFar: () => string) => Promise<unknown>,
  ...options: string[]
): Promise<Seen[]> {
  const dir = mkdtempSync('/tmp/glassbox-strace-');
  onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
  const strace = spawn('strace', ['-f', '-s', '9999', '-o', `${dir}/out`, ...options, '-p', String(stage.keeperPid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void strace.kill('SIGKILL'));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    strace.stderr.on('data', data => {
      said += String(data);
      if (said.includes('attached')) resolve();
    });
    strace.on('close', () => reject(new Error(`strace: ${said}`)));
  });
  await work(() => readFileSync(`${dir}/out`, 'utf8'));
  strace.kill('SIGINT');
  await once(strace, 'close');
  return parse(readFileSync(`${dir}/out`, 'utf8'));
}

/** Both spellings of the same arguments, made equal: order of flags, addresses, and what one of the two can't know. */
function plain(call: string, args: string): string {
  const text = args
    .replace(/pidfd=0x[\da-f]+, /, '')
    .replace(/, stack=NULL, stack_size=0/, '')
    .replace(/0x[\da-f]+ (\/\* \d+ vars? \*\/)/, '$1')
    .replace(/, resolve=0\b/, '')
    .replace(' /* MS_??? */', '')
    .replace(/filter=(0x[\da-f]+|\.\.\.)/, 'filter')
    .replace(/\b[A-Z_]+[A-Z\d_]*(\|[A-Z][A-Z\d_]*)+/g, flags => flags.split('|').sort().join('|'));
  // strace decodes neither of these two requests' arguments as we do.
  if (call === 'ioctl') return text.replace(/^(\d+, (TIOCGPTPEER|SIOCSIFFLAGS)), .*$/, '$1');
  if (call === 'read') return text.replace(/^(\d+), .*, (\d+)$/, '$1, $2');
  return text;
}

const resultText = (e: JournalEntry): string => (e.errno ? `-1 ${e.errno}` : String(e.result));
/** umask's result is octal in strace. */
const same = (seen: string, ours: string): boolean =>
  seen === ours || (/^0[0-7]+$/.test(seen) && Number.parseInt(seen, 8) === Number(ours));

/** A call of strace and one of the journal, in one form. */
const line = (call: string, args: string, result: string): string => `${call}(${plain(call, args)}) = ${result}`;
const ours = (e: JournalEntry): string => line(e.call, e.args.join(', '), resultText(e));

/**
 * What the interpreter does in the child besides the plan (native/child.c): it closes the keeper's descriptors and its
 * parent's end of the sync socket, speaks over its own, and unblocks signals. Each is told apart exactly.
 */
function withoutInterpreter(calls: readonly Seen[]): Seen[] {
  const sync = calls.find(c => c.call === 'sendto' && /MSG_NOSIGNAL, NULL, 0$/.test(c.args))?.args.split(',')[0];
  return calls.filter((c, i) => {
    if (i === 0) return !(c.call === 'close_range' && c.args === '3, 4, 0');
    if (i === 1) return c.call !== 'close';
    if (c.call === 'rt_sigprocmask') return c.args !== 'SIG_SETMASK, [], NULL, 8';
    if (c.call === 'sendto' || c.call === 'recvfrom') return !c.args.startsWith(`${sync},`);
    return true;
  });
}

/** Everything of the child between clone3 and its execve (or its failure), which is where the journal ends. */
function childCalls(seen: readonly Seen[], pid: number): Seen[] {
  // Where the vDSO cannot tell the time (a guest without a stable TSC), each time stamp is a system call.
  const calls = seen.filter(c => c.pid === pid && c.call !== 'clock_gettime');
  const end = calls.findIndex(c => c.call === 'execve');
  const failed = calls.findIndex(c => c.call === 'exit_group');
  return withoutInterpreter(calls.slice(0, end >= 0 ? end + 1 : failed >= 0 ? failed : undefined));
}

function compare(seen: readonly Seen[], journal: Journal, keeper: number): void {
  const ran = journal.filter(e => e.result !== undefined);
  const pid = Number(ran.find(e => e.call === 'clone3')?.result);
  expect(pid).toBeGreaterThan(1);
  // The child: the very same calls in the very same order.
  const theirs = childCalls(seen, pid);
  const mine = ran.filter(e => e.who === 'child');
  expect(mine.map(ours)).toEqual(
    theirs.map((c, i) => {
      const other = mine[i] && resultText(mine[i]);
      return line(c.call, c.args, other !== undefined && same(c.result, other) ? other : c.result);
    }),
  );
  expect(mine.length).toBeGreaterThan(4);
  // The keeper: each call of the journal happened, in this order; between them it does its own work.
  let at = 0;
  const keepers = seen.filter(c => c.pid === keeper).map(c => line(c.call, c.args, c.result));
  for (const entry of ran.filter(e => e.who === 'keeper')) {
    const found = keepers.indexOf(ours(entry), at);
    expect([ours(entry), found >= at]).toEqual([ours(entry), true]);
    at = found + 1;
  }
  // Nothing that makes or changes a process or a mount is left out of the journal.
  const telling = /^(clone3?|v?fork|unshare|setns|mount|umount2|pivot_root|chroot|sethostname|write\(\d+, "\d+ )/;
  const journaled = ran.filter(e => e.who === 'keeper').map(ours);
  for (const call of keepers.filter(k => telling.test(k))) expect(journaled).toContain(call);
}

const specs: [string, () => ContainerSpec][] = [
  ['no namespaces, pipes', () => ({process: {args: ['true']}})],
  [
    'a terminal and a host name',
    () => ({
      hostname: 'tiger',
      domainname: 'forest',
      process: {args: ['true'], terminal: true, consoleSize: {width: 90, height: 30}},
      linux: {namespaces: [{type: 'uts'}]},
    }),
  ],
  [
    'all eight namespaces, another user',
    () => ({
      hostname: 'x',
      process: {
        args: ['true'],
        terminal: true,
        user: {uid: 5, gid: 6, additionalGids: [7], umask: 0o27},
        noNewPrivileges: true,
      },
      linux: {namespaces: types.map(type => ({type})), ...maps},
    }),
  ],
  [
    'a root and mounts',
    () => {
      const {root, mounts} = rootFolder();
      return {
        process: {args: ['/bin/true'], cwd: '/tmp'},
        root: {...root, readonly: true},
        mounts: [
          ...mounts,
          {destination: '/proc', type: 'proc', options: ['nosuid', 'noexec']},
          {destination: '/tmp', type: 'tmpfs', source: 'tmpfs', options: ['mode=1777', 'size=1m']},
        ],
        linux: {namespaces: [{type: 'mount'}, {type: 'pid'}]},
      };
    },
  ],
  [
    'rights, limits, devices, masks, settings, clocks and a filter',
    () => {
      const {root, mounts, dir} = rootFolder();
      mkdirSync(`${dir}/dev`);
      return {
        process: {
          args: ['/bin/true'],
          user: {uid: 5, gid: 6},
          capabilities: {
            bounding: ['CAP_KILL', 'CAP_CHOWN'],
            permitted: ['CAP_KILL'],
            inheritable: ['CAP_KILL'],
            ambient: ['CAP_KILL'],
          },
          noNewPrivileges: true,
          rlimits: [{type: 'RLIMIT_NOFILE', soft: 100, hard: 2048}],
          oomScoreAdj: 100,
          scheduler: {policy: 'SCHED_BATCH', nice: 5, flags: ['SCHED_FLAG_RESET_ON_FORK']},
          ioPriority: {class: 'IOPRIO_CLASS_BE', priority: 6},
        },
        root,
        mounts: [
          ...mounts,
          {destination: '/proc', type: 'proc', options: ['nosuid']},
          {destination: '/dev', type: 'tmpfs'},
          {destination: '/tmp', type: 'bind', source: '/usr', options: ['rbind', 'rro', 'rnosuid']},
        ],
        linux: {
          namespaces: (['mount', 'pid', 'time', 'network'] as const).map(type => ({type})),
          devices: [
            {type: 'c', path: '/dev/net/tun', major: 10, minor: 200, fileMode: 0o600, uid: 5, gid: 6},
            {type: 'p', path: '/dev/pipe'},
          ],
          defaultDevices: true,
          maskedPaths: ['/proc/cpuinfo', '/proc/driver', '/proc/nowhere'],
          readonlyPaths: ['/proc/sys', '/proc/nowhere'],
          sysctl: {'net.ipv4.ip_forward': '1'},
          seccomp: {defaultAction: 'SCMP_ACT_ALLOW', flags: ['SECCOMP_FILTER_FLAG_LOG']},
          personality: {domain: 'LINUX32'},
          timeOffsets: {boottime: {secs: 7}},
        },
      };
    },
  ],
];

const ownTerminal = (): ContainerSpec => {
  const {root, mounts, dir} = rootFolder();
  mkdirSync(`${dir}/dev`);
  return {
    process: {args: ['/bin/sleep', '1000'], terminal: true, user: {uid: 5, gid: 6}},
    root,
    mounts: [
      ...mounts,
      {destination: '/dev', type: 'tmpfs'},
      {destination: '/dev/pts', type: 'devpts', options: ['newinstance', 'ptmxmode=0666']},
    ],
    linux: {namespaces: [{type: 'mount'}, {type: 'pid'}], defaultDevices: true},
  };
};

describe('what the journal says is what strace sees', () => {
  it.each(specs)('run: %s', async (_what, spec) => {
    const stage = await openStage();
    let journal: Journal = [];
    const seen = await traced(stage, async () => {
      const container = await stage.run('box', spec());
      await container.wait();
      ({journal} = container);
    });
    compare(seen, journal, stage.keeperPid);
  });

  it('groups and limits that are made while the root is built', async () => {
    const stage = await openStage({controllers: ['cpu']});
    let journal: Journal = [];
    const seen = await traced(stage, async () => {
      const {root, mounts} = rootFolder();
      const namespaces = (['mount', 'pid', 'user', 'cgroup'] as const).map(type => ({type}));
      const linux = {namespaces, ...maps, cgroupsPath: 'box', resources: {cpu: {quota: 20000, period: 100000}}};
      const container = await stage.run('box', {process: {args: ['/bin/true']}, root, mounts, linux});
      await container.wait();
      ({journal} = container);
    });
    compare(seen, journal, stage.keeperPid);
    expect(journal.map(e => e.purpose)).toContain('cgroup.limit.cpu');
  });

  it('create and start', async () => {
    const stage = await openStage();
    let journal: Journal = [];
    const seen = await traced(stage, async () => {
      const container = await stage.create('box', {process: {args: ['true']}, linux: {namespaces: [{type: 'uts'}]}});
      await container.start();
      await container.wait();
      ({journal} = container);
    });
    compare(seen, journal, stage.keeperPid);
  });

  it('exec into all namespaces', async () => {
    const stage = await openStage();
    const container = await stage.run('box', {
      process: {args: ['sleep', '1000']},
      linux: {namespaces: types.map(type => ({type})), ...maps},
    });
    let journal: Journal = [];
    const seen = await traced(stage, async () => {
      const entered = await container.exec({args: ['true'], terminal: true});
      await entered.wait();
      ({journal} = entered);
    });
    compare(seen, journal, stage.keeperPid);
  });

  it('a terminal of its own devpts, and a further one', async () => {
    const stage = await openStage();
    let journal: Journal = [];
    const passes = (seen: readonly Seen[]): void => {
      compare(seen, journal, stage.keeperPid);
      expect(journal.map(e => e.call)).toEqual(expect.arrayContaining(['socketpair', 'sendmsg', 'recvmsg']));
    };
    const first = await traced(stage, async soFar => {
      ({journal} = await stage.run('box', ownTerminal()));
      // It goes on: we hear of its execve a moment before strace has seen that return.
      await until('strace has seen the program', () => /execve.* = 0$/m.test(soFar()));
    });
    passes(first);
    const second = await traced(stage, async () => {
      const further = await stage.container('box')!.exec({args: ['true'], env: ['PATH=/bin'], terminal: true});
      await further.wait();
      ({journal} = further);
    });
    passes(second);
  });

  it('an attempt that fails, up to its failure', async () => {
    const stage = await openStage();
    let journal: Journal = [];
    const seen = await traced(stage, async () => {
      const spec: ContainerSpec = {
        process: {args: ['true']},
        mounts: [{destination: '/nowhere/at/all', type: 'tmpfs'}],
        linux: {namespaces: [{type: 'mount'}]},
      };
      await stage.run('box', spec).catch(error => {
        ({journal} = error);
      });
    });
    compare(seen, journal, stage.keeperPid);
    expect(journal.find(e => e.errno)).toMatchObject({call: 'mount', errno: 'ENOENT'});
  });
});

describe('an error that strace injects into one call', () => {
  it.each([
    ['sethostname', 'EPERM'],
    ['unshare', 'ENOSPC'],
    ['mount', 'EACCES'],
    ['clone3', 'EAGAIN'],
    ['setsid', 'EPERM'],
    ['pipe2', 'EMFILE'],
    ['execve', 'ENOMEM'],
  ] as const)('%s: %s', async (call, errno) => {
    const stage = await openStage();
    const spec: ContainerSpec = {
      hostname: 'x',
      process: {args: ['true']},
      linux: {namespaces: types.filter(t => t !== 'user').map(type => ({type}))},
    };
    const seen = await traced(
      stage,
      () =>
        expect(stage.run('box', spec)).rejects.toMatchObject({
          code: 'call.failed',
          params: {call, errno},
          call: {call, errno, result: -1n},
        }),
      '-e',
      `inject=${call}:error=${errno}`,
    );
    expect(seen.some(c => c.call === call && c.result === `-1 ${errno}`)).toBe(true);
    expect(errnos[errno]).toBeGreaterThan(0);
    // Without strace the same works again.
    expect(await output(await stage.run('again', {...spec, process: {args: ['hostname']}}))).toBe('x\n');
  });
});
