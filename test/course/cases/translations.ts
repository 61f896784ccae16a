// biome-ignore-all lint/suspicious/noTemplateCurlyInString: in a lab, ${…} is text.
/** Translations. */
import {HERE} from '../support/labs.ts';
import type {Case} from './case.ts';

export const TRANSLATIONS: Case[] = [
  {
    code: 'translation.left-over',
    file: 'lab.zh.md',
    from: '<a id="questions">',
    to: `<a id="${HERE}question">`,
    also: ['translation.missing'],
  },
  {
    code: 'translation.missing',
    file: 'lab.zh.md',
    from: '## 从两边看',
    to: `${HERE}## 从两边看`,
    more: ['> [!DRIFT]\n> 笔记里这两行写反了。', ''],
    params: {what: '[!DRIFT] 1'},
  },
  {
    code: 'translation.missing',
    file: 'lab.zh.md',
    from: '## 问题',
    to: `${HERE}## 问题`,
    more: ['```yaml quiz #q-text\nask: 容器叫什么名字？\nbecause: 名字是你刚取的。\n```\n', ''],
    params: {what: 'quiz #q-text'},
  },
  {
    code: 'translation.order',
    file: 'lab.zh.md',
    from: '> [!NOTE]\n> 先问问大家。\n\n> [!DRIFT]\n> 笔记里这两行写反了。',
    to: `> [!DRIFT]\n> 写反了。\n\n${HERE}> [!NOTE]\n> 先问问大家。`,
  },
  {
    code: 'translation.twice',
    file: 'lab.zh.md',
    from: '```yaml container #box\n```\n',
    to: `\`\`\`yaml container #box\n\`\`\`\n\n${HERE}\`\`\`yaml container #box\n\`\`\`\n`,
  },
  {
    code: 'translation.missing-text',
    file: 'lab.zh.md',
    from: '```yaml container #box\n```\n\n先看宿主机。\n\n- 一个列表，旁边有一段只供阅读的例子：\n\n```sh\nhostname --help\n```\n',
    to: `${HERE}\`\`\`yaml container #box\n\`\`\`\n`,
    params: {text: 'The host first.'},
  },
  {
    code: 'translation.left-over-text',
    file: 'lab.zh.md',
    from: '```cel check #renamed',
    to: `${HERE}多出来的一段。\n\n\`\`\`cel check #renamed`,
  },
  {
    code: 'translation.split',
    file: 'lab.zh.md',
    from: '本实验的容器就是一个 shell，启动时只带 `CLONE_NEWUTS`，\n别的什么都没有。\n\n```yaml container #box\n```\n',
    to: `${HERE}本实验的容器就是一个 shell。`,
    params: {expected: 4, came: 3},
  },
  {
    code: 'translation.attribute',
    file: 'lab.zh.md',
    from: '```sh mistake #wrong-side',
    to: `\`\`\`sh mistake #wrong-side ${HERE}on=host`,
  },
  {
    code: 'translation.command',
    file: 'lab.zh.md',
    from: '```sh mistake #wrong-side\n',
    to: `\`\`\`sh mistake #wrong-side\n${HERE}hostname x\n`,
  },
  {
    code: 'yaml.missing',
    file: 'lab.zh.md',
    from: 'choices: {old: "原来的名字", new: "${name}"}',
    to: `${HERE}choices: {old: "原来的名字"}`,
    params: {key: 'choices.new'},
  },
  {
    code: 'translation.left-over',
    file: 'lab.zh.md',
    from: 'new: "${name}"}',
    to: `new: "\${name}", ${HERE}third: "x"}`,
    params: {what: 'choices.third'},
  },
  {
    code: 'check.no-title',
    file: 'lab.zh.md',
    from: '```cel check #renamed title="容器叫 ${name}，宿主机不叫"',
    to: `${HERE}\`\`\`cel check #renamed`,
  },
];
