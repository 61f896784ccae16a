import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {compile} from '../../../src/course/conditions/compile.ts';
import {type ConditionFacts, evaluate, judge} from '../../../src/course/conditions/judge.ts';
import {conditionSchema} from '../../../src/course/conditions/schema.ts';
import {REASON_WORDS} from '../../../src/course/words/lab-meaning.ts';
import {render} from '../../../src/course/words/say.ts';
import {FACTS} from '../support/labs.ts';

const schema = conditionSchema({
  facts: FACTS,
  containers: ['box', 'other'],
  vars: ['name'],
  runs: ['look', 'first-look'],
});

const SIDE = {
  hostname: 'alpha',
  domainname: '(none)',
  pid: 7n,
  nspid: 7n,
  uid: 0n,
  ns: {uts: 10n, ipc: 20n},
  nspids: [7n, 1n],
  env: {PATH: '/bin'},
};
const facts = (change: Partial<ConditionFacts> = {}): ConditionFacts => ({
  now: {host: SIDE, box: {...SIDE, hostname: 'tiger', ns: {uts: 11n, ipc: 20n}}, other: null},
  before: {host: SIDE, box: undefined},
  vars: {name: 'tiger'},
  runs: {look: {status: 0, output: 'alpha\n'}, 'first-look': {status: null, output: ''}},
  ...change,
});

function judged(expr: string, against = facts()) {
  const {condition, errors} = compile(expr, {schema, allowRun: true});
  expect(errors).toEqual([]);
  return judge(condition!, against);
}

describe('verdicts', () => {
  it.each([
    ['box.hostname == vars.name && host.hostname == before.host.hostname', 'pass'],
    ['host.ns.uts != box.ns.uts && host.ns.ipc == box.ns.ipc', 'pass'],
    ['box.hostname == host.hostname', 'fail'],
    ['!(box.hostname == host.hostname)', 'pass'],
    ['host.nspids[1] == 1 && size(host.nspids) == 2', 'pass'],
    ['host.nspids.exists(n, n == 1) && host.nspids.all(n, n > 0)', 'pass'],
    ['host.nspids.exists(n, n == 5) || host.nspids.all(n, n > 1)', 'fail'],
    ['host.nspids.exists_one(n, n == host.pid) && host.nspids.filter(n, n > 1) == [7]', 'pass'],
    ['host.env["PATH"] == "/bin" && host.env.PATH.startsWith("/")', 'pass'],
    ['"PATH" in host.env', 'pass'],
    ['host.pid == 7 ? box.pid == 7 : false', 'pass'],
    ['(host.pid == 7) == true', 'pass'],
    ['-host.pid < 0 && host.pid % 2 == 1', 'pass'],
    ['run.look.status == 0 && run["look"].output.contains("alp")', 'pass'],
    ['box.hostname == "ti" + "ger" // said twice', 'pass'],
    ['type(host.pid) == int', 'pass'],
  ])('%s', (expr, verdict) => expect(judged(expr).verdict).toBe(verdict));

  it('shows every fact that the condition names', () => {
    expect(judged('has(other.pid) || box.hostname == vars.name').values).toEqual({
      'other.pid': null,
      'box.hostname': 'tiger',
      'vars.name': 'tiger',
    });
  });

  it('knows integers of 64 bit', () => {
    const big = facts({now: {host: {...SIDE, pid: 9_007_199_254_740_993n}}});
    expect(judged('host.pid == 9007199254740993', big).verdict).toBe('pass');
    expect(judged('host.pid == 9007199254740992', big).verdict).toBe('fail');
  });
});

