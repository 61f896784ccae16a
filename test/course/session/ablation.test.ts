import {afterEach, describe, expect, it} from 'vitest';
import {withoutNamespace} from '../../../src/course/session/ablation.ts';
import type {ContainerSpec} from '../../../src/engine/index.ts';
import {probeLab, Watched} from './helper.ts';

let now: Watched;
afterEach(() => now?.close());

describe('ablation', () => {
  it('puts the lab without the flag beside the lab with it, and leaves the learner alone', async () => {
    now = await Watched.open(await probeLab(), {atStep: 'name'});
    await now.session.start();
    now.session.predict('who', 'box');
    await now.walk();
    const {name} = now.state.session?.vars ?? {};
    const {facts, containers} = now.state;
    const commands = now.all('command-typed').length;

    await now.session.ablate('box', 'uts');
    const result = now.last('ablation-result');
    const row = (path: string) => result?.rows.find(one => one.path === path);
    expect(row('box.hostname')).toEqual({path: 'box.hostname', withFlag: name, withoutFlag: name});
    expect(row('host.hostname')).toEqual({
      path: 'host.hostname',
      withFlag: facts.now.host?.hostname,
      withoutFlag: name,
    });
    expect(result?.checks).toEqual([{id: 'renamed', withFlag: 'pass', withoutFlag: 'fail'}]);
    const clone = (calls: typeof facts | unknown) =>
      JSON.stringify(calls, (_, v) => (typeof v === 'bigint' ? String(v) : v));
    expect(clone(result?.journal.find(entry => entry.call === 'clone3')?.args)).not.toContain('NEWUTS');
    const box = now.session.events.find(event => event.type === 'journal' && event.who === 'box');
    expect(clone(box)).toContain('NEWUTS');

    await now.session.refresh();
    for (const side of ['host', 'box']) {
      const {hostname, ns, pid} = facts.now[side] ?? {};
      expect(now.state.facts.now[side]).toMatchObject({hostname, ns, pid});
    }
    expect(now.state.containers).toEqual(containers);
    expect(now.all('command-typed')).toHaveLength(commands);
    expect(now.all('stage-ready')).toHaveLength(1);
    expect(now.state.ablation).toMatchObject({running: false, container: 'box', without: 'uts'});
  });

  it('does not solve for the comparison what the learner has not solved', async () => {
    now = await Watched.open(await probeLab(), {atStep: 'name'});
    await now.session.start();
    await now.session.ablate('box', 'uts');
    const result = now.last('ablation-result');
    expect(result?.checks).toEqual([{id: 'renamed', withFlag: 'fail', withoutFlag: 'fail'}]);
    const row = result?.rows.find(one => one.path === 'box.hostname');
    expect(row?.withoutFlag).toBe(row?.withFlag);
    expect(row?.withoutFlag).not.toBe(now.state.session?.vars.name);
  });

  it('does not outlive the session', async () => {
    now = await Watched.open(await probeLab(), {atStep: 'name'});
    await now.session.start();
    const running = now.session.ablate('box', 'uts');
    await now.session.end('left');
    await running;
    expect(now.state.ended?.left).toEqual([]);
  });
});

describe('a namespace left out', () => {
  const map = [{containerID: 0, hostID: 100000, size: 65536}];
  const spec: ContainerSpec = {
    process: {args: ['sh']},
    linux: {
      namespaces: [{type: 'user'}, {type: 'mount'}],
      uidMappings: map,
      gidMappings: map,
      rootfsPropagation: 'shared',
    },
  };

  it('takes its maps with it', () => {
    expect(withoutNamespace(spec, 'user').linux).toEqual({namespaces: [{type: 'mount'}], rootfsPropagation: 'shared'});
  });

  it('takes its propagation with it, and nothing of others', () => {
    const {linux} = withoutNamespace(spec, 'mount');
    expect(linux).toEqual({namespaces: [{type: 'user'}], uidMappings: map, gidMappings: map});
    expect(withoutNamespace(spec, 'uts')).toEqual(spec);
  });
});
