import {expect, test} from 'vitest';
import {effective} from '../../../src/cli/settings/effective.ts';

const utf8 = {LANG: 'C.UTF-8'};

test.each([
  [{}, {...utf8}, {}, 'en', 'locale', 'LANG'],
  [{}, {}, {}, 'en', 'usual', undefined],
  [{}, {LC_ALL: 'zh_CN.UTF-8', ...utf8}, {}, 'zh', 'locale', 'LC_ALL'],
  [{}, {LANG: 'zh_CN.UTF-8'}, {lang: 'en'}, 'en', 'file', undefined],
  [{}, {GLASSBOX_LANG: 'zh', ...utf8}, {lang: 'en'}, 'zh', 'environment', 'GLASSBOX_LANG'],
  [{}, {GLASSBOX_LANG: 'fr', ...utf8}, {lang: 'zh'}, 'zh', 'file', undefined],
  [{lang: 'en'}, {GLASSBOX_LANG: 'zh', ...utf8}, {lang: 'zh'}, 'en', 'option', '--lang'],
] as const)('language: %j %j %j', (options, env, file, value, from, name) => {
  const chosen = effective(options, env, {...file, keys: {}});
  expect(chosen.lang).toEqual({value, from, ...(name && {name})});
  expect(chosen.settings.lang).toBe(value);
});

test.each([
  [{}, {}, {}, 'dark', 'usual'],
  [{}, {COLORFGBG: '0;15'}, {}, 'light', 'terminal'],
  [{}, {COLORFGBG: '0;default;7'}, {}, 'light', 'terminal'],
  [{}, {COLORFGBG: '15;0'}, {}, 'dark', 'usual'],
  [{}, {COLORFGBG: '7;8'}, {}, 'dark', 'usual'],
  [{}, {COLORFGBG: 'default;default'}, {}, 'dark', 'usual'],
  [{}, {COLORFGBG: '0;15'}, {theme: 'contrast'}, 'contrast', 'file'],
  [{}, {NO_COLOR: '1'}, {theme: 'light'}, 'none', 'environment'],
  [{}, {NO_COLOR: ''}, {theme: 'light'}, 'light', 'file'],
  [{theme: 'dark'}, {NO_COLOR: '1'}, {theme: 'light'}, 'dark', 'option'],
] as const)('theme: %j %j %j', (options, env, file, value, from) => {
  expect(effective(options, env, {...file, keys: {}}).theme).toMatchObject({value, from});
});

test.each([
  [{}, utf8, {}, 'auto', 'usual'],
  [{}, {LANG: 'C'}, {}, 'yes', 'locale'],
  [{}, {LANG: 'C'}, {ascii: 'no'}, 'no', 'file'],
  [{}, {LANG: 'C', GLASSBOX_ASCII: '0'}, {ascii: 'yes'}, 'auto', 'environment'],
  [{}, {...utf8, GLASSBOX_ASCII: '1'}, {ascii: 'no'}, 'yes', 'environment'],
  [{ascii: 'no'}, {...utf8, GLASSBOX_ASCII: '1'}, {}, 'no', 'option'],
] as const)('ASCII: %j %j %j', (options, env, file, value, from) => {
  expect(effective(options, env, {...file, keys: {}}).ascii).toMatchObject({value, from});
});
