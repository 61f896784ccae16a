/** Specifications that no one would write: whatever comes, each problem has a place and an expected form. */
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {engineWords} from '../../../src/course/words/engine.ts';
import {render} from '../../../src/course/words/say.ts';
import {EngineError} from '../../../src/engine/errors.ts';
import {parseSpec, specProblems} from '../../../src/engine/spec.ts';

/** Every part of a specification once. */
const whole = {
  ociVersion: '1.2.0',
  process: {
    args: ['sh', '-c', 'true'],
    env: ['A=1'],
    cwd: '/',
    init: true,
    user: {uid: 0, gid: 0, additionalGids: [1], umask: 18},
    capabilities: {bounding: ['CAP_CHOWN'], permitted: ['CAP_CHOWN'], effective: ['CAP_CHOWN']},
    noNewPrivileges: true,
    rlimits: [{type: 'RLIMIT_NOFILE', soft: 64, hard: 64}],
    oomScoreAdj: 100,
    scheduler: {policy: 'SCHED_BATCH', nice: 5},
    ioPriority: {class: 'IOPRIO_CLASS_BE', priority: 6},
  },
  hostname: 'box',
  root: {path: 'root', layers: ['a', 'b'], programs: ['sh']},
  mounts: [{destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'rro']}],
  annotations: {key: 'value'},
  network: {mode: 'bridge', subnet: '10.20.0.0/24', address: '10.20.0.7', nat: false},
  linux: {
    namespaces: [{type: 'mount'}, {type: 'uts'}, {type: 'user'}, {type: 'network'}, {type: 'time'}],
    uidMappings: [{containerID: 0, hostID: 100000, size: 65536}],
    gidMappings: [{containerID: 0, hostID: 100000, size: 65536}],
    rootfsPropagation: 'private',
    resources: {cpu: {shares: 512, quota: 10000, period: 100000}, memory: {limit: 1e7}, pids: {limit: 10}},
    devices: [{type: 'c', path: '/dev/null', major: 1, minor: 3, fileMode: 438}],
    maskedPaths: ['/proc/kcore'],
    readonlyPaths: ['/proc/sys'],
    sysctl: {'net.ipv4.ip_forward': '1'},
    seccomp: {
      defaultAction: 'SCMP_ACT_ALLOW',
      syscalls: [
        {names: ['mkdir'], action: 'SCMP_ACT_ERRNO', errnoRet: 1, args: [{index: 0, value: 1, op: 'SCMP_CMP_EQ'}]},
      ],
    },
    timeOffsets: {boottime: {secs: 7, nanosecs: 0}},
  },
};

type Path = (string | number)[];
function paths(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [at, ...keys.flatMap(key => paths((value as Record<string, unknown>)[key], [...at, key]))];
}

/** A copy with another value at this place; no value: without it. */
function changed(value: unknown, [key, ...rest]: Path, by: {value?: unknown}): unknown {
  if (key === undefined) return by.value;
  const copy = (Array.isArray(value) ? [...value] : {...(value as object)}) as Record<string, unknown>;
  if (rest.length === 0 && !('value' in by)) delete copy[key];
  else copy[key] = changed(copy[key], rest, by);
  return copy;
}

const deep = (n: number): unknown => {
  let value: unknown = 1;
  for (let i = 0; i < n; i++) value = [value];
  return value;
};
const circle: Record<string, unknown> = {};
circle.self = circle;
const throwing = {
  get args() {
    throw new TypeError('no');
  },
};
/** Not undefined: such a key counts as left out. */
const strange: unknown[] = [
  ...[null, true, 0, -1, 1.5, NaN, Infinity, -0, 2 ** 31, 2 ** 32, 2 ** 53, 1e300, 10n ** 30n, Symbol('s')],
  ...[
    '',
    '\0',
    'a\0b',
    '\ud800',
    'x\udfff',
    '/',
    '//',
    '..',
    '/../..',
    '/proc/self/fd/3',
    'x'.repeat(200_000),
    '\n',
    ' ',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '/__proto__', 'CAP_', 'RLIMIT_', '٣', '1e3', '=', '=x'],
  ...[[], {}, [[]], [null], [undefined], new Array(3), {length: 1, 0: 'sh'}, circle, [circle], deep(20_000), () => 1],
  ...[throwing, new Proxy({}, {ownKeys: () => ['a', 'a']}), new Date(), new Map(), /x/, Buffer.from('x')],
  ...[JSON.parse('{"__proto__": {"args": ["x"]}}'), Object.create(whole), {toJSON: () => whole}, {constructor: 1}],
];

