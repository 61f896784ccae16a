import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {plainAnswer, sameAnswer, wholeNumber} from '../../../src/course/quiz/answers.ts';

describe('numbers', () => {
  it.each([
    ['4026532437', 4026532437n],
    ['uts:[4026532437]', 4026532437n],
    ['uts:[ 4026532437 ]', 4026532437n],
    ['uts -> uts:[4026532437]', undefined],
    ['[7]', undefined],
    ['４０２６５３２４３７', 4026532437n],
    ['　２０　％', 20n],
    ['20 %', 20n],
    ['20%', 20n],
    ['100 ms', 100n],
    ['3 个', 3n],
    ['3个', 3n],
    ['0x1F', 31n],
    ['0x1f bytes', undefined],
    ['-0x10', -16n],
    ['−5', -5n],
    ['－５', -5n],
    ['– 5', -5n],
    ['+5', 5n],
    ['1,234,567', 1234567n],
    ['1 234 567', 1234567n],
    ["1'234", 1234n],
    ['1_234', 1234n],
    ['1，234', 1234n],
    ['1,23', undefined],
    ['1,234 567', undefined],
    ['20.0', 20n],
    ['20.', 20n],
    ['20。', 20n],
    ['20.5', undefined],
    ['1.234', undefined],
    ['`7`', 7n],
    ['“7”', 7n],
    ['pid=7', 7n],
    ['PID: 7', 7n],
    ['007', 7n],
    ['7 or 8', undefined],
    ['7 8', undefined],
    ['not 7', undefined],
    ['seven', undefined],
    ['', undefined],
    ['%', undefined],
    ['1e3', undefined],
    ['\u200b7\ufeff', 7n],
    ['18446744073709551615', 18446744073709551615n],
  ])('%s', (typed, number) => expect(wholeNumber(typed)).toBe(number));

  it('gives back every number, however it is dressed', () => {
    const dress = fc.constantFrom<(text: string) => string>(
      text => text,
      text => `  ${text}\t`,
      text => text.replace(/\d/g, digit => String.fromCodePoint(0xff10 + Number(digit))),
      text => text.replace('-', '\u2212'),
      text => `"${text}"`,
      text => `\`${text}\`.`,
      text => `net:[${text}]`,
      text => `${text} %`,
    );
    fc.assert(
      fc.property(fc.bigInt({min: -(2n ** 64n), max: 2n ** 64n}), dress, (number, put) => {
        expect(wholeNumber(put(String(number)))).toBe(number);
        expect(sameAnswer(put(String(number)), String(number))).toBe(true);
        expect(sameAnswer(put(String(number + 1n)), String(number))).toBe(false);
      }),
    );
  });
});

describe('texts', () => {
  it.each([
    ['Tiger', 'tiger'],
    [' tiger . ', 'tiger'],
    ['ｔｉｇｅｒ', 'tiger'],
    ['`overlay`', 'overlay'],
    ['“overlay”。', 'overlay'],
    ["'overlay'", 'overlay'],
    ['"overlay."', 'overlay'],
    ['clone_newpid', 'CLONE_NEWPID'],
    ['CLONE_NEWPID|CLONE_NEWUTS', 'CLONE_NEWPID | CLONE_NEWUTS'],
    ['0,0', '0, 0'],
    ['０，０', '0, 0'],
    ['0、0', '0, 0'],
    ['echo   hi', 'echo hi'],
    ['/etc/hostname', '/etc/hostname'],
    ['uts:[4026532437]', '4026532437'],
    ['4026532437', 'uts:[4026532437]'],
    ['0755', '755'],
    ['..', '..'],
    ['é', 'e\u0301'],
  ])('%s is %s', (typed, key) => expect(sameAnswer(typed, key)).toBe(true));

  it.each([
    ['', ''],
    ['', 'tiger'],
    ['   ', 'tiger'],
    ['\u200b', 'tiger'],
    ['　', ' '],
    ['tigers', 'tiger'],
    ['/ETC/hostname', '/etc/hostname'],
    ['ls -T', 'ls -t'],
    ['t', 'T'],
    ['rm / tmp', 'rm /tmp'],
    ['uts:[1]', 'ipc:[1]'],
    ['uts:[2]', '1'],
    ['0', '0, 0'],
    ['00', '0, 0'],
    ['.', '..'],
    ['/', '/.'],
  ])('%j is not %j', (typed, key) => expect(sameAnswer(typed, key)).toBe(false));

  it('every answer is itself, nothing never is one, and what was made plain stays so', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme', maxLength: 40}), text => {
        const plain = plainAnswer(text);
        expect(plainAnswer(plain)).toBe(plain);
        expect(sameAnswer(text, text)).toBe(plain !== '');
        expect(sameAnswer('', text)).toBe(false);
        expect(sameAnswer(' \t', text)).toBe(false);
      }),
      {numRuns: 500},
    );
  });

  it('a paste of a whole file is looked at only at its beginning', () => {
    expect(plainAnswer('x '.repeat(1e6)).length).toBeLessThanOrEqual(1000);
  });
});
