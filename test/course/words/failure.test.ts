/** Words of failed calls: each row can be reached, says why and what to do, in both languages. */
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {errorParts, type Lang, sayErrno, sayFailure} from '../../../src/course/index.ts';
import {failureRow, failureRows} from '../../../src/course/words/failure.ts';
import {callNumbers, errnos} from '../../../src/engine/syscalls.ts';
import {provoked, rowName, unprovoked} from '../../engine/live/provoked.ts';

const langs: Lang[] = ['en', 'zh'];
const failed = (call: string, errno: string, purpose = '', ...args: string[]) => ({call, errno, purpose, args});

test('calls and errnos are those of the kernel', () => {
  for (const {calls, errno} of failureRows) {
    expect(errnos).toHaveProperty(errno);
    for (const call of calls) expect(callNumbers).toHaveProperty(call);
  }
});

test('of each it is said where it has been seen for real, or why not', () => {
  const said = [...Object.keys(provoked), ...Object.keys(unprovoked)];
  expect(said.sort()).toEqual(failureRows.map(rowName).sort());
  for (const [file, text] of Object.values(provoked)) {
    expect(readFileSync(new URL(`../../${file}.test.ts`, import.meta.url), 'utf8'), file).toContain(text);
  }
});

test('no row is hidden behind one before it', () => {
  failureRows.forEach((row, i) => {
    const earlier = failureRows.slice(0, i).filter(one => one.errno === row.errno && !one.where);
    const open = row.calls.filter(call => !earlier.some(one => one.calls.includes(call)));
    expect(open, `${row.calls.join()} ${row.errno} ${row.where}`).not.toEqual([]);
  });
});

test.each(langs)('each says why, and then what to do, in %s', lang => {
  for (const row of failureRows) {
    const sentences = row[lang].split(lang === 'en' ? /[.](?:\s|$)/ : /。/).filter(Boolean);
    expect(sentences.length, row[lang]).toBeGreaterThanOrEqual(2);
    expect(row[lang]).toMatch(lang === 'en' ? /\.$/ : /。$/);
  }
});

describe('which one is told', () => {
  test.each([
    [
      'a user namespace that is forbidden',
      failed('unshare', 'EPERM', '', 'CLONE_NEWUSER|CLONE_NEWNS'),
      'administrator',
    ],
    ['other namespaces', failed('unshare', 'EPERM', '', 'CLONE_NEWNS'), 'CAP_SYS_ADMIN'],
    [
      'proc in a user namespace',
      failed('mount', 'EPERM', 'mount.proc', '"proc"', '"/proc"', '"proc"'),
      'PID namespace',
    ],
    ['any other mount', failed('mount', 'EPERM', 'mount', '"x"', '"/mnt"', '"ext4"'), 'tmpfs'],
    ['overlay', failed('mount', 'EINVAL', 'mount.overlay', '"overlay"', '"/m"', '"overlay"'), 'workdir'],
    ['an option', failed('mount', 'EINVAL', '', '"tmpfs"', '"/m"', '"tmpfs"', '0', '"x"'), 'spelling'],
    ['gid_map', failed('write', 'EPERM', 'user.gid-map', '5', '"0 0 2\\n"'), 'setgroups'],
    ['gid_map of a stage', failed('write', 'EPERM', 'stage.user.gid-map', '5', '"0 0 2\\n"'), 'setgroups'],
    ['uid_map', failed('write', 'EPERM', 'user.uid-map', '5', '"0 0 2\\n"'), 'newuidmap'],
    ['cgroup.procs', failed('write', 'EBUSY', 'cgroup.join', '5', '"0"'), 'internal processes'],
    ['a group by clone3', failed('clone3', 'EOPNOTSUPP', '', '{flags=CLONE_INTO_CGROUP}'), 'cgroup.type'],
  ])('%s', (_what, call, word) => {
    expect(sayFailure(call, 'en')).toContain(word);
    expect(sayFailure(call, 'zh')).toMatch(/[\u4e00-\u9fff].*。$/);
  });

  test('a pair without a meaning of its own is told by its errno', () => {
    const call = failed('mkdirat', 'EROFS', 'stage.folder');
    expect(failureRow(call)).toBeUndefined();
    expect(sayFailure(call, 'en')).toBe(sayErrno('EROFS', 'en'));
  });

  test('what did not fail has no reason', () => {
    expect(sayFailure({call: 'mount', args: [], purpose: ''}, 'en')).toBeUndefined();
  });

  test('an error speaks of the pair too', () => {
    const call = {...failed('pivot_root', 'EINVAL', 'root.pivot'), who: 'child' as const, startNs: 0n, durationNs: 0n};
    const {meaning} = errorParts({code: 'call.failed', params: {call: 'pivot_root', errno: 'EINVAL'}, call}, 'en');
    expect(meaning).toContain('mount point');
  });
});
