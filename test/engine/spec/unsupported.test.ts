import {expect, it} from 'vitest';
import {engineWords} from '../../../src/course/words/engine.ts';
import {render} from '../../../src/course/words/say.ts';
import {specProblems} from '../../../src/engine/spec.ts';

const process = {args: ['true']};
const linux = (value: object) => ({process, linux: value});

/** [the key, a specification with it] */
const cases: [string, object][] = [
  ['hooks', {process, hooks: {prestart: []}}],
  ['windows', {process, windows: {}}],
  ['vm', {process, vm: {}}],
  ['process.apparmorProfile', {process: {...process, apparmorProfile: 'x'}}],
  ['process.selinuxLabel', {process: {...process, selinuxLabel: 'x'}}],
  ['process.user.username', {process: {...process, user: {uid: 0, gid: 0, username: 'x'}}}],
  ['mounts[0].uidMappings', {process, mounts: [{destination: '/a', type: 'tmpfs', uidMappings: []}]}],
  ['linux.intelRdt', linux({intelRdt: {}})],
  ['linux.mountLabel', linux({mountLabel: 'x'})],
  ['linux.seccomp.listenerPath', linux({seccomp: {defaultAction: 'SCMP_ACT_ALLOW', listenerPath: '/x'}})],
  ['linux.resources.hugepageLimits', linux({resources: {hugepageLimits: []}})],
  ['linux.resources.memory.kernelTCP', linux({resources: {memory: {kernelTCP: 1}}})],
];

it.each(cases)('%s is refused by its name, in both languages', (path, spec) => {
  const [problem, ...more] = specProblems(spec);
  expect(problem).toMatchObject({code: 'spec.unsupported', params: {path}});
  expect(more).toEqual([]);
  for (const lang of ['en', 'zh'] as const)
    expect(render(engineWords, lang, problem!.code, problem!.params)).toContain(path);
});

it('annotations are kept, and change nothing', () => {
  expect(specProblems({process, annotations: {'org.example': 'x'}})).toEqual([]);
});
