/** Specifications that a generator makes, run for real: each runs, or is refused in words, and nothing is left of any. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import fc from 'fast-check';
import {expect, it, onTestFinished} from 'vitest';
import {sayError, sayFailure} from '../../../src/course/index.ts';
import {readTrees, supported, treeOf} from '../../../src/engine/cgroup/trees.ts';
import {EngineError} from '../../../src/engine/errors.ts';
import {specProblems} from '../../../src/engine/spec.ts';
import {childrenOf} from '../../../src/engine/strays.ts';
import type {ContainerSpec} from '../../../src/engine/types.ts';
import {leftovers, openStage, output, quietMachine, terminalText} from '../support.ts';
import type {Places} from './generated/draw.ts';
import {specs} from './generated/specs.ts';

/** GLASSBOX_SEED=7 tries others; GLASSBOX_RUNS=1000 more of them. */
const seed = Number(process.env.GLASSBOX_SEED ?? 8);
const runs = Number(process.env.GLASSBOX_RUNS ?? 40);

/** A root of one program, and a folder to be shown in it. */
function folders(): Pick<Places, 'root' | 'shared'> {
  const dir = mkdtempSync('/tmp/glassbox-generated-');
  onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
  chmodSync(dir, 0o755); // for root of a user namespace
  for (const name of ['bin', 'proc', 'dev', 'sys', 'tmp', 'etc']) mkdirSync(`${dir}/root/${name}`, {recursive: true});
  mkdirSync(`${dir}/shared`);
  copyFileSync('/bin/busybox', `${dir}/root/bin/true`);
  for (const place of ['root/etc/file', 'shared/file']) writeFileSync(`${dir}/${place}`, 'x');
  return {root: `${dir}/root`, shared: `${dir}/shared`};
}

/** A disk that can be throttled; undefined: there is none here. */
function diskHere(): Places['disk'] {
  const name = ['vda', 'sda', 'nvme0n1', 'vdb'].find(one => existsSync(`/sys/block/${one}`));
  const numbers = name && readFileSync(`/sys/block/${name}/dev`, 'utf8').trim().split(':').map(Number);
  return numbers ? {major: numbers[0]!, minor: numbers[1]!} : undefined;
}

it(`seed ${seed}: ${runs} specifications`, async () => {
  const machine = quietMachine();
  const trees = readTrees().map(({tree}) => tree);
  const versions: Record<string, 1 | 2> = {};
  for (const name of supported) {
    const tree = treeOf(trees, name);
    if (tree) versions[name] = tree.version;
  }
  const stage = await openStage({controllers: supported.filter(name => versions[name])});
  const spaces = (['network', 'uts', 'ipc', 'pid', 'cgroup'] as const).map(type => ({type}));
  const peer = await stage.run('peer', {process: {args: ['sleep', '100000']}, linux: {namespaces: spaces}});
  const disk = diskHere();
  const places: Places = {...folders(), peer: {pid: peer.pid, id: 'peer'}, versions, ...(disk && {disk})};

  /** What the stage itself holds, with the one container that stays. */
  const held = () => ({
    children: childrenOf(stage.keeperPid).length,
    descriptors: readdirSync(`/proc/${stage.keeperPid}/fd`).length,
    // Those of other sessions reach every stage, and go again.
    mounts: readFileSync(`/proc/${stage.keeperPid}/mountinfo`, 'utf8')
      .split('\n')
      .filter(line => !line.includes(' /run/glassbox/') || line.includes(stage.id))
      .map(line => line.replace(/^\d+ \d+ /, '')),
    devices: readFileSync(`/proc/${stage.keeperPid}/net/dev`, 'utf8').match(/^ *\S+:/gm),
    shared: readdirSync(places.shared),
  });
  const outcomes: Record<string, number> = {};
  let ran = 0;

  /** 'ran', or with what it was refused; throws where it is neither. */
  async function attempt(spec: ContainerSpec): Promise<string> {
    try {
      const box = await stage.run('box', spec);
      box.stdin?.end();
      const said = box.terminal ? terminalText(box) : output(box);
      const exit = await box.wait();
      await said;
      await box.remove();
      expect(exit).toMatchObject({code: 0});
      expect(exit.signal).toBeUndefined();
      return 'ran';
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      for (const lang of ['en', 'zh'] as const) {
        const words = sayError(error.info, lang);
        expect(words).not.toMatch(/\{\w+\}|undefined|^[a-z.-]+ \{/);
        if (error.call) expect(sayFailure(error.call, lang), words).not.toContain('man 3 errno');
      }
      if (error.code !== 'call.failed') return error.code;
      return `${error.params.call} ${error.params.errno} ${error.params.purpose}`;
    } finally {
      await stage.container('box')?.remove();
    }
  }

  // What the keeper holds of the peer's making goes with the next one.
  expect(await attempt({process: {args: ['true']}})).toBe('ran');
  const before = held();
  const expected =
    /^(ran|child\.died|cgroup\.[a-z-]+|network\.[a-z-]+|program\.missing|plan\.too-many|[a-z_0-9]+ E[A-Z0-9]+ \S+)$/;
  await fc.assert(
    fc.asyncProperty(specs(places), async spec => {
      expect(specProblems(spec)).toEqual([]);
      const outcome = await attempt(spec);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      if (outcome === 'ran') ran++;
      // A filter that keeps the process from saying that execve was refused.
      if (spec.linux?.seccomp?.defaultAction === 'SCMP_ACT_ERRNO') expect(outcome).not.toBe('ran');
      else expect(outcome).not.toBe('child.died');
      expect(outcome).toMatch(expected);
      expect(stage.container('box')).toBeUndefined();
      expect(held()).toEqual(before);
    }),
    {seed, numRuns: runs},
  );
  if (process.env.GLASSBOX_SEED) console.log(outcomes);
  // Else nothing would have been shown.
  expect(ran, JSON.stringify(outcomes)).toBeGreaterThan(runs / 4);
  await peer.remove();
  const {id} = stage;
  await stage.close();
  expect(leftovers(id)).toEqual([]);
  expect(quietMachine()).toEqual(machine);
});
