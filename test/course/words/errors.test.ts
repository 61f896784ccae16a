/** Errors in words: what happened, the call, what its errno means and what to do; and the manual page of each call. */
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {errorParts, type Lang, manPage, sayErrno, sayError} from '../../../src/course/index.ts';
import {sayOwnStep} from '../../../src/course/words/man-pages.ts';
import {pseudo} from '../../../src/engine/plan/layout.ts';

/** What mount, clone, cgroup files, sockets and programs of the labs fail with. */
const met =
  'E2BIG EACCES EADDRINUSE EADDRNOTAVAIL EAGAIN EBADF EBUSY ECHILD ECONNREFUSED EDQUOT EEXIST EFAULT EFBIG EHOSTUNREACH EINTR EINVAL EIO EISDIR ELOOP EMFILE EMLINK ENAMETOOLONG ENETDOWN ENETUNREACH ENFILE ENOBUFS ENODEV ENOENT ENOEXEC ENOMEM ENOSPC ENOSYS ENOTBLK ENOTDIR ENOTEMPTY ENOTSUP ENOTTY ENXIO EOPNOTSUPP EOVERFLOW EPERM EPIPE ERANGE EROFS ESPIPE ESRCH ESTALE ETIMEDOUT ETXTBSY EUSERS EXDEV'.split(
    ' ',
  );

const langs: Lang[] = ['en', 'zh'];

const call = (errno: string) => ({
  who: 'child' as const,
  call: 'mount',
  args: ['"proc"', '"/proc"'],
  result: -1n,
  errno,
  startNs: 0n,
  durationNs: 0n,
  purpose: '',
});

describe.each(langs)('in %s', lang => {
  test('an error says what happened, the call, and what its errno means', () => {
    const info = {code: 'call.failed', params: {call: 'mount', errno: 'EPERM'}, call: call('EPERM')};
    const {message, call: shown, meaning} = errorParts(info, lang);
    expect(message).toContain('EPERM');
    expect(shown).toBe('mount("proc", "/proc") = -1 EPERM');
    expect(meaning).toContain('CAP_SYS_ADMIN');
    expect(sayError(info, lang).split('\n')).toHaveLength(3);
  });

  test('an errno that comes without a call is explained too', () => {
    const {meaning} = errorParts({code: 'keeper.start', params: {file: '/x/keeper', errno: 'ENOEXEC'}}, lang);
    expect(meaning).toMatch(lang === 'en' ? /architecture/ : /架构/);
  });

  test('a step of keeper and child is said in words, not in codes', () => {
    const params = {step: 'EXECED', purpose: 'process.exec', errno: 'ECHILD'};
    const {message} = errorParts({code: 'step.failed', params}, lang);
    expect(message).toContain(sayOwnStep('EXECED', lang));
    expect(message).toContain('execve(2)');
    expect(message).not.toMatch(/EXECED|process\.exec/);
  });

  test.each(met)('%s has a meaning', errno => {
    expect(sayErrno(errno, lang)).not.toContain('man 3 errno');
    expect(sayErrno(errno, lang)).toMatch(lang === 'en' ? /[a-z]{3}/ : /[\u4e00-\u9fff]/);
  });

  test('what is no errno has none; one that nobody has worded leads to the manual', () => {
    expect(sayErrno('?', lang)).toBeUndefined();
    expect(sayErrno('success', lang)).toBeUndefined();
    expect(sayErrno('EUCLEAN', lang)).toContain('man 3 errno');
  });

  test.each(Object.keys(pseudo))('the step %s has words', step => {
    expect(sayOwnStep(step, lang)).toMatch(lang === 'en' ? /[a-z]/ : /[\u4e00-\u9fff]/);
  });
});

describe('manual pages', () => {
  const calls = [...readFileSync('src/engine/syscalls.ts', 'utf8').matchAll(/^ {2}(\w+): \[\d+, \d+\]/gm)].map(
    ([, name]) => name!,
  );
  /** Younger than the manual that most systems have. */
  const young = new Set(['fsconfig', 'fsmount', 'fsopen', 'fspick', 'move_mount', 'open_tree']);
  const folder = '/usr/share/man/man2';
  const pages = existsSync(folder) ? readdirSync(folder).map(name => name.replace(/\.2.*$/, '')) : [];

  test.each([
    ['mount', 'mount(2)'],
    ['clone3', 'clone(2)'],
    ['mkdirat', 'mkdir(2)'],
    ['umount2', 'umount(2)'],
    ['openat2', 'openat2(2)'],
    ['sethostname', 'sethostname(2)'],
  ])('%s is in %s', (name, page) => {
    expect(manPage(name)).toBe(page);
  });

  test.skipIf(!pages.includes('mount'))('each call has a page that the manual has', () => {
    expect(calls.length).toBeGreaterThan(100);
    const missing = calls.filter(name => !young.has(name) && !pages.includes(manPage(name).slice(0, -3)));
    expect(missing).toEqual([]);
  });
});
