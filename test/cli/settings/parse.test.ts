/** The settings file's text: what is right is used, what is wrong is said where it stands. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {settle} from '../../../src/cli/settings/conflicts.ts';
import {parseSettings} from '../../../src/cli/settings/parse.ts';
import {sampleSettings} from '../../../src/cli/settings/sample.ts';
import {sayProblem, settingsWords} from '../../../src/cli/settings/words.ts';
import {ACTIONS} from '../../../src/ui/index.tsx';

const USUAL = Object.fromEntries(Object.entries(ACTIONS).map(([place, actions]) => [place, {...actions}]));

const found = (text: string) => parseSettings(text).problems.map(({line, col, code}) => `${line}:${col} ${code}`);

describe('what is right', () => {
  test.each(['', '# nothing yet\n', 'keys:\n', 'keys:\n  lab:\n'])('%j says nothing', text => {
    expect(parseSettings(text)).toEqual({settings: {keys: {}}, problems: []});
  });

  test('choices and keys, one or several, quoted or not', () => {
    const text = `lang: zh\ntheme: "light"\nascii: no\nkeys:\n  lab: {hint: H, solution: [S, Space]}\n  everywhere:\n    help: ['?', '？']\n`;
    expect(parseSettings(text)).toEqual({
      settings: {
        lang: 'zh',
        theme: 'light',
        ascii: 'no',
        keys: {lab: {hint: ['H'], solution: ['S', ' ']}, everywhere: {help: ['?', '？']}},
      },
      problems: [],
    });
  });

  test('a tilde and a letter that YAML has ideas about are keys', () => {
    const {settings, problems} = parseSettings('keys:\n  lab:\n    hint: ~\n    steps: y\n    picture: ctrl-g\n');
    expect(problems).toEqual([]);
    expect(settings.keys.lab).toEqual({hint: ['~'], steps: ['y'], picture: ['ctrl-g']});
  });

  test('two actions that swap their keys', () => {
    expect(parseSettings('keys: {lab: {hint: s, solution: h}}')).toEqual({
      settings: {keys: {lab: {hint: ['s'], solution: ['h']}}},
      problems: [],
    });
  });

  test('the same key on two screens that never meet', () => {
    expect(parseSettings('keys: {lab: {hint: o}, home: {open: o}}').problems).toEqual([]);
  });
});

describe('what is wrong', () => {
  test.each([
    ['color: red', '1:1 unknown-key'],
    ['lang: de', '1:7 value'],
    ['theme: [dark]', '1:8 value'],
    ['lang:', '1:6 value'],
    ['- en', '1:1 not-map'],
    ['en', '1:1 not-map'],
    ['keys: [h]', '1:7 not-map-in'],
    ['keys:\n  labs: {hint: H}', '2:3 unknown-place'],
    ['keys:\n  lab:\n    hnit: H', '3:5 unknown-action'],
    ['keys:\n  lab:\n    toString: H', '3:5 unknown-action'],
    ['keys: {lab: {hint: hh}}', '1:20 key-unknown'],
    ['keys: {lab: {hint: {a: b}}}', '1:20 key-unknown'],
    ['keys: {lab: {hint: 1}}', '1:20 key-fixed'],
    ['keys: {lab: {hint: Up}}', '1:20 key-fixed'],
    ['keys: {lab: {hint: ctrl-c}}', '1:20 key-fixed'],
    ['keys: {lab: {hint: ctrl-m}}', '1:20 key-hidden'],
    ['keys:\n  lab:\n    hint:', '3:10 key-none'],
    ['keys: {lab: {hint: []}}', '1:20 key-none'],
    ['keys:\n  lab:\n    checks-down: >\n', '3:18 key-none'],
    ['keys: {lab: {hint: s}}', '1:20 key-taken'],
    ['keys: {lab: {hint: q}}', '1:20 key-taken'],
    ['keys: {everywhere: {quit: x}}', '1:27 key-taken'],
    ['keys: {lab: {hint: H, journal: H}}', '1:32 key-taken'],
    ['lang: en\nlang: zh', '2:1 yaml-twice'],
    ['keys:\n\tlab:', '2:1 yaml-tab'],
    ['lang: "en', '1:10 yaml'],
  ])('%j', (text, problem) => {
    expect(found(text)).toEqual([problem]);
  });

  test('all else in the file holds', () => {
    const {settings, problems} = parseSettings(
      'lang: zh\ntheme: drak\nkeys: {lab: {hint: [H, s], solution: hh, steps: L}}',
    );
    expect(settings).toEqual({lang: 'zh', keys: {lab: {hint: ['H']}}});
    expect(problems.map(one => one.code)).toEqual(['value', 'key-taken', 'key-unknown', 'key-taken']);
    expect(sayProblem('f', problems[0]!, 'en')).toContain('Did you mean "dark"?');
  });

  test('a key that falls back does not take the key of another', () => {
    // hint wants what quit has, and falls back to h, which solution wants: then solution falls back too.
    const {settings, problems} = parseSettings('keys: {lab: {hint: q, solution: h}}');
    expect(settings.keys).toEqual({});
    expect(problems).toHaveLength(2);
  });

  test('where the text is torn, only the tear is said', () => {
    expect(found('lang: zh\nkeys: {lab: {hint: [}\n').every(one => /yaml/.test(one))).toBe(true);
  });

  test('every sentence is there in both languages, without holes', () => {
    const texts = [
      'color: r',
      'lang: d',
      'en',
      'keys: 1',
      'keys: {l: 1}',
      'keys: {lab: {h: a, hint: zz, back: 1, next: ctrl-i, steps: , xray: q}}',
    ];
    const problems = texts.flatMap(text => parseSettings(text).problems);
    expect(new Set(problems.map(one => one.code)).size).toBeGreaterThan(8);
    for (const problem of problems) {
      for (const lang of ['en', 'zh'] as const) {
        const said = sayProblem('/f.yaml', problem, lang);
        expect(said).toMatch(/^\/f\.yaml:1:\d+: /);
        expect(said).not.toMatch(/\{\w+\}|undefined/);
        expect(/[\u4e00-\u9fff]/.test(said)).toBe(lang === 'zh');
      }
      expect(settingsWords).toHaveProperty(problem.code);
    }
  });

  test('no text makes it throw, and no key ever does two things', () => {
    const piece = fc.constantFrom(
      'lang',
      'keys',
      'lab',
      'hint',
      'solution',
      'home',
      ': ',
      '{',
      '}',
      '[',
      ']',
      '\n',
      '  ',
      '"',
      's',
      'h',
      'q',
      ',',
      '&a ',
      '*a',
      '!!x ',
      '- ',
      '\t',
      '? ',
      '>',
      '|',
      '#',
      '<<',
    );
    fc.assert(
      fc.property(fc.array(piece, {maxLength: 30}), pieces => {
        const {settings} = parseSettings(pieces.join(''));
        const given = Object.entries(settings.keys).flatMap(([place, actions]) =>
          Object.entries(actions).flatMap(([action, keys], i) =>
            (keys ?? []).map(key => ({place: place as keyof typeof ACTIONS, action, key, at: i})),
          ),
        );
        expect(settle(given).conflicts).toEqual([]);
      }),
      {numRuns: 500},
    );
  });
});

describe('the usual keys', () => {
  test('no key does two things where both are seen', () => {
    const seen = (place: 'home' | 'lab' | 'demo') =>
      [...Object.values(ACTIONS.everywhere), ...Object.values(ACTIONS[place])].flat() as string[];
    for (const place of ['home', 'lab', 'demo'] as const) expect(new Set(seen(place)).size).toBe(seen(place).length);
  });
});

describe('the file that is written for the learner', () => {
  test.each(['en', 'zh'] as const)('%s: changes nothing as it is, and names every action', lang => {
    const text = sampleSettings(lang);
    expect(parseSettings(text)).toEqual({settings: {keys: {}}, problems: []});
    const uncommented = text.replace(/^#(?! )/gm, '').replace(/^#( {4})/gm, '$1');
    expect(parseSettings(uncommented)).toEqual({
      settings: {lang, theme: 'dark', ascii: 'auto', keys: USUAL},
      problems: [],
    });
  });
});

test('the example in the documentation is right', () => {
  const docs = readFileSync(path.resolve(import.meta.dirname, '../../../docs/settings.md'), 'utf8');
  const example = /```yaml\n([\s\S]*?)```/.exec(docs)![1]!;
  const {settings, problems} = parseSettings(example);
  expect(problems).toEqual([]);
  expect(settings).toMatchObject({lang: 'zh', theme: 'light', ascii: 'auto', keys: {lab: {hint: ['H']}}});
});
