/** A lab small enough to know by heart, with one of everything a screen shows. */
import type {Block, Lab, Pos, Step} from '../../../src/course/index.ts';

const pos: Pos = {file: 'lab.md', line: 1, col: 1};

const step = (id: string, en: string, zh: string, blocks: Block[]): Step => ({id, title: {en, zh}, blocks, pos});

export function smallLab(): Lab {
  const run = (id: string, on: string, command: string): Block => ({
    kind: 'run',
    id,
    on,
    commands: [command],
    expect: 0,
    pos,
  });
  return {
    format: 1,
    id: 'uts',
    number: '01',
    dir: '/labs/01-uts',
    title: {en: 'UTS namespace', zh: 'UTS 命名空间'},
    question: {en: 'Can one process rename the machine alone?', zh: '一个进程能不能只给自己改名？'},
    minutes: 8,
    sources: [],
    requires: {},
    vars: {name: {pick: ['tiger']}},
    langs: ['en', 'zh'],
    cleanup: [],
    steps: [
      step('name', 'The name', '名字', [
        {
          kind: 'prose',
          text: {en: 'Before the *container* is called `${name}`.', zh: '先给**容器**取名 `${name}`。'},
          pos,
        },
        {
          kind: 'container',
          id: 'box',
          spec: {process: {args: ['sh']}, linux: {namespaces: [{type: 'uts'}]}},
          without: ['uts'],
          pos,
        },
        {
          kind: 'predict',
          id: 'who',
          ask: {en: 'Who is renamed?', zh: '谁会被改名？'},
          choices: [
            {id: 'host', text: {en: 'the host', zh: '宿主机'}, when: 'false'},
            {id: 'box', text: {en: 'the container', zh: '容器'}, when: 'true'},
          ],
          because: {en: 'Because names live in the namespace.', zh: '因为名字属于命名空间。'},
          pos,
        },
        run('rename', 'box', 'hostname ${name}'),
        {kind: 'show', facts: ['hostname', 'ns.uts'], pos},
        {
          kind: 'check',
          id: 'renamed',
          title: {en: 'Only the container is called ${name}', zh: '只有容器叫 ${name}'},
          expr: 'box.hostname == vars.name',
          hints: [
            {en: 'Look at the frames.', zh: '看看边框上写的是哪一边。'},
            {en: 'Type it in the container.', zh: '在容器里输入。'},
          ],
          solve: [{kind: 'run', on: 'box', commands: ['hostname ${name}'], expect: 0, pos}],
          mistakes: [
            {
              id: 'wrong-side',
              pos,
              commands: [],
              when: 'host.hostname == vars.name',
              say: {
                en: 'That was the host: it is called **${name}** now.',
                zh: '那是宿主机，它现在叫 **${name}** 了。',
              },
            },
          ],
          pos,
        },
      ]),
      step('end', 'The end', '最后一步', [
        {kind: 'prose', text: {en: 'Nothing more to do.', zh: '没有别的事了。'}, pos},
        {kind: 'drift', text: {en: 'The notes have it the other way round.', zh: '笔记里写反了。'}, pos},
      ]),
    ],
  };
}
