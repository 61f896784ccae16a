/**
 * The same specification, the same probe: what crun's container is from inside, ours is too. Whatever the probe sees is
 * compared, not only the field in question. Differences that are meant are named with their reason: `differs` in cases/.
 */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readlinkSync} from 'node:fs';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {readTrees} from '../../../src/engine/cgroup/trees.ts';
import {EngineStage} from '../../../src/engine/stage.ts';
import type {NamespaceType} from '../../../src/engine/types.ts';
import {links, types} from '../support.ts';
import {type Case, files, groups, joining, namespaces, processes, rights} from './cases/index.ts';
import {factsOf, type Said} from './facts.ts';
import {crunVersion, makeRoot, openWorkshop, runCrun, runOurs, type Workshop} from './runtimes.ts';

const version = crunVersion();
const able = version !== undefined && process.getuid!() === 0;
const limiting = ['cpu', 'memory', 'pids', 'cpuset'];
const trees = readTrees();
const mayLimit = limiting.every(name => trees.some(({tree}) => JSON.stringify(tree).includes(`"${name}"`)));

describe.skipIf(!able)('as crun', () => {
  let workshop: Workshop;
  let stage: EngineStage;
  beforeAll(async () => {
    workshop = openWorkshop();
    stage = await EngineStage.open();
  });
  afterAll(async () => {
    await stage?.close();
    workshop?.remove();
  });

  async function compare(one: Case, on: EngineStage, joined: string[] = []): Promise<void> {
    const limited = one.limits !== undefined;
    const theirs = await runCrun(workshop, on.keeperPid, one.spec, makeRoot(workshop, 'crun'), limited);
    const ours = await runOurs(on, one.spec, makeRoot(workshop, 'ours'), limited);
    const facts = factsOf(ours, joined);
    expect(facts).toMatchObject(one.shows);
    const without = (all: Said): Said =>
      Object.fromEntries(Object.entries(all).filter(([name]) => !one.differs?.[name]));
    expect(without(facts)).toEqual(without(factsOf(theirs, joined)));
    expect({code: ours.code, limits: ours.limits}).toEqual({code: theirs.code, limits: theirs.limits});
    expect(ours.code).toBe(one.code ?? 0);
    if (one.limits) expect(ours.limits).toMatchObject(one.limits['memory.max' in ours.limits! ? 'v2' : 'v1']);
  }

  /** What this crun does not carry out is left out by its name. */
  const known = ({since: [major, minor] = [0, 0]}: Case): boolean => {
    const [ours = 0, theirs = 0] = version ?? [];
    return ours > major || (ours === major && theirs >= minor);
  };

  for (const one of [...processes, ...rights, ...namespaces, ...files]) {
    it.skipIf(!known(one))(one.name, () => compare(one, stage));
  }

  it.each([
    ['masked paths', 'mask.readonly'],
    ['umask', 'process.umask'],
    ['no capabilities', 'capability.bounding'],
    ['host name', 'uts.sethostname'],
  ])('a call that is missing is seen: %s', async (name, purpose) => {
    const stage = await EngineStage.open({
      mutate: plan => ({...plan, child: plan.child?.filter(op => op.purpose !== purpose)}),
    });
    try {
      const one = [...processes, ...rights, ...files].find(known => known.name === name)!;
      await expect(compare(one, stage)).rejects.toMatchObject({name: 'AssertionError'});
    } finally {
      await stage.close();
    }
  });

  it.skipIf(!mayLimit).each(groups)('limits: $name', async one => {
    const limitedStage = await EngineStage.open({controllers: limiting});
    try {
      await compare(one, limitedStage);
    } finally {
      await limitedStage.close();
    }
  });

  describe('namespaces by path', () => {
    let holder: ReturnType<typeof spawn>;
    beforeAll(async () => {
      holder = spawn('unshare', ['-n', '-u', '-i', '-p', '-f', '--kill-child', 'sh', '-c', 'echo; exec sleep 1000'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(holder.stdout!, 'data');
    });
    afterAll(() => holder?.kill('SIGKILL'));
    const path = (type: NamespaceType): string =>
      `/proc/HOLDER/ns/${type === 'pid' ? 'pid_for_children' : links[type]}`;
    it.each(joining(path))('$name', async one => {
      const spec = JSON.parse(JSON.stringify(one.spec).replaceAll('HOLDER', String(holder.pid))) as Case['spec'];
      await compare(
        {...one, spec},
        stage,
        [...types, 'pid_for_children' as const].map(type =>
          readlinkSync(`/proc/${holder.pid}/ns/${links[type as NamespaceType] ?? type}`),
        ),
      );
    });
  });
});
