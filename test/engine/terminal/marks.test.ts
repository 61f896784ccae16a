import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Mark, MarkParser} from '../../../src/engine/terminal/marks.ts';

const nonce = 'n0nce';
const mark = (body: string, end = '\x07') => `\x1b]133;${body}${end}`;
const prompt = [mark('D;n=n0nce;p=12;s=3'), mark('A;n=n0nce;p=12'), '# ', mark('B;n=n0nce;p=12')].join('');

function parse(...chunks: (string | Buffer)[]): Mark[] {
  const parser = new MarkParser(nonce);
  return chunks.flatMap(chunk => [...parser.push(Buffer.from(chunk))]);
}

describe('marks', () => {
  test('a prompt gives its marks with their places in the stream', () => {
    const marks = parse(`out\r\n${prompt}`);
    expect(marks.map(one => [one.kind, one.pid, one.status])).toEqual([
      ['done', 12, 3],
      ['prompt', 12, undefined],
      ['input', 12, undefined],
    ]);
    const text = `out\r\n${prompt}`;
    expect(marks.map(one => text.slice(one.start, one.end))).toEqual([
      mark('D;n=n0nce;p=12;s=3'),
      mark('A;n=n0nce;p=12'),
      mark('B;n=n0nce;p=12'),
    ]);
  });

  test('ESC \\ ends a mark as well as BEL', () => {
    expect(parse(mark('A;n=n0nce;p=1', '\x1b\\'))).toEqual([{kind: 'prompt', pid: 1, start: 0, end: 21}]);
  });

  test('marks come out the same however the bytes are cut', () => {
    const command = mark("C;n=n0nce;p=7;h=4;c='ls 中文'");
    const stream = Buffer.from(`a\x1b[31mred\x1b[0m${prompt}\x1b]0;title\x07${command}x\x1b]133;D;0\x07\x1b${prompt}`);
    const whole = parse(stream);
    expect(whole).toHaveLength(7);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), {maxLength: 30}), cuts => {
        const at = [0, ...cuts.sort((a, b) => a - b), stream.length];
        expect(parse(...at.slice(1).map((end, i) => stream.subarray(at[i], end)))).toEqual(whole);
      }),
    );
    expect(parse(...[...stream].map(byte => Buffer.from([byte])))).toEqual(whole);
  });

  test.each([
    ['another nonce', mark('D;n=other;p=12;s=0')],
    ['no nonce', mark('D;0')],
    ['what printenv PS1 shows', mark('D;n=n0nce;p=$$;s=$?')],
    ['a status on a prompt', mark('A;n=n0nce;p=12;s=0')],
    ['no status at the end of a command', mark('D;n=n0nce;p=12')],
    ['a mark cut off by a newline', '\x1b]133;A;n=n0nce;p=12\n\x07'],
    ['something behind it', mark('A;n=n0nce;p=12;')],
    ['an unknown letter', mark('Z;n=n0nce;p=12')],
  ])('%s is no mark', (_, bytes) => {
    expect(parse(bytes)).toEqual([]);
    expect(parse(bytes, prompt)).toHaveLength(3);
  });

  test('an unfinished sequence swallows no mark behind it', () => {
    expect(parse(`\x1b]133;D;n=n0${prompt}`)).toHaveLength(3);
    expect(parse('\x1b]133;', prompt)).toHaveLength(3);
  });

  test('an endless sequence is given up, and costs no memory', () => {
    const parser = new MarkParser(nonce);
    parser.push(Buffer.from('\x1b]133;'));
    for (let i = 0; i < 100; i++) {
      parser.push(Buffer.alloc(1000, 'x'));
      expect(parser.held?.length ?? 0).toBeLessThan(9 * 1024);
    }
    expect(parser.push(Buffer.from(prompt))).toHaveLength(3);
  });

  test.each([
    ["'a b'", 'a b'],
    ["'it'\\''s'", "it's"],
    ["$'a\\nb\\t\\'c\\' \\E[m \\001'", "a\nb\t'c' \x1b[m \x01"],
    ["$'\\303\\251\\344\\270\\255 x'", 'é中 x'],
    ["''", ''],
  ])('text %s, as bash quotes it, is %j', (quoted, text) => {
    expect(parse(mark(`C;n=n0nce;p=7;h=4;c=${quoted}`))[0]).toMatchObject({kind: 'command', number: 4, text});
  });
});
