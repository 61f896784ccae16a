/** Texts of /proc and /etc as other machines have them: Debian, Ubuntu, RHEL. */
import {expect, test} from 'vitest';
import {
  freeSubId,
  parseSubIds,
  subIdsFinding,
  unprivilegedFinding,
  userNamespaceBarrier,
} from '../../../src/engine/host/userns.ts';

const files = (content: Record<string, string>) => (path: string) => content[path];
const sysctl = (name: string, value: string) => files({[`/proc/sys/${name}`]: `${value}\n`});

test('what keeps user namespaces from ordinary users, and the setting that opens them', () => {
  expect(userNamespaceBarrier(files({}))).toBeUndefined();
  expect(userNamespaceBarrier(sysctl('kernel/unprivileged_userns_clone', '1'))).toBeUndefined();
  expect(userNamespaceBarrier(sysctl('kernel/unprivileged_userns_clone', '0'))).toEqual({
    why: 'clone',
    setting: 'kernel.unprivileged_userns_clone=1',
  });
  expect(userNamespaceBarrier(sysctl('user/max_user_namespaces', '0'))?.setting).toBe('user.max_user_namespaces=10000');
  expect(userNamespaceBarrier(sysctl('user/max_user_namespaces', '7'))).toBeUndefined();
});

test('AppArmor of Ubuntu holds back those without a profile of their own', () => {
  const restricted = {'/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '1\n'};
  const barrier = {why: 'apparmor', setting: 'kernel.apparmor_restrict_unprivileged_userns=0'};
  expect(userNamespaceBarrier(files(restricted))).toEqual(barrier);
  expect(userNamespaceBarrier(files({...restricted, '/proc/self/attr/current': 'unconfined\n'}))).toEqual(barrier);
  const own = {...restricted, '/proc/self/attr/current': 'glassbox (unconfined)\n'};
  expect(userNamespaceBarrier(files(own))).toBeUndefined();
  const off = {'/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '0\n'};
  expect(userNamespaceBarrier(files(off))).toBeUndefined();
});

test('for an ordinary user a barrier decides, for root it is a word about others', () => {
  const closed = sysctl('kernel/unprivileged_userns_clone', '0');
  expect(unprivilegedFinding(false, closed)).toMatchObject({
    ok: 'no',
    found: 'kernel.unprivileged_userns_clone=0',
    meaning: 'host.unprivileged.clone',
    params: {command: 'sysctl -w kernel.unprivileged_userns_clone=1'},
  });
  expect(unprivilegedFinding(true, closed).ok).toBe('partly');
  expect(unprivilegedFinding(false, files({})).ok).toBe('yes');
});

const table = '# a comment\nanna:100000:65536\n1002:165536:65536\nbob:1:\nanna:300000:10\nanna:400000:0\n';

test('ranges of subuid(5), by name and by number; what is no range is none', () => {
  expect(parseSubIds(table, {name: 'anna', uid: 1001})).toEqual([
    {start: 100000, count: 65536},
    {start: 300000, count: 10},
  ]);
  expect(parseSubIds(table, {name: 'carl', uid: 1002})).toEqual([{start: 165536, count: 65536}]);
  expect(parseSubIds(table, {name: 'bob', uid: 1003})).toEqual([]);
});

test('a new range lies above everybody’s', () => {
  expect(freeSubId('', '')).toBe(100000);
  expect(freeSubId(table, 'x:900000:5\n')).toBe(900005);
});

test('root needs no ranges; without the helpers they are of no use', () => {
  expect(subIdsFinding('/nosuch', true).ok).toBe('yes');
  const user = {name: 'anna', uid: 1001};
  const read = files({'/etc/subuid': table, '/etc/subgid': table});
  expect(subIdsFinding('/nosuch', false, user, read)).toMatchObject({
    ok: 'partly',
    meaning: 'host.subids.no-helper',
    params: {apt: 'uidmap', apk: 'shadow-subids'},
  });
});
