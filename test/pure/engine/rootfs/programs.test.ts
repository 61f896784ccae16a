/** Programs that are odd, damaged, foreign or hostile: an error that names the file and the fault, and nothing else. */
import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {engineWords} from '../../../../src/course/words/engine.ts';
import {EngineError} from '../../../../src/engine/errors.ts';
import {Collector, type Source} from '../../../../src/engine/rootfs/collect.ts';
import {elfNeeds} from '../../../../src/engine/rootfs/elf.ts';
import {type ElfParts, elf, host, machine} from './host.ts';

const ld = '/lib64/ld.so';
const libc = {[ld]: elf(), '/usr/lib/libc.so.6': elf({needed: ['ld.so'], runpath: '/lib64'})};

/** What is to be copied, or code and parameters of the error. */
function collect(source: Source, program: string): string[] | Record<string, string | number> {
  const collector = new Collector(source);
  try {
    collector.program(program);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const {code, params} = error;
    const words = engineWords[code];
    const holes = (text = ''): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    for (const lang of ['en', 'zh'] as const) {
      expect(holes(words?.[lang]).length, code).toBeGreaterThan(0);
      expect(Object.keys(params), `${code} ${lang}`).toEqual(expect.arrayContaining(holes(words?.[lang])));
    }
    return {code, ...params};
  }
  return [...collector.found.files].sort();
}

describe('what is no program of this machine', () => {
  test.each<[string, Buffer | string, string]>([
    ['32-bit', elf({bytes: {4: 1}}), 'rootfs.elf-32-bit'],
    ['of a 32-bit header that ends there', Buffer.from('7f454c4601010100', 'hex'), 'rootfs.elf-32-bit'],
    ['big-endian', elf({bytes: {5: 2}}), 'rootfs.elf-big-endian'],
    ['for another processor', elf({machine: machine === 62 ? 183 : 62}), 'rootfs.elf-other-machine'],
    ['an object file', elf({type: 1}), 'rootfs.elf-no-program'],
    ['a core dump', elf({type: 4}), 'rootfs.elf-no-program'],
    ['cut off after its name', Buffer.from('\x7fELF', 'latin1'), 'rootfs.elf-damaged'],
    ['of a class that is none', elf({bytes: {4: 9}}), 'rootfs.elf-damaged'],
    ['whose segments have another size', elf({bytes: {54: 32}}), 'rootfs.elf-damaged'],
    ['whose interpreter has no name', elf({interpreter: ''}), 'rootfs.elf-damaged'],
    ['a library without a name', elf({needed: ['']}), 'rootfs.elf-damaged'],
    ['empty', '', 'rootfs.not-runnable'],
    ['text', 'echo hello', 'rootfs.not-runnable'],
    ['a first line that names nothing', '#!  \nx', 'rootfs.not-runnable'],
    ['NULs', Buffer.alloc(4096), 'rootfs.not-runnable'],
  ])('%s', (_, content, code) => {
    const parts = {code, program: 'odd', file: '/usr/bin/odd'};
    expect(collect(host({'/usr/bin/odd': content}, {'/bin': 'usr/bin'}), 'odd')).toEqual(parts);
  });

  test.each(['/usr', '/', '..', '.', '/usr/bin/..', '/nowhere/x', '/bin/sh/x', 'x\ny'])('%j is no file', name => {
    const found = collect(host({'/usr/bin/sh': elf()}, {'/bin': 'usr/bin'}), name);
    expect(found).toMatchObject({code: 'rootfs.no-program', program: name});
  });

  test('a file that cannot be read', () => {
    const closed = {...host({'/bin/closed': ''}), read: () => expect.unreachable()} as Source;
    closed.read = () => {
      throw Object.assign(new Error('closed'), {code: 'EACCES'});
    };
    expect(collect(closed, 'closed')).toEqual({code: 'rootfs.unreadable', file: '/bin/closed', why: 'EACCES'});
  });
});

describe('links', () => {
  test.each([
    ['one that leads to itself', {'/bin/x': 'x'}],
    ['two in a circle', {'/bin/x': '/bin/y', '/bin/y': '../bin/x'}],
    ['a folder in itself', {'/bin/x': 'd/x', '/bin/d': '.'}],
    ['without end', {'/bin/x': '/bin/x/x'}],
  ])('%s', (_, links) => {
    expect(collect(host({}, links), 'x')).toMatchObject({code: 'rootfs.no-program'});
  });

  test('up and up ends at the top, absolute ones begin there; each on the way is noted', () => {
    const source = host(
      {'/opt/deep/real': elf()},
      {'/bin/x': '../../../../../../link', '/link': '/opt/up/deep/real', '/opt/up': '.'},
    );
    expect(collect(source, 'x')).toEqual(['/opt/deep/real']);
    const collector = new Collector(source);
    collector.program('x');
    expect([...collector.found.links.keys()].sort()).toEqual(['/bin/x', '/link', '/opt/up']);
  });
});

