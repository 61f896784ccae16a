import {execFileSync} from 'node:child_process';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {compileSeccomp, MAX_INSTRUCTIONS} from '../../../src/engine/seccomp/compile.ts';
import {type Architecture, architectures, callsOf, nativeArchitecture} from '../../../src/engine/seccomp/table.ts';
import {callNumbers} from '../../../src/engine/syscalls.ts';
import type {Seccomp, SeccompArgument, SeccompOperator} from '../../../src/engine/types.ts';
import {openStage, output} from '../support.ts';
import {runFilter} from './bpf.ts';
import {problemsOf, refused, sh, statusOf} from './support.ts';

const AUDIT: Record<Architecture, number> = {
  SCMP_ARCH_X86_64: 0xc000003e,
  SCMP_ARCH_AARCH64: 0xc00000b7,
  SCMP_ARCH_X86: 0x40000003,
};
const ALLOW = 0x7fff0000;
const errno = (n: number): number => 0x50000 | n;
const KILL_PROCESS = 0x80000000;
const native = AUDIT[nativeArchitecture];
const nr = (name: string, arch: Architecture = nativeArchitecture): number => callsOf(arch).get(name)!;

describe('the table of system calls', () => {
  it('has the numbers of the headers', () => {
    const headers = {SCMP_ARCH_X86_64: ['gcc', '-m64'], SCMP_ARCH_AARCH64: ['aarch64-linux-gnu-gcc']} as const;
    for (const [arch, [compiler, ...flags]] of Object.entries(headers)) {
      const names = [...callsOf(arch as Architecture).keys()];
      const input = ['#include <asm/unistd.h>', ...names.map(n => `#ifdef __NR_${n}\nGB_${n} __NR_${n}\n#endif`)].join(
        '\n',
      );
      const out = execFileSync(compiler, [...flags, '-E', '-P', '-'], {input, encoding: 'utf8'});
      const found = [...out.matchAll(/^GB_(\w+) (\d+)$/gm)];
      expect(found.length).toBeGreaterThan(arch === 'SCMP_ARCH_X86_64' ? 350 : 290);
      for (const [, name, number] of found)
        expect([name, nr(name!, arch as Architecture)]).toEqual([name, Number(number)]);
    }
  });
  it('agrees with the numbers that plans use', () => {
    for (const [name, [x86, arm]] of Object.entries(callNumbers)) {
      expect([name, nr(name, 'SCMP_ARCH_X86_64'), nr(name, 'SCMP_ARCH_AARCH64')]).toEqual([name, x86, arm]);
    }
  });
});

/** What a filter has to answer, said once more without any program. */
function expected({defaultAction, syscalls = []}: Seccomp, name: string, args: bigint[]): number {
  const value = (action: string, ret = 1): number => (action === 'SCMP_ACT_ALLOW' ? ALLOW : errno(ret));
  const fits = ({index, op, value: wanted, valueTwo = 0}: SeccompArgument): boolean => {
    const [is, want] = [args[index]!, BigInt(wanted)];
    const tests: Record<SeccompOperator, boolean> = {
      SCMP_CMP_EQ: is === want,
      SCMP_CMP_NE: is !== want,
      SCMP_CMP_LT: is < want,
      SCMP_CMP_LE: is <= want,
      SCMP_CMP_GT: is > want,
      SCMP_CMP_GE: is >= want,
      SCMP_CMP_MASKED_EQ: (is & want) === BigInt(valueTwo),
    };
    return tests[op];
  };
  for (const rule of syscalls) {
    if (!rule.names.includes(name)) continue;
    const list = rule.args ?? [];
    const twice = new Set(list.map(a => a.index)).size < list.length;
    if (twice ? list.some(fits) : list.every(fits)) return value(rule.action, rule.errnoRet);
  }
  return value(defaultAction);
}

const names = ['read', 'write', 'openat', 'clone', 'prctl', 'socket', 'mseal', 'io_setup'];
const numbers = [0, 1, 2, 7, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 7, 2 ** 40, 2 ** 53 - 1];
const argument: fc.Arbitrary<SeccompArgument> = fc.record({
  index: fc.integer({min: 0, max: 5}),
  value: fc.constantFrom(...numbers),
  op: fc.constantFrom('SCMP_CMP_EQ', 'SCMP_CMP_NE', 'SCMP_CMP_LT', 'SCMP_CMP_LE', 'SCMP_CMP_GT', 'SCMP_CMP_GE'),
});
const maskedArgument: fc.Arbitrary<SeccompArgument> = fc.record({
  index: fc.integer({min: 0, max: 5}),
  value: fc.constantFrom(...numbers),
  valueTwo: fc.constantFrom(...numbers),
  op: fc.constant('SCMP_CMP_MASKED_EQ'),
});
const action = fc.constantFrom('SCMP_ACT_ALLOW', 'SCMP_ACT_ERRNO');
const filter = fc.record({
  defaultAction: action,
  syscalls: fc.array(
    fc.record({
      names: fc.subarray(names, {minLength: 1}),
      action,
      args: fc.array(fc.oneof(argument, maskedArgument), {maxLength: 4}),
    }),
    {maxLength: 6},
  ),
}) as fc.Arbitrary<Seccomp>;

