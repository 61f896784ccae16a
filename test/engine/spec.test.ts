import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {engineWords} from '../../src/course/words/engine.ts';
import {render} from '../../src/course/words/say.ts';
import {checkRealHost, parseSpec, specProblems} from '../../src/engine/spec.ts';
import type {ContainerSpec} from '../../src/engine/types.ts';

const ok = {process: {args: ['sh']}};
const withSpaces = (...namespaces: unknown[]) => ({...ok, linux: {namespaces}});

/** [what is wrong, the value, code, path, further parameters] */
const bad: [string, unknown, string, string, Record<string, unknown>?][] = [
  ['nothing', undefined, 'spec.missing', '.', {expected: 'object'}],
  ['a list', [], 'spec.type', '.', {expected: 'object', got: '[]'}],
  ['no process', {}, 'spec.missing', 'process', {expected: 'object'}],
  ['no args', {process: {args: []}}, 'spec.range', 'process.args', {expected: '>= 1'}],
  ['an empty program', {process: {args: ['']}}, 'spec.empty', 'process.args[0]'],
  [
    'a number as an argument',
    {process: {args: ['sh', 7]}},
    'spec.type',
    'process.args[1]',
    {expected: 'string', got: '7'},
  ],
  ['a NUL in an argument', {process: {args: ['a\0b']}}, 'spec.nul', 'process.args[0]'],
  ['a key that is none', {...ok, hostnam: 'x'}, 'spec.unknown-key', 'hostnam', {key: 'hostnam'}],
  [
    'a key that is none, deep inside',
    withSpaces({type: 'uts', pth: '/x'}),
    'spec.unknown-key',
    'linux.namespaces[0].pth',
    {key: 'pth'},
  ],
  [
    'a namespace that is none',
    withSpaces({type: 'utx'}),
    'spec.value',
    'linux.namespaces[0].type',
    {got: '"utx"', expected: 'pid | network | mount | ipc | uts | user | cgroup | time'},
  ],
  [
    'a namespace twice',
    withSpaces({type: 'uts'}, {type: 'ipc'}, {type: 'uts'}),
    'spec.duplicate',
    'linux.namespaces[2].type',
    {got: 'uts'},
  ],
  [
    'a relative namespace path',
    withSpaces({type: 'uts', path: 'ns'}),
    'spec.absolute',
    'linux.namespaces[0].path',
    {got: '"ns"'},
  ],
  [
    'an environment without "="',
    {process: {args: ['sh'], env: ['A=1', 'B']}},
    'spec.env',
    'process.env[1]',
    {got: '"B"'},
  ],
  ['an environment without a name', {process: {args: ['sh'], env: ['=1']}}, 'spec.env', 'process.env[0]'],
  ['a relative cwd', {process: {args: ['sh'], cwd: 'tmp'}}, 'spec.absolute', 'process.cwd'],
  [
    'terminal as a word',
    {process: {args: ['sh'], terminal: 'yes'}},
    'spec.type',
    'process.terminal',
    {expected: 'boolean', got: '"yes"'},
  ],
  ['half a user', {process: {args: ['sh'], user: {uid: 0}}}, 'spec.missing', 'process.user.gid'],
  [
    'a negative uid',
    {process: {args: ['sh'], user: {uid: -1, gid: 0}}},
    'spec.range',
    'process.user.uid',
    {expected: '>= 0'},
  ],
  [
    'the uid that means none',
    {process: {args: ['sh'], user: {uid: 2 ** 32 - 1, gid: 0}}},
    'spec.range',
    'process.user.uid',
    {expected: '<= 4294967294'},
  ],
  [
    'a fraction as gid',
    {process: {args: ['sh'], user: {uid: 0, gid: 1.5}}},
    'spec.type',
    'process.user.gid',
    {got: '1.5'},
  ],
  [
    'a window without width',
    {process: {args: ['sh'], consoleSize: {height: 5, width: 0}}},
    'spec.range',
    'process.consoleSize.width',
  ],
  ['an empty host name', {...ok, hostname: ''}, 'spec.range', 'hostname'],
  [
    'a host name of 65 bytes in 33 letters',
    {...ok, hostname: `${'é'.repeat(32)}x`},
    'spec.too-long',
    'hostname',
    {max: 64},
  ],
  [
    'a host name in a user namespace without a uts namespace',
    {...withSpaces({type: 'user'}), hostname: 'tiger'},
    'spec.needs-namespace',
    'hostname',
    {namespace: 'uts'},
  ],
  [
    'a domain name in a joined user namespace without a uts namespace',
    {...withSpaces({type: 'user', path: '/proc/1/ns/user'}), domainname: 'zoo'},
    'spec.needs-namespace',
    'domainname',
    {namespace: 'uts'},
  ],
  [
    'a root without its mount namespace',
    {...ok, root: {path: '/srv'}},
    'spec.needs-namespace',
    'root',
    {namespace: 'mount'},
  ],
  [
    'a root in a joined mount namespace',
    {...withSpaces({type: 'mount', path: '/proc/1/ns/mnt'}), root: {path: '/srv'}},
    'spec.needs-namespace',
    'root',
  ],
  ['"/" as a root', {...withSpaces({type: 'mount'}), root: {path: '//'}}, 'spec.root-is-root', 'root.path'],
  [
    'maps without a user namespace',
    {...ok, linux: {uidMappings: [{containerID: 0, hostID: 0, size: 1}]}},
    'spec.needs-namespace',
    'linux.uidMappings',
    {namespace: 'user'},
  ],
  [
    'a map of size 0',
    {...ok, linux: {namespaces: [{type: 'user'}], gidMappings: [{containerID: 0, hostID: 0, size: 0}]}},
    'spec.range',
    'linux.gidMappings[0].size',
  ],
  [
    'propagation without a mount namespace',
    {...ok, linux: {rootfsPropagation: 'shared'}},
    'spec.needs-namespace',
    'linux.rootfsPropagation',
  ],
  ['propagation that is none', {...ok, linux: {rootfsPropagation: 'rshared'}}, 'spec.value', 'linux.rootfsPropagation'],
  ['a mount without a destination', {...ok, mounts: [{type: 'proc'}]}, 'spec.missing', 'mounts[0].destination'],
  ['a relative destination', {...ok, mounts: [{destination: 'proc'}]}, 'spec.absolute', 'mounts[0].destination'],
  ['an annotation that is no string', {...ok, annotations: {a: 1}}, 'spec.type', 'annotations.a'],
];

