/** Values of options, as Docker writes them. */
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {capabilities} from '../../../src/cli/engine/flags/rights.ts';
import {
  bytes,
  containerName,
  cpus,
  environment,
  idMapping,
  limits,
  pairs,
  tmpfs,
  ulimit,
  user,
} from '../../../src/cli/engine/flags/values.ts';
import {mountsOf} from '../../../src/cli/engine/inspect.ts';
import {signalOf} from '../../../src/cli/engine/verbs/control.ts';
import {CliFailure} from '../../../src/cli/failure.ts';
import {cliWords} from '../../../src/cli/words.ts';
import {root} from '../../support/glassbox.ts';

/** The code of the failure that an expression ends with. */
function refused(act: () => unknown): string {
  try {
    return `nothing: ${JSON.stringify(act())}`;
  } catch (error) {
    if (!(error instanceof CliFailure)) throw error;
    expect(error.code in cliWords).toBe(true);
    return error.code;
  }
}

describe('values', () => {
  test.each([
    ['64m', 64 * 2 ** 20],
    ['1.5g', 1.5 * 2 ** 30],
    ['4096', 4096],
    ['512KiB', 512 * 1024],
    ['-1', -1],
  ])('bytes %s', (got, expected) => {
    expect(bytes('-m', got)).toBe(expected);
  });

  test.each(['', 'm', '0', '-2', '64q', '1e9', '9999999999999999', '64 m'])('no bytes: %j', got => {
    expect(refused(() => bytes('-m', got))).toBe('engine.expected.bytes');
  });

  test('CPUs are microseconds of a period', () => {
    expect(cpus('--cpus', '0.5')).toEqual({quota: 50_000, period: 100_000});
    expect(cpus('--cpus', '2')).toEqual({quota: 200_000, period: 100_000});
    for (const got of ['0', '0.001', 'x', '-1', '']) {
      expect(refused(() => cpus('--cpus', got))).toBe('engine.expected.cpus');
    }
  });

  test('limits go together; none of them is nothing', () => {
    expect(limits({memory: '1m', cpus: '1', cpuShares: '512', pidsLimit: '-1'})).toEqual({
      memory: {limit: 2 ** 20},
      cpu: {quota: 100_000, period: 100_000, shares: 512},
      pids: {limit: -1},
    });
    expect(limits({})).toBeUndefined();
    expect(refused(() => limits({pidsLimit: '-5'}))).toBe('engine.expected.integer');
  });

  test('users are numbers', () => {
    expect(user('-u', '1000')).toEqual({uid: 1000, gid: 0});
    expect(user('-u', '1:2')).toEqual({uid: 1, gid: 2});
    for (const got of ['root', '1:', ':1', '-1', '4294967295']) {
      expect(refused(() => user('-u', got))).toBe('engine.expected.user');
    }
  });

  test('the environment: PATH anyway, a name alone is taken from here, the last one wins', () => {
    const own = {MINE: 'here'};
    const env = environment(['A=1', 'MINE', 'A=2', 'NOT'], false, own);
    expect(env).toEqual([expect.stringMatching(/^PATH=/), 'A=2', 'MINE=here']);
    expect(environment([], true, {TERM: 'vt100'})).toContain('TERM=vt100');
    expect(refused(() => environment(['=x'], false, own))).toBe('engine.expected.env');
  });

  test('the others', () => {
    expect(pairs('--sysctl', ['a.b=c=d'])).toEqual({'a.b': 'c=d'});
    expect(tmpfs('/x:size=1m')).toMatchObject({destination: '/x', options: ['nosuid', 'nodev', 'size=1m']});
    expect(ulimit('nofile=10')).toEqual({type: 'RLIMIT_NOFILE', soft: 10, hard: 10});
    expect(ulimit('core=0:unlimited')).toEqual({type: 'RLIMIT_CORE', soft: 0, hard: 2 ** 64});
    expect(idMapping('--uidmap', '0:1000:1')).toEqual({containerID: 0, hostID: 1000, size: 1});
    expect(signalOf('term')).toBe('SIGTERM');
    expect(signalOf('9')).toBe(9);
    expect(containerName('a.b-c_1')).toBe('a.b-c_1');
    expect(refused(() => pairs('--sysctl', ['x']))).toBe('engine.expected.pair');
    expect(refused(() => tmpfs('x'))).toBe('engine.expected.tmpfs');
    expect(refused(() => ulimit('nofile'))).toBe('engine.expected.ulimit');
    expect(refused(() => idMapping('--uidmap', '0:1'))).toBe('engine.expected.map');
    expect(refused(() => signalOf('NOPE'))).toBe('engine.expected.signal');
    for (const name of ['', '-x', 'a/b', '..', 'x'.repeat(65), '名']) {
      expect(refused(() => containerName(name))).toBe('engine.expected.name');
    }
  });

  test('capabilities: what is dropped goes first, then what is added comes', () => {
    const base = ['CAP_CHOWN', 'CAP_KILL'];
    expect(capabilities(base, [], ['kill'])).toEqual(['CAP_CHOWN']);
    expect(capabilities(base, ['NET_ADMIN'], ['ALL'])).toEqual(['CAP_NET_ADMIN']);
    expect(capabilities(base, ['CAP_KILL'], ['KILL'])).toEqual(['CAP_CHOWN', 'CAP_KILL']);
    expect(refused(() => capabilities(base, ['FLY'], []))).toBe('engine.expected.capability');
  });

  test('mounts are read as the kernel tells them', () => {
    const line = '40 29 0:37 / /a\\040b rw,nosuid shared:1 - tmpfs none rw,size=4k';
    expect(mountsOf(`${line}\n`)).toEqual([
      {
        destination: '/a b',
        type: 'tmpfs',
        source: 'none',
        root: '/',
        options: ['rw', 'nosuid'],
        superOptions: ['rw', 'size=4k'],
      },
    ]);
  });
});

test('every code has words in both languages, with the same parameters', () => {
  const folder = path.join(root, 'src/cli/engine');
  const sources = readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter(name =>
    /(?<!words.*)\.ts$/.test(name),
  );
  const text = sources.map(name => readFileSync(path.join(folder, name), 'utf8')).join('\n');
  const codes = [...text.matchAll(/(?:wrong|cannot)\('([a-z.-]+)'/g)].map(([, code]) => `engine.${code}`);
  expect(codes.length).toBeGreaterThan(30);
  for (const code of codes) {
    const words = cliWords[code];
    const params = (s = ''): string[] => [...new Set([...s.matchAll(/\{(\w+)\}/g)].map(m => m[1]!))].sort();
    expect([code, Boolean(words?.en && words.zh)]).toEqual([code, true]);
    expect([code, params(words?.zh)]).toEqual([code, params(words?.en)]);
  }
});
