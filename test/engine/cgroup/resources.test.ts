/** Every field of linux.resources, live: what stands in the group's file afterwards, and what is refused. */
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {describe, expect, it, onTestFinished} from 'vitest';
import {weightFiles} from '../../../src/engine/cgroup/limits.ts';
import {checkControllers} from '../../../src/engine/cgroup/member.ts';
import {readTrees, supported, treeOf} from '../../../src/engine/cgroup/trees.ts';
import type {Resources, Stage} from '../../../src/engine/index.ts';
import {openStage, output} from '../support.ts';

const trees = readTrees().map(({tree}) => tree);
const has = (name: string): boolean => treeOf(trees, name) !== undefined;
const all = supported.filter(has);
const versionOf = (name: string): 1 | 2 | undefined => treeOf(trees, name)?.version;
/** "8:0"-like number of a disk that can be throttled; undefined: there is none here. */
const disk = ['vda', 'sda', 'nvme0n1', 'vdb'].find(name => existsSync(`/sys/block/${name}`));
const number = disk && readFileSync(`/sys/block/${disk}/dev`, 'utf8').trim();

/** A container's group as the machine sees it: that of its own process. */
function folderOf(stage: Stage, id: string, controller: string): string {
  const tree = treeOf(trees, controller)!;
  const lines = readFileSync(`/proc/${stage.container(id)!.pid}/cgroup`, 'utf8').split('\n');
  const line = lines.find(one =>
    tree.version === 2 ? one.startsWith('0::') : one.split(':')[1]!.split(',').includes(tree.controllers[0]!),
  )!;
  return tree.mount + line.split(':').slice(2).join(':');
}

const fileOf = (stage: Stage, id: string, controller: string, file: string): string =>
  readFileSync(`${folderOf(stage, id, controller)}/${file}`, 'utf8').trim();

interface Case {
  name: string;
  controller: string;
  resources: Resources;
  /** [file, text] of v1 and of v2. */
  v1?: [string, string | RegExp];
  v2?: [string, string | RegExp];
}

const page = 4096;
const cases: Case[] = [
  {
    name: 'cpu.shares',
    controller: 'cpu',
    resources: {cpu: {shares: 512}},
    v1: ['cpu.shares', '512'],
    v2: ['cpu.weight', '20'],
  },
  {
    name: 'cpu.quota and period',
    controller: 'cpu',
    resources: {cpu: {quota: 30000, period: 60000}},
    v1: ['cpu.cfs_quota_us', '30000'],
    v2: ['cpu.max', '30000 60000'],
  },
  {
    name: 'cpu.burst',
    controller: 'cpu',
    resources: {cpu: {quota: 30000, period: 60000, burst: 1000}},
    v1: ['cpu.cfs_burst_us', '1000'],
    v2: ['cpu.max.burst', '1000'],
  },
  {name: 'cpu.idle', controller: 'cpu', resources: {cpu: {idle: 1}}, v1: ['cpu.idle', '1'], v2: ['cpu.idle', '1']},
  {
    name: 'cpu.cpus and mems',
    controller: 'cpuset',
    resources: {cpu: {cpus: '0', mems: '0'}},
    v1: ['cpuset.cpus', '0'],
    v2: ['cpuset.cpus', '0'],
  },
  {
    name: 'memory.limit',
    controller: 'memory',
    resources: {memory: {limit: 64 << 20}},
    v1: ['memory.limit_in_bytes', String(64 << 20)],
    v2: ['memory.max', String(64 << 20)],
  },
  {
    name: 'memory.swap',
    controller: 'memory',
    resources: {memory: {limit: 64 << 20, swap: 96 << 20}},
    // v1 counts both together, v2 swap alone.
    v1: ['memory.memsw.limit_in_bytes', String(96 << 20)],
    v2: ['memory.swap.max', String(32 << 20)],
  },
  {
    name: 'memory.reservation',
    controller: 'memory',
    resources: {memory: {reservation: 16 << 20}},
    v1: ['memory.soft_limit_in_bytes', String(16 << 20)],
    v2: ['memory.low', String(16 << 20)],
  },
  {
    name: 'memory.disableOOMKiller',
    controller: 'memory',
    resources: {memory: {disableOOMKiller: true}},
    v1: ['memory.oom_control', /oom_kill_disable 1/],
  },
  {name: 'pids.limit', controller: 'pids', resources: {pids: {limit: 7}}, v1: ['pids.max', '7'], v2: ['pids.max', '7']},
  {
    name: 'unified',
    controller: 'memory',
    resources: {unified: {'memory.high': String(32 * page)}},
    v2: ['memory.high', String(32 * page)],
  },
];

const program = {args: ['sleep', '1000']};