describe('a specification that is none', () => {
  it.each(bad)('%s', (_what, value, code, path, params = {}) => {
    const [first] = specProblems(value);
    expect(first).toMatchObject({code, params: {path, ...params}});
    expect(() => parseSpec(value)).toThrow(expect.objectContaining({code}));
    for (const lang of ['en', 'zh'] as const) {
      const text = render(engineWords, lang, first!.code, first!.params);
      expect(text).toContain(path);
      expect(text.replace(/\{type: \w+\}/, '')).not.toMatch(/[{}]/);
    }
  });

  it('is told with all of its faults', () => {
    const codes = specProblems({process: {args: [1], foo: 1}, bar: 2, hostname: 3}).map(
      p => `${p.code} ${p.params.path}`,
    );
    expect(codes.sort()).toEqual([
      'spec.type hostname',
      'spec.type process.args[0]',
      'spec.unknown-key bar',
      'spec.unknown-key process.foo',
    ]);
  });

  it('is never accepted because of what JSON cannot say', () => {
    expect(specProblems(ok)).toEqual([]);
    expect(() => parseSpec({...ok, hostname: 10n})).toThrow();
    const circle: Record<string, unknown> = {...ok};
    circle.linux = circle;
    expect(() => parseSpec(circle)).toThrow();
  });
});