describe('what is not there is never true or false', () => {
  it.each([
    ['other.pid == 1', {code: 'no-container', params: {id: 'other'}}],
    ['other.pid == 1 || true', {code: 'no-container', params: {id: 'other'}}],
    ['true || other.pid == 1', {code: 'no-container', params: {id: 'other'}}],
    ['false && other.pid == 1', {code: 'no-container', params: {id: 'other'}}],
    ['host.pid == 7 ? true : other.pid == 1', {code: 'no-container', params: {id: 'other'}}],
    ['has(other.pid) && other.pid == 1', {code: 'no-container', params: {id: 'other'}}],
    ['before.box.pid != box.pid', {code: 'no-container-before', params: {id: 'box'}}],
    ['host.env.HOME != "/"', {code: 'missing-fact', params: {path: 'host.env.HOME'}}],
    ['host.nspids[2] != 1', {code: 'missing-fact', params: {path: 'host.nspids[2]'}}],
    ['run["first-look"].status == 0 || true', {code: 'missing-fact', params: {path: 'run["first-look"].status'}}],
  ])('%s', (expr, reason) => {
    expect(judged(expr)).toMatchObject({verdict: 'cannot-judge', reason});
    for (const lang of ['en', 'zh'] as const)
      expect(render(REASON_WORDS, lang, reason.code, reason.params)).not.toMatch(/\{|"code"/);
  });

  it('a run that has not been', () => {
    expect(judged('run.look.output == ""', facts({runs: {}})).reason).toEqual({code: 'not-run', params: {id: 'look'}});
  });

  it('a fact that this kernel does not give', () => {
    const {hostname: _, ...without} = SIDE;
    expect(judged('host.hostname != "x"', facts({now: {host: without}})).reason).toEqual({
      code: 'missing-fact',
      params: {path: 'host.hostname'},
    });
  });

  it('an inherited property is no fact', () => {
    const empty = facts({now: {host: Object.create(SIDE)}});
    expect(judged('host.hostname == "alpha"', empty).verdict).toBe('cannot-judge');
  });

  it.each([
    ['has(other.pid)', 'fail'],
    ['!has(other.pid)', 'pass'],
    ['has(before.box.ns.uts)', 'fail'],
    ['has(before.host.ns.uts)', 'pass'],
    ['has(host.env.HOME) || has(host.env.PATH)', 'pass'],
    ['has(box.pid) && !has(other.pid) && box.pid == 7', 'pass'],
    ['host.nspids.exists(n, has(box.pid) && n == 1)', 'pass'],
  ])('only has() may ask: %s', (expr, verdict) => expect(judged(expr).verdict).toBe(verdict));
});

describe('errors while evaluating are no answer', () => {
  it.each([
    '1 / (host.pid - 7) == 1 || true',
    'true && 1 / (host.pid - 7) == 1',
    'host.nspids.exists(n, 1 / (n - 7) == 1 || true)',
    'host.nspids.exists(n, n == 1 || 1 / (n - 7) == 1)',
    'host.nspids.all(n, n == 99 && true || 1 / (n - 7) == 1)',
    'int(host.hostname) == 1 || host.pid == 7',
    'host.pid + 9223372036854775807 > 0 || true',
  ])('%s', expr => expect(judged(expr)).toMatchObject({verdict: 'cannot-judge', reason: {code: 'cel'}}));

  it('a condition that stops before the error is judged', () => {
    expect(judged('host.pid == 7 || 1 / (host.pid - 7) == 1').verdict).toBe('pass');
    expect(judged('host.pid != 7 && 1 / (host.pid - 7) == 1').verdict).toBe('fail');
  });

  it('a result that is no truth value', () => {
    const {condition} = compile('dyn(host.hostname)', {schema});
    expect(judge(condition!, facts())).toMatchObject({
      verdict: 'cannot-judge',
      reason: {code: 'not-bool', params: {came: 'alpha'}},
    });
  });

  it('evaluate gives a value of any type', () => {
    const {condition} = compile('box.hostname + "-" + string(box.pid)', {schema, want: 'string'});
    expect(evaluate(condition!, facts()).value).toBe('tiger-7');
  });
});

/** Random conditions over a few facts, with what they must come to; an operand may be broken. */
type Expr = {text: string; value: (present: boolean) => boolean; broken: boolean};
const {expr: anyExpr} = fc.letrec<{expr: Expr}>(tie => ({
  expr: fc.oneof(
    {maxDepth: 4},
    fc.constantFrom<Expr>(
      {text: 'host.pid == 7', value: () => true, broken: false},
      {text: 'host.pid == 8', value: () => false, broken: false},
      {text: 'has(other.pid)', value: present => present, broken: false},
      {text: '!has(other.ns.uts)', value: present => !present, broken: false},
      {text: 'host.nspids.exists(n, n == 1)', value: () => true, broken: false},
      {text: 'other.pid == 7', value: () => true, broken: true},
    ),
    fc.record({a: tie('expr'), b: tie('expr')}).map(({a, b}) => ({
      text: `(${a.text}) || (${b.text})`,
      value: (p: boolean) => a.value(p) || b.value(p),
      broken: a.broken || b.broken,
    })),
    fc.record({a: tie('expr'), b: tie('expr')}).map(({a, b}) => ({
      text: `${a.text.includes('||') || a.text.includes('?') ? `(${a.text})` : a.text} && (${b.text})`,
      value: (p: boolean) => a.value(p) && b.value(p),
      broken: a.broken || b.broken,
    })),
    fc.record({a: tie('expr'), b: tie('expr'), c: tie('expr')}).map(({a, b, c}) => ({
      text: `(${a.text}) ? (${b.text}) : (${c.text})`,
      value: (p: boolean) => (a.value(p) ? b.value(p) : c.value(p)),
      broken: a.broken || b.broken || c.broken,
    })),
    tie('expr').map(a => ({text: `!(${a.text})`, value: (p: boolean) => !a.value(p), broken: a.broken})),
  ),
}));

describe('any condition', () => {
  it('is judged as logic says, or not at all when it names something absent', () => {
    fc.assert(
      fc.property(anyExpr, fc.boolean(), (expr, present) => {
        const against = facts({now: {host: SIDE, box: SIDE, other: present ? SIDE : null}});
        const {verdict} = judged(expr.text, against);
        const expected = expr.broken && !present ? 'cannot-judge' : expr.value(present) ? 'pass' : 'fail';
        expect(verdict).toBe(expected);
      }),
      {numRuns: 400},
    );
  });

  it('whatever is written, compiling gives a condition or errors inside the text, and never throws', () => {
    const word = fc.constantFrom(
      'host',
      'box',
      '.',
      'ns',
      'uts',
      'has',
      '(',
      ')',
      '==',
      '||',
      '&&',
      '!',
      '1',
      '"a"',
      '[',
      ']',
      '?',
      ':',
      ' ',
      ',',
      '\n',
      '//',
      '{',
      '}',
      'exists',
      'x',
      '-',
      '+',
      '.?',
      'run',
      'vars',
    );
    fc.assert(
      fc.property(fc.array(word, {maxLength: 14}), words => {
        const expr = words.join('');
        const {condition, errors} = compile(expr, {schema});
        expect(condition === undefined).toBe(errors.length > 0);
        for (const error of errors) {
          expect(error.start).toBeGreaterThanOrEqual(0);
          expect(error.start).toBeLessThanOrEqual(expr.length);
        }
        if (condition) expect(['pass', 'fail', 'cannot-judge']).toContain(judge(condition, facts()).verdict);
      }),
      {numRuns: 2000},
    );
  });
});
