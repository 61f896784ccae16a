/** What is said about the settings file, in both languages. */
import {type Lang, nearest, render, type Words, type WordTable} from '../../course/index.ts';
import type {Problem} from './types.ts';

export const settingsWords: WordTable = {
  unreadable: {
    en: 'This file cannot be read ({why}); the usual settings hold. Make it a readable file, or remove it.',
    zh: '读不了这个文件（{why}），先用默认设置。请让它可读，或者删掉它。',
  },
  'too-large': {
    en: 'This file has {bytes} bytes, a settings file at most {limit}. Is it the right file? The usual settings hold.',
    zh: '这个文件有 {bytes} 字节，设置文件最多 {limit} 字节。是不是放错了文件？先用默认设置。',
  },
  foreign: {
    en: 'This file belongs to somebody else (uid {uid}), so it is left alone. Make it yours, or remove it.',
    zh: '这个文件属于别的用户（uid {uid}），所以不去动它。请改成自己的文件，或者删掉它。',
  },
  unwritable: {
    en: 'The choice holds for this run but could not be kept ({why}). Make the file writable.',
    zh: '这次的选择有效，但没能保存下来（{why}）。请让这个文件可写。',
  },
  unsaved: {
    en: 'The choice holds for this run but could not be kept: the file is no valid YAML. Mend it first: glassbox config --check.',
    zh: '这次的选择有效，但没能保存下来：文件不是合法的 YAML。请先改好它：glassbox config --check。',
  },
  yaml: {
    en: 'This is not valid YAML: {message}. Put keys such as [ ] > ? # in quotes: "[".',
    zh: '不是合法的 YAML：{message}。[ ] > ? # 这样的键要用引号括起来："["。',
  },
  'yaml-tab': {en: 'A tab indents this line. YAML wants spaces.', zh: '这一行用制表符缩进，YAML 只认空格。'},
  'yaml-twice': {
    en: 'This name stands here twice. Remove one of the two lines.',
    zh: '这个名字写了两次，请删掉其中一行。',
  },
  'not-map': {
    en: 'The file wants lines of the form "name: value", such as "lang: en".',
    zh: '文件里应当是一行行的“名字: 值”，例如 "lang: en"。',
  },
  'not-map-in': {
    en: '"{key}" wants indented lines of the form "name: value" below it.',
    zh: '“{key}”下面应当是缩进的“名字: 值”。',
  },
  'unknown-key': {
    en: 'There is no setting "{key}". Known: {known}.{near}',
    zh: '没有“{key}”这个设置。可用的有：{known}。{near}',
  },
  'unknown-place': {
    en: 'There is no screen "{key}" with keys of its own. Known: {known}.{near}',
    zh: '没有“{key}”这个界面。可用的有：{known}。{near}',
  },
  'unknown-action': {
    en: 'There is no action "{key}" in "{place}". Known: {known}.{near}',
    zh: '“{place}”里没有“{key}”这个动作。可用的有：{known}。{near}',
  },
  value: {
    en: '"{key}" is "{came}"; it can be: {known}.{near}',
    zh: '“{key}”写的是“{came}”，只能是：{known}。{near}',
  },
  'key-unknown': {
    en: '"{key}" is no key that can be used here. Write one character, ctrl-a to ctrl-z, or one of: {known}.{near}',
    zh: '“{key}”不是可用的键。请写一个字符、ctrl-a 到 ctrl-z，或者：{known}。{near}',
  },
  'key-fixed': {
    en: '"{key}" does the same on every screen and cannot be given away (nor can up, down, page-up, page-down, digits, ctrl-c, ctrl-z). Choose another key.',
    zh: '“{key}”在每个界面上的作用都是固定的（up、down、page-up、page-down、数字、ctrl-c、ctrl-z 也一样）。请换一个键。',
  },
  'key-hidden': {
    en: '"{key}" cannot be told from Enter, Tab or Backspace in a terminal. Choose another key.',
    zh: '在终端里“{key}”和 Enter、Tab 或退格键分不开。请换一个键。',
  },
  'key-none': {
    en: '"{action}" has no key. Write one (in quotes where it is a sign), or remove the line: then it is {usual}.',
    zh: '“{action}”没有键。请写上一个键（符号要加引号），或者删掉这一行，那就用 {usual}。',
  },
  'key-taken': {
    en: '"{key}" already does {other} and cannot do {action} too. Choose another key, or give {other} another one.',
    zh: '“{key}”已经用于 {other}，不能再用于 {action}。请换一个键，或者给 {other} 换一个。',
  },
  near: {en: ' Did you mean "{near}"?', zh: '你想写的是不是“{near}”？'},
};

/** `file:line:col: what is wrong, and how to mend it` */
export function sayProblem(file: string, {line, col, code, params}: Problem, lang: Lang): string {
  // What was probably meant, where the file names something that there is not.
  const known = typeof params.known === 'string' ? params.known.split(', ') : [];
  const meant = nearest(String(params.came ?? params.key ?? ''), known);
  const near = meant ? render(settingsWords, lang, 'near', {near: meant}) : '';
  return `${file}:${line}:${col}: ${render(settingsWords, lang, code, {...params, near})}`;
}

/** The same in both languages, for a screen that can switch. */
export function problemWords(file: string, problem: Problem): Words {
  return {en: sayProblem(file, problem, 'en'), zh: sayProblem(file, problem, 'zh')};
}
