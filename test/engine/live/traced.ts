/** What strace sees of a stage, and how the journal is held against it. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {expect, onTestFinished} from 'vitest';
import type {EngineStage} from '../../../src/engine/stage.ts';
import type {Journal, JournalEntry} from '../../../src/engine/types.ts';

export interface Seen {
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
export async function traced(
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
  // Older than the flag.
  if (call === 'memfd_create') return text.replace(/\|?(MFD_EXEC|0x10)\b/, '');
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
  const isSync = (c: Seen): boolean =>
    (c.call === 'sendto' && /MSG_NOSIGNAL, NULL, 0$/.test(c.args)) ||
    (c.call === 'recvfrom' && /, "g", 1, 0, NULL, NULL$/.test(c.args));
  const sync = calls.find(isSync)?.args.split(',')[0];
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
  const end = calls.findIndex(c => /^execve(at)?$/.test(c.call));
  const failed = calls.findIndex(c => c.call === 'exit_group');
  return withoutInterpreter(calls.slice(0, end >= 0 ? end + 1 : failed >= 0 ? failed : undefined));
}

export function compare(seen: readonly Seen[], journal: Journal, keeper: number): void {
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
