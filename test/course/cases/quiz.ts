// biome-ignore-all lint/suspicious/noTemplateCurlyInString: in a lab, ${…} is text.
/** Questions beside a lab. */
import {HERE} from '../support/labs.ts';
import type {Case} from './case.ts';

const file = 'quiz.md';

export const QUIZ: Case[] = [
  {code: 'yaml.unknown-key', file, from: 'vars:', to: `${HERE}title: Questions\nvars:`, params: {key: 'title'}},
  {code: 'question.text', file, from: '## What is missing', to: `${HERE}Some questions.\n\n## What is missing`},
  {
    code: 'question.text',
    file,
    from: '```sh run #first',
    to: `${HERE}The name is set first.\n\n\`\`\`sh run #first`,
  },
  {
    code: 'question.block',
    file,
    from: '```sh run #first',
    to: `${HERE}\`\`\`yaml show\nfacts: [hostname]\n\`\`\`\n\n\`\`\`sh run #first`,
    params: {verb: 'show'},
  },
  {
    code: 'question.block',
    file,
    from: '> [!SAY]',
    to: `${HERE}> [!NOTE]\n> For whom?\n\n> [!SAY]`,
    params: {verb: '[!NOTE]'},
  },
  {
    code: 'question.one',
    file,
    from: '## Its name',
    to: `${HERE}## Nothing\n\n<a id="nothing"></a>\n\n## Its name`,
    params: {id: 'nothing', came: 0},
  },
  {
    code: 'question.late',
    file,
    from: '```sh solve on=box',
    to: `${HERE}\`\`\`sh run on=box\ntrue\n\`\`\`\n\n\`\`\`sh solve on=box`,
  },
  {
    code: 'question.late',
    file,
    from: '```sh solve on=box',
    to: `${HERE}\`\`\`yaml container #late\nlinux: {namespaces: [{type: uts}]}\n\`\`\`\n\n\`\`\`sh solve on=box`,
  },
  {
    code: 'question.same-id',
    file,
    from: '```yaml quiz #name',
    to: `${HERE}\`\`\`yaml quiz #q-single`,
    also: ['translation.missing', 'translation.left-over'],
    params: {id: 'q-single'},
  },
  {
    code: 'id.twice',
    file,
    from: '```yaml quiz #name',
    to: `\`\`\`yaml quiz #${HERE}missing`,
    params: {id: 'missing', line: 19},
  },
  {
    code: 'quiz.when-or-right',
    file,
    from: '  - {id: none, text: "none", when: host.ns.uts != box.ns.uts,',
    to: `  - ${HERE}{id: none, text: "none", right: true,`,
  },
  {
    code: 'quiz.when-or-right',
    file,
    from: '  - {id: none, text: "none",',
    to: `  - ${HERE}{id: none, text: "none", right: false,`,
  },
  {
    code: 'cel.unknown-fact',
    file,
    from: 'when: host.ns.uts != box.ns.uts',
    to: `when: ${HERE}host.ns.utsy != box.ns.uts`,
    params: {nearest: 'host.ns.uts'},
  },
  {code: 'cel.constant', file, from: 'when: host.ns.uts != box.ns.uts', to: `when: ${HERE}vars.missing == 'none'`},
  {
    code: 'cel.later',
    file,
    from: '  - {id: none, text: "none", when: host.ns.uts != box.ns.uts,',
    to: `  - {id: none, text: "none", when: ${HERE}cell.ns.uts != box.ns.uts,`,
    more: ['```sh run #first', '```yaml container #cell\nlinux: {namespaces: [{type: uts}]}\n```\n\n```sh run #first'],
  },
  {
    code: 'container.lacks',
    file,
    from: '```yaml container #box\nlinux: {namespaces: [{type: uts}, {type: ipc}]}',
    to: `${HERE}\`\`\`yaml container #box\nlinux: {namespaces: [{type: uts}]}`,
    params: {came: 'ipc', fresh: 'uts'},
  },
  {
    code: 'hole.unknown',
    file,
    from: 'lacks: "${missing}"',
    to: `lacks: "${HERE}\${missin}"`,
    params: {nearest: 'missing'},
    also: ['var.unused', 'container.lacks'],
  },
  {
    code: 'quiz.no-solve',
    file,
    from: '```sh solve on=box\nhostname tiger\n```\n\n',
    to: '',
    more: ['```yaml quiz #name', `${HERE}\`\`\`yaml quiz #name`],
  },
  {
    code: 'translation.missing',
    file: 'quiz.zh.md',
    from: '> [!SAY]\n> 那是宿主机。',
    to: '',
    more: ['## 名字', `${HERE}## 名字`],
  },
  {code: 'yaml.unknown-key', file: 'quiz.zh.md', from: 'format: 1', to: `format: 1\n${HERE}title: 问题`},
];