function problemsAreSaid(value: unknown): void {
  const found = specProblems(value);
  for (const {code, params} of found) {
    for (const language of ['en', 'zh'] as const) {
      expect(engineWords[code], code).toBeDefined();
      const said = render(engineWords, language, code, params);
      // A place may be a name of the author's, of any length and shape: words are looked at without it.
      const form = render(engineWords, language, code, {...params, path: 'place', key: 'key', got: 'this'});
      expect(form, code).not.toMatch(/\{(path|got|expected|key|namespace|max)\}|undefined/);
      expect(said.length).toBeGreaterThan(0);
    }
    expect(params.path, code).toBeTruthy();
  }
  if (found.length === 0) parseSpec(value);
  else expect(() => parseSpec(value), JSON.stringify(found)).toThrow(EngineError);
}

describe('a valid specification, changed', () => {
  const places = paths(whole);

  it('is valid before', () => expect(specProblems(whole)).toEqual([]));

  it('at each place, by each strange value', () => {
    for (const place of places) {
      for (const value of strange) problemsAreSaid(changed(whole, place, {value}));
      problemsAreSaid(changed(whole, place, {}));
    }
  });

  it('at several places, by anything', () => {
    const value = fc.oneof(
      fc.constantFrom(...strange),
      fc.anything({withBigInt: true, withSparseArray: true}).filter(v => v !== undefined),
    );
    const change = fc.tuple(fc.constantFrom(...places.slice(1)), value);
    fc.assert(
      fc.property(fc.array(change, {minLength: 1, maxLength: 4}), changes => {
        let spec: unknown = whole;
        for (const [place, by] of changes) {
          // An earlier change may have taken the place away.
          if (place.slice(0, -1).reduce<unknown>((v, k) => (v as never)?.[k], spec) instanceof Object) {
            try {
              spec = changed(spec, place, {value: by});
            } catch {
              return; // what can't be copied can't be changed
            }
          }
        }
        problemsAreSaid(spec);
      }),
      {seed: 8, numRuns: 1500},
    );
  });

  it.each([
    ['process.args[1]', ['process', 'args', 1], '\ud800', 'spec.surrogate process.args[1]'],
    ['process.rlimits[0].type', ['process', 'rlimits', 0, 'type'], 'toString', 'spec.value process.rlimits[0].type'],
    ['hostname', ['hostname'], circle, 'spec.type hostname'],
    ['hostname', ['hostname'], deep(20_000), 'spec.type hostname'],
    ['mounts[0].destination', ['mounts', 0, 'destination'], 'proc', 'spec.absolute mounts[0].destination'],
    ['process', ['process'], throwing, 'spec.type .'],
  ])('%s names its place', (_name, place, value, expected) => {
    const [found] = specProblems(changed(whole, place, {value}));
    expect(`${found?.code} ${found?.params.path}`).toBe(expected);
  });

  it.each(['annotations', 'linux.sysctl', 'linux.resources.unified'])(
    '%s under "__proto__" is not passed over',
    place => {
      const at = place.split('.').reduceRight((inner, key) => `{"${key}": ${inner}}`, '{"__proto__": "x"}');
      const found = specProblems({process: {args: ['x']}, ...JSON.parse(at)});
      expect(found.map(({code, params}) => `${code} ${params.path}`)).toEqual([`spec.unknown-key ${place}.__proto__`]);
    },
  );

  it('leaves nothing on the prototypes of others', () => {
    const spec = parseSpec(JSON.parse('{"process": {"args": ["x"]}, "annotations": {"constructor": "y"}}'));
    expect(spec.annotations).toEqual({constructor: 'y'});
    expect(({} as Record<string, unknown>).args).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('an option of a mount', () => {
  it.each(['constructor', '__proto__', 'toString', 'valueOf'])('%s is the file system’s', word => {
    const mounts = [{destination: '/mnt', type: 'bind', source: '/tmp', options: ['bind', word]}];
    const linux = {namespaces: [{type: 'mount'}]};
    const [found] = specProblems({process: {args: ['x']}, mounts, linux});
    expect(`${found?.code} ${found?.params.path}`).toBe('spec.mount-option mounts[0].options[1]');
  });
});
