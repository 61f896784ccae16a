// biome-ignore-all lint/suspicious/noTemplateCurlyInString: in a lab, ${…} is text.
/** Blocks and what belongs to them. */
import {HERE} from '../support/labs.ts';
import type {Case} from './case.ts';

export const BLOCKS: Case[] = [
  {code: 'id.form', from: '<a id="questions">', to: `<a id="${HERE}Questions!">`},
  {code: 'id.form', from: '#q-single', to: `#${HERE}q_single`},
  {code: 'id.name', from: 'yaml container #box', to: `yaml container #${HERE}my-box`, also: ['run.side']},
  {code: 'id.twice', from: '#rename on=box', to: `#${HERE}first on=box`, params: {id: 'first', line: 35}},
  {code: 'alert.type', from: '> [!DRIFT]', to: `> [!${HERE}DRIFTS]`, params: {nearest: 'DRIFT'}},
  {
    code: 'alert.empty',
    from: '> [!DRIFT]\n> The notes print the two lines the other way round.',
    to: `${HERE}> [!DRIFT]`,
  },
  {code: 'heading.first-level', from: 'This is the introduction', to: `${HERE}# A sample\n\nThis is the introduction`},
  {code: 'heading.underlined', from: 'The host first.', to: `The host first.\n${HERE}---`},
  {code: 'heading.empty', from: '## Questions', to: `${HERE}##`},
  {code: 'step.no-anchor', from: '## Questions\n\n<a id="questions"></a>', to: `${HERE}## Questions`},
  {
    code: 'intro.block',
    from: 'This is the introduction',
    to: `${HERE}> [!NOTE]\n> Too early.\n\nThis is the introduction`,
  },
  {code: 'hint.no-check', from: 'The host first.', to: `The host first.\n\n${HERE}> [!HINT]\n> Of what?`},
  {code: 'say.no-mistake', from: 'The host first.', to: `The host first.\n\n${HERE}> [!SAY]\n> To whom?`},
  {
    code: 'say.twice',
    from: '> [!NOTE]\n> Ask',
    to: `${HERE}> [!SAY]\n> Again.\n\n> [!NOTE]\n> Ask`,
    params: {id: 'both'},
  },
  {
    code: 'solve.no-check',
    from: 'The host first.',
    to: `The host first.\n\n${HERE}\`\`\`sh solve on=host\nls\n\`\`\``,
    params: {verb: 'solve'},
  },
  {code: 'container.reserved', from: 'yaml container #box', to: `yaml container #${HERE}before`, also: ['run.side']},
  {
    code: 'container.without',
    from: 'without: [uts]',
    to: `without: [uts, ${HERE}pid]`,
    params: {came: 'pid', fresh: 'uts'},
  },
  {
    code: 'check.no-title',
    from: '```cel check #renamed title="The container is called ${name}, the host is not"',
    to: `${HERE}\`\`\`cel check #renamed`,
  },
  {
    code: 'check.empty',
    from: '```cel check #renamed title="The container is called ${name}, the host is not"\nbox.hostname == vars.name\n  && host.hostname == before.host.hostname\n',
    to: `${HERE}\`\`\`cel check #renamed title="x"\n`,
  },
  {
    code: 'mistake.no-when',
    from: '```sh mistake #q-host on=host when="host.hostname == vars.name + \'-2\'"',
    to: `${HERE}\`\`\`sh mistake #q-host on=host`,
  },
  {code: 'run.no-side', from: '```sh run #first on=host', to: `${HERE}\`\`\`sh run #first`},
  {code: 'run.side', from: '#first on=host', to: `#first on=${HERE}hots`, params: {nearest: 'host'}},
  {
    code: 'run.empty',
    from: '```sh run #rename on=box\nhostname ${name}\n',
    to: `${HERE}\`\`\`sh run #rename on=box\n# nothing\n`,
  },
  {code: 'run.expect', from: 'expect=1', to: `expect=${HERE}EPREM`, params: {nearest: 'EPERM'}},
  {code: 'run.expect', from: 'expect=1', to: `expect=${HERE}256`, params: {nearest: ''}},
  {code: 'show.nothing', from: '```yaml show\nfacts: [hostname, ns.uts]', to: `${HERE}\`\`\`yaml show\nfacts: []`},
  {code: 'yaml.not-map', from: 'facts: [hostname, ns.uts]', to: `${HERE}- hostname`, params: {what: 'yaml show'}},
  {code: 'yaml.tag', from: 'when: host.hostname == before.host.hostname}', to: `when: ${HERE}!has(box.pid)}`},
  {
    code: 'yaml.too-few',
    from: '  - {id: old, text: "what it said before", when: host.hostname == before.host.hostname}\n  - {id: new',
    to: `  ${HERE}- {id: new`,
    params: {least: 2, came: 1},
  },
  {code: 'choice.twice', from: '{id: new, text', to: `{id: ${HERE}old, text`, params: {id: 'old'}},
  {
    code: 'quiz.one-right',
    from: 'ask: Which flag was it?\nchoices:\n  - {id: uts, text: CLONE_NEWUTS, right: true,',
    to: `ask: Which flag was it?\n${HERE}choices:\n  - {id: uts, text: CLONE_NEWUTS,`,
    params: {came: 0},
  },
  {
    code: 'quiz.some-right',
    from: 'type: multiple\nask: Which of them are in a UTS namespace?\nchoices:\n  - {id: host, text: the host name, right: true, because: sethostname(2) sets it.}\n  - {id: domain, text: the NIS domain, right: true,',
    to: `type: multiple\nask: Which of them are in a UTS namespace?\n${HERE}choices:\n  - {id: host, text: the host name, because: sethostname(2) sets it.}\n  - {id: domain, text: the NIS domain,`,
  },
  {
    code: 'quiz.no-reason',
    from: '{id: ns, text: CLONE_NEWNS, because: That is the mount namespace.}',
    to: `${HERE}{id: ns, text: CLONE_NEWNS}`,
  },
  {
    code: 'quiz.answer',
    from: 'answer: "${box.pid}"',
    to: `answer: ${HERE}many`,
    params: {type: 'number', came: 'many'},
  },
  {
    code: 'quiz.answer',
    from: 'answer: [clone, exec]',
    to: `answer: ${HERE}[clone]`,
    params: {type: 'order', expected: '[exec, clone]'},
  },
  {
    code: 'quiz.needs',
    from: '```yaml quiz #q-text\ntype: text\nask: What is the container called?\nanswer: "${vars.name}"\n',
    to: `${HERE}\`\`\`yaml quiz #q-text\ntype: text\nask: What is the container called?\n`,
    params: {key: 'answer'},
  },
  {
    code: 'quiz.refuses',
    from: 'answer: "${vars.name}"',
    to: `answer: "\${vars.name}"\n${HERE}check: host.pid == 1`,
    params: {key: 'check'},
  },
];