describe('linux.resources', () => {
  it.each(cases.filter(one => has(one.controller)))('$name', async ({controller, resources, v1, v2}) => {
    const stage = await openStage({controllers: all});
    const wanted = versionOf(controller) === 1 ? v1 : v2;
    const making = stage.run('box', {process: program, linux: {resources}});
    if (!wanted) {
      await expect(making).rejects.toMatchObject({code: 'cgroup.other-version', params: {controller}});
      return;
    }
    await making;
    const [file, text] = wanted;
    const came = fileOf(stage, 'box', controller, file);
    if (typeof text === 'string') expect(came).toBe(text);
    else expect(came).toMatch(text);
    // The control: one that was not asked for has another value.
    await stage.run('free', {process: program, linux: {resources: {}}});
    if (file !== 'cpuset.cpus' || /[-,]/.test(fileOf(stage, 'free', controller, file))) {
      expect(fileOf(stage, 'free', controller, file)).not.toBe(came);
    }
  });

  it.runIf(has('cpuset'))('a process runs on the processors of its group only', async () => {
    const stage = await openStage({controllers: ['cpuset']});
    const process = {args: ['grep', 'Cpus_allowed_list', '/proc/self/status']};
    const box = await stage.run('box', {process, linux: {resources: {cpu: {cpus: '0'}}}});
    expect((await output(box)).split('\t')[1]!.trim()).toBe('0');
    await expect(stage.run('none', {process, linux: {resources: {cpu: {cpus: '4095'}}}})).rejects.toMatchObject({
      code: 'call.failed',
      params: {call: 'write', purpose: 'cgroup.limit.cpuset'},
    });
  });

  it.runIf(has('io') && number)('blockIO.throttle*: a rate for a device', async () => {
    const stage = await openStage({controllers: ['io']});
    const [major = 0, minor = 0] = number!.split(':').map(Number);
    const resources: Resources = {
      blockIO: {
        throttleReadBpsDevice: [{major, minor, rate: 1 << 20}],
        throttleWriteIOPSDevice: [{major, minor, rate: 100}],
      },
    };
    await stage.run('box', {process: program, linux: {resources}});
    if (versionOf('io') === 1) {
      expect(fileOf(stage, 'box', 'io', 'blkio.throttle.read_bps_device')).toBe(`${number} 1048576`);
      expect(fileOf(stage, 'box', 'io', 'blkio.throttle.write_iops_device')).toBe(`${number} 100`);
    } else {
      expect(fileOf(stage, 'box', 'io', 'io.max')).toBe(`${number} rbps=1048576 wbps=max riops=max wiops=100`);
    }
    const bad = {blockIO: {throttleReadBpsDevice: [{major: 4000, minor: 9, rate: 1}]}};
    await expect(stage.run('bad', {process: program, linux: {resources: bad}})).rejects.toMatchObject({
      code: 'call.failed',
      params: {call: 'write', errno: 'ENODEV', purpose: 'cgroup.limit.io'},
    });
  });

  it.runIf(has('io'))(
    'blockIO.weight: where a scheduler of the kernel has one, else it is refused by its place',
    async () => {
      const stage = await openStage({controllers: ['io']});
      const resources = {blockIO: {weight: 500}};
      const free = await stage.run('free', {process: program, linux: {resources: {}}});
      const weightOf = (id: string): string | undefined => {
        const file = weightFiles[versionOf('io')!].find(name => existsSync(`${folderOf(stage, 'free', 'io')}/${name}`));
        return file && `${file} ${fileOf(stage, id, 'io', file)}`;
      };
      const usual = weightOf('free');
      const making = stage.run('box', {process: program, linux: {resources}});
      if (usual === undefined) {
        const params = {path: 'linux.resources.blockIO.weight'};
        await expect(making).rejects.toMatchObject({code: 'cgroup.no-weight', params});
        await expect(free.update(resources)).rejects.toMatchObject({code: 'cgroup.no-weight', params});
        return;
      }
      const box = await making;
      // blk-iocost counts to 10 000.
      expect(weightOf('box')).toMatch(/bfq\.weight (default )?500$|^blkio\.weight 500$|^io\.weight default 4950$/);
      expect(usual).not.toBe(weightOf('box'));
      await box.update({blockIO: {weight: 10}});
      expect(weightOf('box')).toMatch(/ (default )?(10|1)$/);
      for (const weight of [9, 1001]) {
        const bad = stage.run('bad', {process: program, linux: {resources: {blockIO: {weight}}}});
        await expect(bad).rejects.toMatchObject({code: 'spec.range', params: {path: 'linux.resources.blockIO.weight'}});
      }
    },
  );

  it('blockIO.weight: a kernel without any is told by the files that it would have', () => {
    const mount = mkdtempSync('/tmp/glassbox-test-');
    onTestFinished(() => rmSync(mount, {recursive: true, force: true}));
    const tree = {version: 1 as const, mount, controllers: ['io'], base: '', origin: '', switched: []};
    const check = () => checkControllers({blockIO: {weight: 500}}, {name: 'stage', trees: [tree]});
    const params = {path: 'linux.resources.blockIO.weight', expected: 'blkio.bfq.weight, blkio.weight'};
    expect(check).toThrow(expect.objectContaining({code: 'cgroup.no-weight', params}));
    mkdirSync(`${mount}/stage`);
    writeFileSync(`${mount}/stage/blkio.weight`, '');
    expect(check).not.toThrow();
  });

  it('what only the other version has, and what is out of form, is refused by its place', async () => {
    const stage = await openStage({controllers: ['memory']});
    const make = (resources: object) =>
      stage.run('box', {process: program, linux: {resources: resources as Resources}}).catch(error => error.info);
    const other = versionOf('memory') === 1 ? {unified: {'memory.high': '1'}} : {memory: {disableOOMKiller: true}};
    expect(await make(other)).toMatchObject({code: 'cgroup.other-version'});
    expect(await make({cpu: {cpus: '0,'}})).toMatchObject({code: 'spec.cpu-list', params: {got: '"0,"'}});
    expect(await make({unified: {'../x.y': '1'}})).toMatchObject({code: expect.stringMatching(/^spec\./)});
    expect(await make({memory: {swappiness: 1}})).toMatchObject({code: 'spec.unsupported'});
    expect(await make({cpu: {idle: 2}})).toMatchObject({code: expect.stringMatching(/^spec\./)});
    expect(stage.container('box')).toBeUndefined();
    expect(statSync(stage.dir).isDirectory()).toBe(true);
  });
});