describe('a compiled filter', () => {
  it('answers what its rules say, for every architecture', () => {
    const args = fc.array(fc.constantFrom(...numbers.map(BigInt), 2n ** 64n - 1n), {minLength: 6, maxLength: 6});
    fc.assert(
      fc.property(
        filter,
        fc.constantFrom(...names),
        args,
        fc.constantFrom(...architectures),
        (spec, name, given, arch) => {
          const program = compileSeccomp({...spec, architectures: [arch]});
          expect(program.length / 8).toBeLessThan(MAX_INSTRUCTIONS);
          expect(runFilter(program, {nr: nr(name, arch), arch: AUDIT[arch], args: given})).toBe(
            expected(spec, name, given),
          );
          expect(runFilter(program, {nr: nr('getpid', arch), arch: AUDIT[arch], args: given})).toBe(
            expected(spec, 'getpid', given),
          );
        },
      ),
      {numRuns: 1500},
    );
  });

  it('decides by the number for each of many calls, and keeps within a jump', () => {
    const all = [...callsOf(nativeArchitecture)];
    const odd = all.filter(([, number]) => number % 2 === 1).map(([name]) => name);
    const program = compileSeccomp({
      defaultAction: 'SCMP_ACT_ALLOW',
      syscalls: [{names: odd, action: 'SCMP_ACT_ERRNO', errnoRet: 38}],
    });
    for (const [name, number] of all) {
      expect([name, runFilter(program, {nr: number, arch: native})]).toEqual([name, number % 2 ? errno(38) : ALLOW]);
    }
  });

  it('kills what comes by another architecture', () => {
    const program = compileSeccomp({defaultAction: 'SCMP_ACT_ALLOW'});
    expect(runFilter(program, {nr: 0, arch: native})).toBe(ALLOW);
    const others = architectures.filter(arch => arch !== nativeArchitecture).map(arch => AUDIT[arch]);
    for (const arch of [...others, 0]) expect(runFilter(program, {nr: 0, arch})).toBe(KILL_PROCESS);
    const x86 = compileSeccomp({defaultAction: 'SCMP_ACT_ALLOW', architectures: ['SCMP_ARCH_X86_64']});
    expect(runFilter(x86, {nr: 0x40000000, arch: AUDIT.SCMP_ARCH_X86_64})).toBe(KILL_PROCESS);
  });

  it('is kept by content', () => {
    const spec: Seccomp = {defaultAction: 'SCMP_ACT_LOG'};
    expect(compileSeccomp({...spec})).toBe(compileSeccomp({...spec}));
    expect(compileSeccomp({defaultAction: 'SCMP_ACT_ALLOW'})).not.toBe(compileSeccomp(spec));
  });
});

const deny = (names: string[], more: object = {}): {linux: {seccomp: Seccomp}} => ({
  linux: {
    seccomp: {
      defaultAction: 'SCMP_ACT_ALLOW',
      syscalls: [{names, action: 'SCMP_ACT_ERRNO', ...more}],
    },
  },
});
const mkdir = deny(['mkdir', 'mkdirat'], {errnoRet: 95});

