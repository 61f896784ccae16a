import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {plainSigns, spellSigns} from '../../src/ui/text/ascii.ts';
import {UNICODE} from '../../src/ui/text/glyphs.ts';

test('sentences are spelled out', () => {
  expect(spellSigns('wait … a → b ≠ c ⏎')).toBe('wait ... a -> b != c Enter');
  expect(spellSigns('等一下……好——走')).toBe('等一下...好--走');
});

test('a drawn line keeps every cell where it is, and no sign is left', () => {
  const line = `│ “it’s” 1×2 ${Object.values(UNICODE).join(' ')} 命名空间 ┃`;
  const plain = plainSigns(line);
  expect(plain.replace(/命名空间/, '')).toMatch(/^[\x20-\x7e]*$/);
  expect([...plain].map(char => stringWidth(char))).toEqual([...line].map(char => stringWidth(char)));
});
