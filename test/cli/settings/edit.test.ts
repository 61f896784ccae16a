import {describe, expect, test} from 'vitest';
import {withChange} from '../../../src/cli/settings/edit.ts';
import {parseSettings} from '../../../src/cli/settings/parse.ts';
import {sampleSettings} from '../../../src/cli/settings/sample.ts';

describe('a choice changed in the text', () => {
  test.each([
    ['', 'lang: zh\n'],
    ['# mine', '# mine\nlang: zh\n'],
    ['lang:   en     # English\nascii: no', 'lang:   zh     # English\nascii: no'],
    ['lang: "en"\n', 'lang: zh\n'],
    [
      'theme: dark\n\n\nkeys: {lab: {hint: [h,  "H"]}}   # flow\n# end\n',
      'theme: dark\n\n\nkeys: {lab: {hint: [h,  "H"]}}   # flow\n# end\nlang: zh\n',
    ],
    ['#lang: en\n\n# colours\ntheme: dark\n', '#lang: en\nlang: zh\n\n# colours\ntheme: dark\n'],
    ['keys:\n  lab:\n    hint: H', 'keys:\n  lab:\n    hint: H\nlang: zh\n'],
    ['  theme: dark\n', '  theme: dark\n  lang: zh\n'],
    ['{theme: dark}', '{ theme: dark, lang: zh }\n'],
    ['lang: en\r\nascii: no\r\n', 'lang: zh\r\nascii: no\r\n'],
  ])('%j', (text, wanted) => {
    expect(withChange(text, {lang: 'zh'})).toBe(wanted);
  });

  test('an empty value is filled in', () => {
    const text = withChange('lang:\ntheme: dark\n', {lang: 'zh'});
    expect(parseSettings(text!)).toEqual({settings: {lang: 'zh', theme: 'dark', keys: {}}, problems: []});
  });

  test('the file written for the learner keeps every line it had', () => {
    const before = sampleSettings('en');
    const after = withChange(withChange(before, {lang: 'zh', theme: 'light'})!, {theme: 'none'})!;
    expect(parseSettings(after).settings).toEqual({lang: 'zh', theme: 'none', keys: {}});
    expect(after.split('\n').filter(line => !/^(lang|theme):/.test(line))).toEqual(before.split('\n'));
  });

  test.each(['lang: "en', '- en', 'keys: {'])('%j is no such file: nothing is touched', text => {
    expect(withChange(text, {lang: 'zh'})).toBeUndefined();
  });
});
