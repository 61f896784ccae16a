// biome-ignore-all lint/suspicious/noTemplateCurlyInString: in a lab, ${…} is text.
/** Info strings and fences. */
import {HERE} from '../support/labs.ts';
import type {Case} from './case.ts';

export const FENCES: Case[] = [
  {code: 'fence.verb', from: 'yaml predict #p1', to: `yaml ${HERE}predcit #p1`, params: {nearest: 'predict'}},
  {
    code: 'fence.lang',
    from: 'cel check #renamed',
    to: `${HERE}yaml check #renamed`,
    params: {came: 'yaml', expected: 'cel'},
  },
  {code: 'fence.two-ids', from: 'sh run #first', to: `sh run #first ${HERE}#second`, params: {came: 'second'}},
  {
    code: 'fence.quote',
    from: 'title="The container is called ${name}, the host is not"',
    to: `title=${HERE}"The container`,
  },
  {
    code: 'fence.word',
    from: 'sh run #first on=host',
    to: `sh run #first on=host ${HERE}please`,
    params: {came: 'please'},
  },
  {code: 'fence.no-id', from: '```yaml predict #p1', to: `${HERE}\`\`\`yaml predict`, params: {verb: 'predict'}},
  {
    code: 'fence.id-unwanted',
    from: 'sh solve on=box\nhostname ${name}\n',
    to: `sh solve ${HERE}#s on=box\nhostname \${name}\n`,
  },
  {
    code: 'fence.attribute',
    from: 'sh run #first on=host',
    to: `sh run #first on=host ${HERE}expects=1`,
    params: {nearest: 'expect'},
  },
  {code: 'fence.twice', from: 'sh run #first on=host', to: `sh run #first on=host ${HERE}on=host`, params: {key: 'on'}},
  {code: 'fence.empty', from: 'sh run #first on=host', to: `sh run #first on=host ${HERE}expect=`},
  {code: 'fence.indented', from: '```sh run #first on=host', to: ` ${HERE}\`\`\`sh run #first on=host`},
  {
    code: 'fence.unclosed',
    from: '```sh cleanup on=host\nrm -f sample.txt\n```',
    to: `${HERE}\`\`\`sh cleanup on=host\nrm -f sample.txt`,
  },
  {
    code: 'fence.nested',
    from: '```sh\nhostname --help\n```',
    to: `- item\n  ${HERE}\`\`\`sh run on=host\n  ls\n  \`\`\``,
  },
];
