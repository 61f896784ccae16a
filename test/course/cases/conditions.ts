// biome-ignore-all lint/suspicious/noTemplateCurlyInString: in a lab, ${…} is text.
/** Conditions. */
import {HERE} from '../support/labs.ts';
import type {Case} from './case.ts';

export const CONDITIONS: Case[] = [
  {
    code: 'cel.syntax',
    from: '  && host.hostname == before.host.hostname\n```',
    to: `  && host.hostname == ${HERE}== 1\n\`\`\``,
  },
  {
    code: 'cel.unknown-name',
    from: '  && host.hostname == before.host.hostname\n```',
    to: `  && ${HERE}hots.hostname == before.host.hostname\n\`\`\``,
    params: {nearest: 'host'},
  },
  {
    code: 'cel.unknown-fact',
    from: '  && host.hostname == before.host.hostname\n```',
    to: `  && host.hostname == ${HERE}before.host.hostnam\n\`\`\``,
    params: {nearest: 'before.host.hostname'},
  },
  {
    code: 'cel.unknown-fact',
    from: "'host.hostname == vars.name && before.host",
    to: `'host.hostname == vars.name && ${HERE}before.host.ns.utz == 1 && before.host`,
    params: {nearest: 'before.host.ns.uts'},
  },
  {
    code: 'cel.unknown-fact',
    from: 'when: host.hostname == before.host.hostname}',
    to: `when: ${HERE}host.hostnames == before.host.hostname}`,
  },
  {
    code: 'cel.overload',
    from: 'when="host.hostname == \\"both\\""',
    to: `when="host.hostname != \\"both\\" && ${HERE}host.pid == \\"both\\""`,
    params: {came: 'int == string'},
  },
  {
    code: 'cel.later',
    from: 'The host first.',
    to: `\`\`\`yaml show\nfacts: [pid]\n\`\`\`\n\n\`\`\`sh run #late on=host when="${HERE}other.pid == 1"\nls\n\`\`\`\n\n\`\`\`yaml container #other\nlinux: {namespaces: [{type: uts}]}\n\`\`\`\n\nThe host first.`,
    also: ['translation.split'],
  },
  {code: 'cel.group', from: 'when="host.uid == 0"', to: `when="${HERE}host.ns == 0"`, params: {path: 'host.ns'}},
  {code: 'cel.inside', from: 'when="host.uid == 0"', to: `when="${HERE}host.uid.real == 0"`, params: {type: 'int'}},
  {code: 'cel.index', from: 'when="host.uid == 0"', to: `when="host.nspids[${HERE}host.uid] == 0"`},
  {code: 'cel.has', from: 'when="host.uid == 0"', to: `when="${HERE}has(host)"`},
  {
    code: 'cel.run',
    from: 'when="host.uid == 0"',
    to: `when="${HERE}run.first.status == 0"`,
    params: {path: 'run.first.status'},
  },
  {code: 'cel.function', from: 'when="host.uid == 0"', to: `when="${HERE}length(host.hostname) == 0"`},
  {code: 'cel.type', from: 'when="host.uid == 0"', to: `when="${HERE}host.uid == 0 ? true : host.uid"`},
  {
    code: 'cel.result',
    from: 'when="host.uid == 0"',
    to: `when="${HERE}host.uid"`,
    params: {expected: 'bool', came: 'int'},
  },
  {
    code: 'cel.result',
    from: 'answer: "${box.pid}"',
    to: `answer: "\${${HERE}box.hostname}"`,
    params: {expected: 'int', came: 'string'},
  },
  {code: 'cel.constant', from: 'when="host.uid == 0"', to: `when="${HERE}1 == 1"`},
];
