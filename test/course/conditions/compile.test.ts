import {describe, expect, it} from 'vitest';
import {compile} from '../../../src/course/conditions/compile.ts';
import {conditionSchema} from '../../../src/course/conditions/schema.ts';
import {FACTS} from '../support/labs.ts';

const schema = conditionSchema({facts: FACTS, containers: ['box'], vars: ['name'], runs: ['look', 'first-look']});

describe('what compiles', () => {
  it('lists each fact once, in the order of the text', () => {
    const {condition} = compile(
      'box.pid == host.pid && host.nspids[0] == box.pid && has(before.box.pid) && run["first-look"].status == 0',
      {
        schema,
        allowRun: true,
      },
    );
    expect(condition!.uses.map(use => [use.path, use.optional])).toEqual([
      ['box.pid', false],
      ['host.pid', false],
      ['host.nspids[0]', false],
      ['before.box.pid', true],
      ['run["first-look"].status', false],
    ]);
  });

  it('a variable of a macro is no fact, also when it is called like a side', () => {
    const {condition} = compile('host.nspids.exists(host, host == 1)', {schema});
    expect(condition!.uses.map(use => use.path)).toEqual(['host.nspids']);
  });
});

describe('what does not, and where', () => {
  it.each([
    ['', 'cel.syntax', '', {}],
    ['host.pid = 1', 'cel.syntax', '', {}],
    ['hots.pid == 1', 'cel.unknown-name', 'hots', {nearest: 'host'}],
    ['host.pdi == 1', 'cel.unknown-fact', 'host.pdi', {nearest: 'host.pid'}],
    ['host.pid == 1 &&\n  has(box.ns.utz)', 'cel.unknown-fact', 'box.ns.utz', {nearest: 'box.ns.uts'}],
    ['vars.nam == "x"', 'cel.unknown-fact', 'vars.nam', {nearest: 'vars.name'}],
    ['before.hots.pid == 1', 'cel.unknown-fact', 'before.hots.pid', {nearest: 'before.host'}],
    ['host["pdi"] == 1', 'cel.unknown-fact', 'host["pdi"]', {nearest: 'host.pid'}],
    ['host == box', 'cel.group', 'host', {}],
    ['host.ns == box.ns', 'cel.group', 'host.ns', {}],
    ['size(before) == 1', 'cel.group', 'before', {}],
    ['host.nspids["a"] == 1', 'cel.inside', 'host.nspids["a"]', {type: 'list<int>'}],
    ['host.nspids[host.pid] == 1', 'cel.index', 'host.pid', {}],
    ['host.nspids[-1] == 1', 'cel.index', '-1', {}],
    ['has(host.nspids[host.pid])', 'cel.has', 'has(host.nspids[host.pid])', {}],
    ['host.?pid == 1', 'cel.syntax', '', {}],
    ['host.pid == "1"', 'cel.overload', 'host.pid == "1"', {came: 'int == string'}],
    ['host.pid == 7.0', 'cel.overload', 'host.pid == 7.0', {came: 'int == double'}],
    ['host.pid && true', 'cel.type', 'host.pid && true', {}],
    ['host.pid', 'cel.result', 'host.pid', {expected: 'bool', came: 'int'}],
    ['run.look.status == 0', 'cel.run', 'run.look.status', {path: 'run.look.status'}],
    ['cel.bind(x, 1, x == 1)', 'cel.unknown-name', 'cel', {}],
    ['__has[0]', 'cel.unknown-name', '__has', {}],
  ])('%j', (expr, code, at, params) => {
    const {condition, errors} = compile(expr, {schema});
    expect(condition).toBeUndefined();
    expect(errors[0]).toMatchObject({code, params});
    if (at !== '') expect(expr.slice(errors[0]!.start, errors[0]!.end)).toBe(at);
  });

  it('says all unknown names at once', () => {
    const {errors} = compile('a.b == 1 || c.d == 2 || host.x == 3', {schema});
    expect(errors.map(error => error.code)).toEqual(['cel.unknown-name', 'cel.unknown-name', 'cel.unknown-fact']);
  });
});