describe('scripts', () => {
  const shell = {'/bin/sh': elf()};

  test.each([
    ['with blanks and an argument', '#! \t/bin/sh\t-e\n'],
    ['without an end of line', '#!/bin/sh'],
    ['that end at a NUL', '#!/bin/sh\0garbage'],
  ])('%s', (_, text) => {
    expect(collect(host({...shell, '/bin/x': text}), 'x')).toEqual(['/bin/sh', '/bin/x']);
  });

  test('env starts the program that it is given', () => {
    const files = {...shell, '/usr/bin/env': elf(), '/usr/bin/perl': elf()};
    for (const line of ['#!/usr/bin/env perl', '#!/usr/bin/env -S A=b perl -w']) {
      expect(collect(host({...files, '/bin/x': line}), 'x')).toEqual(['/bin/x', '/usr/bin/env', '/usr/bin/perl']);
    }
    expect(collect(host({...files, '/bin/x': '#!/usr/bin/env ruby'}), 'x')).toMatchObject({
      code: 'rootfs.no-program',
      program: 'ruby',
    });
  });

  test.each(['/no/such', 'sh', '../bin/sh', '/bin', '/bin/sh\rx'])('an interpreter that is none: %j', interpreter => {
    const found = collect(host({...shell, '/bin/x': `#!${interpreter}\n`}), 'x');
    expect(found).toEqual({code: 'rootfs.no-interpreter', program: 'x', file: '/bin/x', interpreter});
  });

  test('four deep, as execve(2) goes, and no deeper; in a circle neither', () => {
    const chain = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((name, i, all) => [`/${name}`, `#!/${all[i + 1] ?? 'end'}`]),
    );
    expect(collect(host({...chain, '/end': elf()}), '/a')).toHaveLength(5);
    const deeper = host({...chain, '/start': '#!/a', '/end': elf()});
    expect(collect(deeper, '/start')).toEqual({code: 'rootfs.script-depth', program: '/start', file: '/d'});
  });
});

