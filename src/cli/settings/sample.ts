/** The settings file as `glassbox config --init` writes it: everything in it, and nothing changed yet. */
import {type Lang, render, type WordTable} from '../../course/index.ts';
import {ACTIONS, type KeyName, sayAction} from '../../ui/index.tsx';
import {PLACES} from './conflicts.ts';
import {keyInFile} from './names.ts';

const words: WordTable = {
  head: {
    en: 'Settings of Glassbox. A line with # before it says what is usual: remove the # and change it.\n`glassbox config` shows what is in effect, `glassbox config --check` what is wrong in this file.',
    zh: 'Glassbox 的设置。前面带 # 的行写的是默认值：去掉 # 再改。\n`glassbox config` 显示现在生效的设置，`glassbox config --check` 检查这个文件。',
  },
  lang: {
    en: 'Language: en or zh. Without it the locale decides.',
    zh: '语言：en 或 zh。不写就按区域设置。',
  },
  theme: {
    en: 'Colours: dark or light (the background), contrast, or none.',
    zh: '配色：dark（深色背景）、light（浅色背景）、contrast（高对比度）或 none（不用颜色）。',
  },
  ascii: {
    en: 'Borders and symbols in ASCII: yes, no, or auto (the terminal is asked).',
    zh: '边框和符号只用 ASCII：yes、no 或 auto（看终端的情况）。',
  },
  keys: {
    en: 'Keys: one character, enter, escape, tab, shift-tab, left, right, space, or ctrl-a to ctrl-z; several as a list: [h, "?"].\nPut signs in quotes. Arrows up and down, page-up, page-down, digits, ctrl-c and ctrl-z are fixed.',
    zh: '键：一个字符、enter、escape、tab、shift-tab、left、right、space，或 ctrl-a 到 ctrl-z；几个键写成列表：[h, "?"]。\n符号要加引号。上下方向键、page-up、page-down、数字、ctrl-c、ctrl-z 是固定的。',
  },
};

/** YAML with comments in one language. With every # before a setting removed it means the same. */
export function sampleSettings(lang: Lang): string {
  const comment = (code: string) => render(words, lang, code).replace(/^/gm, '# ');
  const keys = PLACES.flatMap(place => {
    const rows = Object.entries<readonly KeyName[]>(ACTIONS[place]).map(([action, usual]) => ({
      setting: `    ${action}: ${usual.length === 1 ? inYaml(usual[0]!) : `[${usual.map(inYaml).join(', ')}]`}`,
      does: sayAction(lang, place, action),
    }));
    const width = Math.max(...rows.map(({setting}) => setting.length)) + 2;
    return [`  ${place}:`, ...rows.map(({setting, does}) => `#${setting.padEnd(width)}# ${does}`)];
  });
  return [
    comment('head'),
    '',
    comment('lang'),
    `#lang: ${lang}`,
    '',
    comment('theme'),
    '#theme: dark',
    '',
    comment('ascii'),
    '#ascii: auto',
    '',
    comment('keys'),
    'keys:',
    ...keys,
    '',
  ].join('\n');
}

/** Letters and names stand as they are, signs in quotes. */
function inYaml(key: KeyName): string {
  const name = keyInFile(key);
  return /^[a-z][a-z-]*$/i.test(name) ? name : JSON.stringify(name);
}