const id = fc.integer({min: 0, max: 2 ** 32 - 2});
const word = fc.string({minLength: 1, maxLength: 12}).filter(s => !s.includes('\0'));
const opt = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, {nil: undefined});
const anySpec: fc.Arbitrary<ContainerSpec> = fc.record({
  process: fc.record({
    args: fc.array(word, {minLength: 1, maxLength: 5}),
    env: opt(fc.array(word.map(w => `X${w}=1`.replace('=', '_').concat('=1')))),
    cwd: opt(word.map(w => `/${w}`)),
    terminal: opt(fc.boolean()),
    user: opt(fc.record({uid: id, gid: id, additionalGids: opt(fc.array(id, {maxLength: 4}))})),
  }),
  hostname: opt(fc.string({minLength: 1, maxLength: 10}).filter(s => !s.includes('\0'))),
  linux: opt(
    fc.record({
      namespaces: fc.uniqueArray(
        fc.record({
          type: fc.constantFrom('pid', 'network', 'mount', 'ipc', 'uts', 'user', 'cgroup', 'time'),
          path: opt(fc.constant('/proc/1/ns/x')),
        }),
        {selector: n => n.type},
      ),
    }),
  ),
}) as fc.Arbitrary<ContainerSpec>;
/** Without those that give a name to the stage out of a user namespace. */
const specArbitrary = anySpec.filter(({hostname, linux}) => {
  const types = linux?.namespaces?.map(({type}) => type) ?? [];
  return hostname === undefined || !types.includes('user') || types.includes('uts');
});

describe('a valid specification', () => {
  it('is accepted, completed with defaults, copied and frozen', () => {
    fc.assert(
      fc.property(specArbitrary, spec => {
        const parsed = parseSpec(spec);
        expect(parsed.process.args).toEqual(spec.process.args);
        expect(parsed.process.cwd).toBe(spec.process.cwd ?? '/');
        expect(parsed.process.env?.length).toBeGreaterThanOrEqual(spec.process.env ? spec.process.env.length : 1);
        expect(Object.isFrozen(parsed.process.args)).toBe(true);
        expect(parsed).not.toBe(spec);
        expect(parseSpec(structuredClone(spec))).toBe(parsed);
      }),
    );
  });

  it('becomes invalid by any key that is not in it', () => {
    fc.assert(
      fc.property(
        specArbitrary,
        word.filter(w => !(w in Object.prototype)),
        (spec, key) => {
          const name = `x-${key}`;
          const [problem] = specProblems({...spec, process: {...spec.process, [name]: 1}});
          expect(problem).toMatchObject({code: 'spec.unknown-key', params: {key: name}});
        },
      ),
    );
  });

  it('gets TERM with a terminal, and nothing where an environment is given', () => {
    expect(parseSpec({process: {args: ['sh'], terminal: true}}).process.env).toEqual([
      expect.stringMatching(/^PATH=\//),
      'TERM=xterm-256color',
    ]);
    expect(parseSpec({process: {args: ['sh'], terminal: true, env: []}}).process.env).toEqual([]);
  });
});

describe('on the machine itself', () => {
  const uts = [{type: 'uts'}] as const;
  it.each([
    ['hostname', {...ok, hostname: 'x'}],
    ['domainname', {...ok, domainname: 'x'}],
    ['mounts', {...ok, mounts: [{destination: '/mnt', type: 'tmpfs'}]}],
  ])('%s without its namespace is refused', (path, spec) => {
    expect(() => checkRealHost(spec)).toThrow(
      expect.objectContaining({code: 'spec.needs-namespace-here', params: expect.objectContaining({path})}),
    );
  });
  it('with it, it is not', () => {
    expect(() => checkRealHost({...ok, hostname: 'x', linux: {namespaces: [...uts]}})).not.toThrow();
  });
});