describe('linux.seccomp', () => {
  it.each([
    ['with CAP_SYS_ADMIN', {}],
    ['with noNewPrivileges, as another user', {user: {uid: 1000, gid: 1000}, noNewPrivileges: true}],
    ['loaded before the rights are given up', {user: {uid: 1000, gid: 1000}}],
    ['without any capability', {capabilities: {}}],
  ])('refuses with the errno it names, %s', async (_how, process) => {
    expect(await sh('mkdir /tmp/glassbox-never 2>&1; echo $?', process, mkdir)).toMatch(/not supported\n1\n$/);
    expect((await statusOf(process, mkdir)).Seccomp).toBe('2');
  });

  it('is not there where nobody asked', async () => {
    expect((await statusOf({})).Seccomp).toBe('0');
  });

  it('looks at arguments', async () => {
    const AF_INET = 2;
    const rule = deny(['socket'], {args: [{index: 0, value: AF_INET, op: 'SCMP_CMP_EQ'}], errnoRet: 1});
    const python = (family: string) =>
      `python3 -c 'import socket; socket.socket(socket.${family}, socket.SOCK_DGRAM); print("made")' 2>&1 | tail -n 1`;
    expect(await sh(python('AF_INET'), {}, rule)).toMatch(/PermissionError/);
    expect(await sh(python('AF_UNIX'), {}, rule)).toBe('made\n');
  });

  it('kills, where it says so', async () => {
    const stage = await openStage();
    const {linux} = deny(['mkdir', 'mkdirat']);
    linux.seccomp.syscalls![0]!.action = 'SCMP_ACT_KILL_PROCESS';
    const box = await stage.run('box', {process: {args: ['mkdir', '/tmp/glassbox-never']}, linux});
    expect(await box.wait()).toMatchObject({signal: 'SIGSYS'});
  });

  it('holds for a further process, and is the last call but execve', async () => {
    const stage = await openStage();
    const box = await stage.run('box', {process: {args: ['sleep', '100'], noNewPrivileges: true}, ...mkdir});
    expect(
      box.journal
        .filter(e => e.who === 'child')
        .slice(-2)
        .map(e => e.call),
    ).toEqual(['seccomp', 'execve']);
    expect(box.journal.find(e => e.call === 'seccomp')?.args.join(', ')).toMatch(
      /^SECCOMP_SET_MODE_FILTER, 0, \{len=\d+, filter=\.\.\.\}$/,
    );
    expect(await output(await box.exec({args: ['mkdir', '/tmp/glassbox-never']}))).toMatch(/not supported/);
    await box.remove();
  });

  it('waits with create(): the filter need not let that through', async () => {
    const stage = await openStage();
    const box = await stage.create('box', {
      process: {args: ['echo', 'on'], noNewPrivileges: true},
      ...deny(['recvfrom']),
    });
    await box.start();
    expect(await output(box)).toBe('on\n');
  });

  it('one that lets nothing through ends in an error, and not in a loop', async () => {
    const nothing = {linux: {seccomp: {defaultAction: 'SCMP_ACT_ERRNO'} satisfies Seccomp}};
    expect(await refused({}, nothing)).toMatchObject({code: 'child.died'});
    const exec = await refused({}, deny(['execve']));
    expect(exec).toMatchObject({code: 'call.failed', call: {call: 'execve', errno: 'EPERM'}});
    // Signals are let through before that: the program must not be deaf.
    expect((await statusOf({}, deny(['rt_sigprocmask']))).SigBlk).toBe('0'.repeat(16));
  });

  it('what cannot be carried out is refused', () => {
    const of = (seccomp: object) => problemsOf({}, {linux: {seccomp}});
    const rule = (value: object) => of({defaultAction: 'SCMP_ACT_ALLOW', syscalls: [value]});
    expect(of({})).toEqual(['spec.missing linux.seccomp.defaultAction']);
    expect(of({defaultAction: 'SCMP_ACT_NOTIFY'})).toEqual(['spec.value linux.seccomp.defaultAction']);
    expect(of({defaultAction: 'SCMP_ACT_ALLOW', defaultErrnoRet: 1})).toEqual([
      'spec.only-with linux.seccomp.defaultErrnoRet',
    ]);
    expect(of({defaultAction: 'SCMP_ACT_ALLOW', architectures: ['SCMP_ARCH_X32']})).toEqual([
      'spec.value linux.seccomp.architectures[0]',
    ]);
    expect(rule({names: ['opne'], action: 'SCMP_ACT_ERRNO'})).toEqual([
      'spec.syscall linux.seccomp.syscalls[0].names[0]',
    ]);
    expect(rule({names: ['open'], action: 'SCMP_ACT_KILL', errnoRet: 1})).toHaveLength(1);
    const args = (value: object) => rule({names: ['read'], action: 'SCMP_ACT_ERRNO', args: [value]});
    expect(args({index: 6, value: 0, op: 'SCMP_CMP_EQ'})).toEqual([
      'spec.range linux.seccomp.syscalls[0].args[0].index',
    ]);
    expect(args({index: 0, value: 1, op: 'SCMP_CMP_MASKED_EQ'})).toHaveLength(1);
    expect(args({index: 0, value: 1, valueTwo: 1, op: 'SCMP_CMP_EQ'})).toHaveLength(1);
    const op = 'SCMP_CMP_NE';
    const long = Array.from({length: 1200}, (_, value) => ({
      names: ['read'],
      action: 'SCMP_ACT_ERRNO',
      args: [{index: 0, value, op}],
    }));
    expect(of({defaultAction: 'SCMP_ACT_ALLOW', syscalls: long})).toEqual(['spec.seccomp-long linux.seccomp']);
  });
});
