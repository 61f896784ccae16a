import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {patience} from '../../../src/course/patience.ts';
import {capabilityNames} from '../../../src/engine/facts/capabilities.ts';
import {normalizeTable, parseStat, parseStatus, readStat, slurp} from '../../../src/engine/facts/proc.ts';
import {statusFacts, timeOffsets} from '../../../src/engine/facts/process.ts';
import {parseUtsname, utsPlan} from '../../../src/engine/facts/uts.ts';

describe('stat', () => {
  const tail = '34816 6482 4194304 384 0 1 0 0 0 0 0 20 0 1 0 127930 2654208 364';
  test('the name of a command may look like the rest of the line', () => {
    expect(parseStat(`12 (a) S 1 (b) c) S 3 4 5 ${tail}`)).toEqual({
      pid: 12,
      comm: 'a) S 1 (b) c',
      state: 'S',
      ppid: 3,
      pgrp: 4,
      session: 5,
      tty: 34816,
      tpgid: 6482,
      nice: 0,
      priority: undefined,
      policy: undefined,
      start: 127930n,
    });
  });

  test('what is no stat line gives nothing', () => {
    expect(parseStat('')).toBeUndefined();
    expect(parseStat('12 (sh')).toBeUndefined();
    expect(parseStat('12 (sh) S 1 2')).toBeUndefined();
  });

  test('agrees with this process', () => {
    expect(readStat(process.pid)).toMatchObject({pid: process.pid, ppid: process.ppid});
  });
});

describe('status', () => {
  const text = [
    'Name:\tsh',
    'Uid:\t0\t1000\t0\t0',
    'Gid:\t0\t1001\t0\t0',
    'Groups:\t4 20 ',
    'NSpid:\t412\t12\t1',
    'SigBlk:\t0000000000010000',
    'SigIgn:\t0000000000380004',
    'SigCgt:\t4000000200000002',
    'CapInh:\t0000000000000000',
    'CapEff:\t0000010000200001',
    'NoNewPrivs:\t1',
    'Seccomp:\t2',
  ].join('\n');

  test('facts of it', () => {
    expect(statusFacts(text)).toEqual({
      nspids: [412n, 12n, 1n],
      nspid: 1n,
      uid: 1000n,
      gid: 1001n,
      uids: [0n, 1000n, 0n, 0n],
      gids: [0n, 1001n, 0n, 0n],
      groups: [4n, 20n],
      caps: {inheritable: [], effective: ['CAP_CHOWN', 'CAP_SYS_ADMIN', 'CAP_CHECKPOINT_RESTORE']},
      signals: {
        blocked: ['SIGCHLD'],
        ignored: ['SIGQUIT', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'],
        caught: ['SIGINT', 'SIGRTMIN', 'SIGRTMIN+29'],
      },
      no_new_privs: true,
      seccomp: 2n,
    });
  });

  test('what this kernel does not print is absent', () => {
    expect(statusFacts('Name:\tsh\n')).toEqual({uids: [], gids: [], groups: [], caps: {}, signals: {}});
  });
});

test('capabilities have the numbers of the kernel’s header', () => {
  const header = '/usr/include/linux/capability.h';
  const defined = [...readFileSync(header, 'utf8').matchAll(/^#define (CAP_\w+)\s+(\d+)$/gm)];
  expect(defined.length).toBeGreaterThan(35);
  for (const [, name, number] of defined) expect(capabilityNames(1n << BigInt(number!))).toEqual([name]);
  expect(capabilityNames(1n << 62n)).toEqual(['CAP_62']);
});

test('maps and offsets', () => {
  expect(normalizeTable('         0       1000          1\n         1     100000      65536\n')).toBe(
    '0 1000 1\n1 100000 65536',
  );
  expect(timeOffsets('monotonic           0         0\nboottime       -86400         5\n')).toEqual({
    monotonic: 0n,
    boottime: -86400n,
  });
});

test('names of struct new_utsname', () => {
  const bytes = Buffer.alloc(6 * 65);
  ['Linux', 'tiger', '6.1.0', '#1 SMP', 'x86_64', 'jungle'].forEach((text, i) => {
    bytes.write(text, i * 65);
  });
  expect(parseUtsname(bytes)).toEqual({hostname: 'tiger', kernel: '6.1.0', domainname: 'jungle'});
  bytes.fill('x', 65, 130);
  expect(parseUtsname(bytes).hostname).toBe('x'.repeat(65));
});

test('a plan that enters a namespace comes back in any case, and one that stays enters none', () => {
  expect(utsPlan(12).main.map(op => op.call)).toEqual(['openat', 'openat', 'setns', 'uname']);
  expect(utsPlan(12).final?.map(op => [op.call, op.args[0]])).toEqual([['setns', {slot: 'own'}]]);
  expect(utsPlan().main.map(op => op.call)).toEqual(['uname']);
  expect(utsPlan().final).toBeUndefined();
});

test('a file that is not there, and one whose process is gone', () => {
  expect(slurp('/proc/self/nosuch')).toBeUndefined();
  const gone = Number(execFileSync('sh', ['-c', 'echo $$'], {encoding: 'utf8'}));
  expect(readStat(gone)).toBeUndefined();
});

test('a zombie is gone', async () => {
  // The child reads until its input is closed, which is when its parent is no shell any more: that would bury it.
  const script = 'exec 3<&0; cat <&3 & echo $!; exec sleep 100 3<&-';
  const parent = spawn('sh', ['-c', script], {stdio: ['pipe', 'pipe', 'inherit']});
  const poll = {timeout: 30_000 * patience()};
  try {
    const zombie = Number(String((await once(parent.stdout, 'data'))[0]));
    await expect.poll(() => slurp(`/proc/${parent.pid}/comm`), poll).toBe('sleep\n');
    expect(readStat(zombie)).toBeDefined();
    parent.stdin.end();
    await expect.poll(() => slurp(`/proc/${zombie}/stat`) ?? 'gone', poll).toContain(') Z ');
    expect(readStat(zombie)).toBeUndefined();
  } finally {
    parent.kill('SIGKILL');
  }
});

test('parseStatus keeps what stands behind the first colon', () => {
  expect(parseStatus('a:\tb:c\n').get('a')).toBe('b:c');
});
