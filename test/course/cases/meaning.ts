// biome-ignore-all lint/suspicious/noTemplateCurlyInString: in a lab, ${…} is text.
/** What a lab must have, and texts that fit. */
import {HERE} from '../support/labs.ts';
import type {Case} from './case.ts';

export const MEANING: Case[] = [
  {
    code: 'check.no-hint',
    from: '```cel check #renamed',
    to: `\`\`\`cel check #extra title="x"\nhost.pid == 1\n\`\`\`\n\n\`\`\`sh solve on=host\nls\n\`\`\`\n\n\`\`\`sh mistake #e on=host when="host.pid == 2"\nls\n\`\`\`\n\n> [!SAY]\n> Oh.\n\n\`\`\`cel check #renamed`.replace(
      '```cel check #extra',
      `${HERE}\`\`\`cel check #extra`,
    ),
    also: ['translation.missing'],
  },
  {
    code: 'check.no-solve',
    from: '```cel check #renamed title="The container is called ${name}, the host is not"\nbox.hostname == vars.name\n  && host.hostname == before.host.hostname\n```\n\n> [!HINT]\n> Which side is the command for?\n\n> [!HINT]\n> In the container: `hostname ${name}`.\n\n```sh solve on=box\nhostname ${name}\n```',
    to: `${HERE}\`\`\`cel check #renamed title="x"\nbox.hostname == vars.name\n\`\`\`\n\n> [!HINT]\n> a\n\n> [!HINT]\n> b`,
  },
  {
    code: 'mistake.no-say',
    from: '```sh mistake #q-host on=host when="host.hostname == vars.name + \'-2\'"\nhostname ${name}-2\n```\n\n> [!SAY]\n> That name went to the host.',
    to: `${HERE}\`\`\`sh mistake #q-host on=host when="host.hostname == vars.name + '-2'"\nhostname \${name}-2\n\`\`\``,
    also: ['translation.left-over'],
  },
  {
    code: 'quiz.no-solve',
    from: '```yaml quiz #q-hands',
    to: `${HERE}\`\`\`yaml quiz #q-other\ntype: hands-on\nask: x\ncheck: host.pid == 1\nbecause: x\n\`\`\`\n\n\`\`\`sh mistake #q-m on=host when="host.pid == 2"\nls\n\`\`\`\n\n> [!SAY]\n> x\n\n\`\`\`yaml quiz #q-hands`,
    also: ['translation.missing'],
  },
  {
    code: 'quiz.no-mistake',
    from: '```yaml quiz #q-hands',
    to: `${HERE}\`\`\`yaml quiz #q-other\ntype: hands-on\nask: x\ncheck: host.pid == 1\nbecause: x\n\`\`\`\n\n\`\`\`sh solve on=host\nls\n\`\`\`\n\n\`\`\`yaml quiz #q-hands`,
    also: ['translation.missing'],
  },
  {
    code: 'predict.no-run',
    from: '```yaml quiz #q-single',
    to: `${HERE}\`\`\`yaml predict #p2\nask: x\nchoices:\n  - {id: a, text: a, when: host.pid == 1}\n  - {id: b, text: b, when: host.pid != 1}\n\`\`\`\n\n\`\`\`yaml quiz #q-single`,
    also: ['translation.missing'],
  },
  {
    code: 'requires.namespace',
    from: '```yaml container #box\nprocess: {args: [sh], env: [LAB=sample]}\nlinux: {namespaces: [{type: uts}]}',
    to: `${HERE}\`\`\`yaml container #box\nprocess: {args: [sh]}\nlinux: {namespaces: [{type: uts}, {type: pid}]}`,
    params: {came: 'pid'},
  },
  {code: 'var.unused', from: 'vars:\n', to: `vars:\n  ${HERE}spare: {pick: [a, b]}\n`, params: {name: 'spare'}},
  {
    code: 'show.side',
    from: 'facts: [hostname, ns.uts]',
    to: `facts: [hostname, ${HERE}box.ns.uts]`,
    params: {nearest: 'ns.uts'},
  },
  {
    code: 'show.unknown',
    from: 'facts: [hostname, ns.uts]',
    to: `facts: [${HERE}hostnam, ns.uts]`,
    params: {nearest: 'hostname'},
  },
  {
    code: 'hole.unknown',
    from: 'test ${host.pid} -eq ${box.pid}',
    to: `test \${host.pid} -eq ${HERE}\${box.pdi}`,
    params: {nearest: 'box.pid'},
  },
  {
    code: 'hole.unknown',
    from: "That was the host's terminal. Its name was ${before.host.hostname}.",
    to: `It was \${name}, then\n> ${HERE}\${nmae}.`,
    params: {nearest: 'name'},
  },
  {
    code: 'hole.unknown',
    file: 'lab.zh.md',
    from: '在容器里输入：`hostname ${name}`。',
    to: `在容器里输入：\`hostname ${HERE}\${nane}\`。`,
    params: {nearest: 'name'},
  },
  {code: 'hole.later', from: 'This is the introduction', to: `Process ${HERE}\${box.pid}. This is the introduction`},
  {code: 'hole.many', from: 'test ${host.pid} -eq ${box.pid}', to: `test \${host.pid} -eq ${HERE}\${box.nspids}`},
  {
    code: 'text.control',
    from: 'Ask the class first.',
    to: `Ask the ${HERE}\u001b[2J class first.`,
    params: {char: 'U+001B'},
  },
  {code: 'text.tab', from: 'rm -f sample.txt', to: `rm -f${HERE}\tsample.txt`},
  {
    code: 'text.line',
    from: 'title: A sample',
    to: `title: ${HERE}A sample that is far too long`,
    params: {width: 29, limit: 24},
  },
  {
    code: 'text.line',
    file: 'lab.zh.md',
    from: 'title: 样例',
    to: `title: ${HERE}十三个汉字就占二十六格太长`,
    params: {width: 26, limit: 24},
  },
  {
    code: 'text.lines',
    from: '> [!NOTE]\n> Ask the class first.',
    to: `${HERE}> [!NOTE]\n${'> - point\n'.repeat(11)}`,
    params: {lines: 11, limit: 10},
  },
  {
    code: 'text.long',
    from: 'A container of this lab is a shell',
    to: `${HERE}${'Eighteen lines fill a screen, '.repeat(48)} A container of this lab is a shell`,
  },
  {
    code: 'text.wide',
    from: '```sh\nhostname --help\n```',
    to: `\`\`\`sh\n${HERE}${'x'.repeat(77)}\n\`\`\``,
    params: {width: 77, limit: 76},
  },
];
