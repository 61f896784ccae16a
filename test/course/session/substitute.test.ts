// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the holes of labs look like that
import {execFileSync} from 'node:child_process';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {fillCommand, fillSpec, fillText, type Values} from '../../../src/course/session/substitute.ts';

const values: Values = {
  vars: {name: 'tiger'},
  now: {host: {hostname: 'vm', ns: {uts: 1n}}, box: {pid: 42n}, gone: null},
  before: {host: {hostname: 'old'}},
};

describe('values in commands', () => {
  it.each([
    ['hostname ${name}', 'hostname tiger'],
    ['kill ${box.pid}', 'kill 42'],
    ['hostname ${before.host.hostname}; id', 'hostname old; id'],
    ['echo ${vars.name} ${host.ns.uts}', 'echo tiger 1'],
    ['echo ${HOME} $$ ${name}-2', 'echo ${HOME} $$ tiger-2'],
  ])('%s', (command, typed) => {
    expect(fillCommand(command, values)).toBe(typed);
  });

  it('names what has no value', () => {
    for (const name of ['gone.pid', 'box.hostname', 'nobody.pid', 'host.ns', 'host.__proto__']) {
      expect(() => fillCommand(`echo \${${name}}`, values)).toThrow(
        expect.objectContaining({code: 'session.no-value', params: {name}}),
      );
    }
  });

  it('does not type control characters that a learner put into a fact', () => {
    const now = {box: {hostname: 'x\rreboot\r'}};
    expect(() => fillCommand('echo ${box.hostname}', {...values, now})).toThrow(
      expect.objectContaining({code: 'session.unsafe-value'}),
    );
  });

  it('gives the shell the value as it is, bare and in both kinds of quotes', () => {
    const printable = fc.string({unit: fc.constantFrom(...'ab $`"\'\\!*?;&|<>(){}[]~#\u00e9\u4e2d')});
    const cases = fc.sample(printable, {numRuns: 120, seed: 1}).filter(text => text !== '');
    const lines = cases.flatMap(name => {
      const of = {...values, vars: {name}};
      return [
        'printf "%s\\n" ${name}',
        'printf "%s\\n" "<${name}>"',
        "printf '%s\\n' '${name}'\"\"",
        'printf "%s\\n" a\\"${name}',
      ].map(command => fillCommand(command, of));
    });
    const wanted = cases.flatMap(name => [name, `<${name}>`, name, `a"${name}`]);
    for (const shell of ['bash', 'dash']) {
      const printed = execFileSync(shell, ['-c', lines.join('\n')], {encoding: 'utf8'});
      expect(printed.split('\n').slice(0, -1)).toEqual(wanted);
    }
  });
});

describe('values in words and specs', () => {
  it('leaves what has no value as it is written', () => {
    expect(fillText('`${name}` is ${box.pid}, not ${gone.pid} or ${what}', values)).toBe(
      '`tiger` is 42, not ${gone.pid} or ${what}',
    );
  });

  it('fills every string of a spec', () => {
    const spec = {
      process: {args: ['sh', '-c', 'echo ${name}']},
      linux: {namespaces: [{type: 'uts' as const, path: '/proc/${box.pid}/ns/uts'}]},
    };
    expect(fillSpec(spec, values)).toEqual({
      process: {args: ['sh', '-c', 'echo tiger']},
      linux: {namespaces: [{type: 'uts', path: '/proc/42/ns/uts'}]},
    });
  });
});