describe('libraries', () => {
  const program = (parts: ElfParts): Buffer => elf({interpreter: ld, ...parts});

  test('in a circle, and many in a row', () => {
    const row = Object.fromEntries(
      Array.from({length: 5000}, (_, i) => [`/usr/lib/l${i}`, elf({needed: [`l${i + 1}`, 'l0']})]),
    );
    const source = host({...libc, ...row, '/usr/lib/l5000': elf(), '/bin/x': program({needed: ['l0']})});
    expect(collect(source, 'x')).toHaveLength(5003);
  });

  test('one for another kind of machine is passed over where there is a right one', () => {
    const other = {
      '/opt/libz.so': elf({bytes: {4: 1}}),
      '/bin/x': program({needed: ['libz.so'], runpath: '$ORIGIN/../opt'}),
    };
    expect(collect(host({...libc, ...other, '/usr/lib/libz.so': elf()}), 'x')).toEqual([
      '/bin/x',
      ld,
      '/usr/lib/libz.so',
    ]);
    expect(collect(host({...libc, ...other}), 'x')).toEqual({
      code: 'rootfs.elf-32-bit',
      program: 'x',
      file: '/opt/libz.so',
    });
  });

  test('one that is missing is told with the file that needs it', () => {
    const files = {...libc, '/usr/lib/liba.so': elf({needed: ['libb.so']}), '/bin/x': program({needed: ['liba.so']})};
    expect(collect(host(files), 'x')).toEqual({
      code: 'rootfs.no-library',
      program: 'x',
      file: '/usr/lib/liba.so',
      library: 'libb.so',
    });
  });

  test.each(['/etc', 'ld.so', '/etc/shadow'])('a loader that is none: %s', interpreter => {
    const source = host({...libc, '/etc/shadow': 'root:x', '/bin/x': elf({interpreter})});
    const file = interpreter === '/etc/shadow' ? {code: 'rootfs.not-runnable', file: '/etc/shadow'} : {interpreter};
    expect(collect(source, 'x')).toMatchObject({program: 'x', ...file});
  });

  test('a library that only the cache knows comes with the cache', () => {
    const cache = (name: string, place: string): Buffer => {
      const head = Buffer.alloc(48 + 24);
      head.write('glibc-ld.so.cache1.1');
      head.writeUInt32LE(1, 20);
      head.writeInt32LE(process.arch === 'arm64' ? 0x0a03 : 0x0303, 48);
      head.writeUInt32LE(head.length, 52);
      head.writeUInt32LE(head.length + name.length + 1, 56);
      return Buffer.concat([head, Buffer.from(`${name}\0${place}\0`)]);
    };
    const found = (place: string): unknown => {
      const files = {...libc, [place]: elf(), '/etc/ld.so.cache': cache('libz.so', place)};
      return collect(host({...files, '/bin/x': program({needed: ['libz.so']})}), 'x');
    };
    expect(found('/opt/lib/libz.so')).toEqual(['/bin/x', '/etc/ld.so.cache', ld, '/opt/lib/libz.so']);
    expect(found('/usr/lib/libz.so')).toEqual(['/bin/x', ld, '/usr/lib/libz.so']);
  });

  test('musl: libc is the loader, and folders are its own, not those of glibc', () => {
    const interpreter = '/lib/ld-musl-x86_64.so.1';
    const files = {
      ...libc,
      '/usr/lib/x86_64-linux-gnu/libc.so': 'GNU ld script',
      '/usr/lib/x86_64-linux-musl/libc.so': elf(),
      '/usr/lib/x86_64-linux-musl/libz.so': elf({needed: ['libc.so']}),
      '/usr/lib/libz.so': elf(),
      '/bin/x': elf({interpreter, needed: ['libz.so', 'libc.so', 'libm.so']}),
    };
    const links = {[interpreter]: '/usr/lib/x86_64-linux-musl/libc.so'};
    const listed = {...files, '/etc/ld-musl-x86_64.path': '/usr/lib/x86_64-linux-musl\n/usr/local/lib'};
    expect(collect(host(listed, links), 'x')).toEqual([
      '/bin/x',
      '/etc/ld-musl-x86_64.path',
      '/usr/lib/x86_64-linux-musl/libc.so',
      '/usr/lib/x86_64-linux-musl/libz.so',
    ]);
    expect(collect(host(files, links), 'x')).toEqual([
      '/bin/x',
      '/usr/lib/libz.so',
      '/usr/lib/x86_64-linux-musl/libc.so',
    ]);
  });
});

describe('bytes changed at random', () => {
  const real = readFileSync('/bin/sh');
  const made = elf({interpreter: ld, needed: ['libc.so.6', 'libz.so.1'], runpath: '$ORIGIN/../lib:/opt'});
  const change = fc.record({at: fc.nat(1024), value: fc.uint8Array({minLength: 1, maxLength: 8})});
  const hurt = (bytes: Buffer, changes: readonly {at: number; value: Uint8Array}[], length: number): Buffer => {
    const file = Buffer.from(bytes);
    for (const {at, value} of changes) if (at + value.length <= file.length) file.set(value, at);
    return file.subarray(0, Math.min(length, file.length));
  };

  test('needs or a fault, never an exception, and names are never long', () => {
    const length = fc.oneof(fc.nat(real.length), fc.constant(real.length));
    fc.assert(
      fc.property(fc.constantFrom(real, made), fc.array(change, {maxLength: 6}), length, (bytes, changes, cut) => {
        const needs = elfNeeds(hurt(bytes, changes, cut));
        if (typeof needs === 'string') return;
        const names = [needs.interpreter ?? 'none', ...needs.needed];
        expect(names.every(name => name.length > 0 && name.length <= 4096 && !name.includes('\0'))).toBe(true);
      }),
      {numRuns: 2000},
    );
  });

  test('files of the host or an error with its words, never anything else', () => {
    const files = {...libc, '/usr/lib/libz.so.1': elf(), '/opt/libz.so.1': made, '/secret/key': 'secret'};
    fc.assert(
      fc.property(fc.array(change, {maxLength: 4}), fc.nat(made.length), (changes, cut) => {
        const source = host({...files, '/bin/x': hurt(made, changes, made.length - (cut % 7))}, {'/lib': 'usr/lib'});
        const found = collect(source, 'x');
        if (!Array.isArray(found)) return;
        expect(found).toContain('/bin/x');
        expect(found).not.toContain('/secret/key');
        expect(found.every(file => source.kind(file) === 'file')).toBe(true);
      }),
      {numRuns: 1000},
    );
  });
});
