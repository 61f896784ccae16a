import {describe, expect, it} from 'vitest';
import {capabilityNames} from '../../../src/engine/facts/capabilities.ts';
import {lastCapability} from '../../../src/engine/privileges.ts';
import {maps, openStage, output} from '../support.ts';
import {problemsOf, refused, sh, statusOf} from './support.ts';

const names = (hex: string | undefined): string[] => capabilityNames(BigInt(`0x${hex}`));
const some = ['CAP_CHOWN', 'CAP_KILL', 'CAP_NET_RAW'];
const equal = {bounding: some, effective: some, permitted: some};

describe('process.capabilities', () => {
  it('are those of the program, and no others can come back', async () => {
    const status = await statusOf({capabilities: equal});
    expect(names(status.CapBnd)).toEqual(some);
    expect(names(status.CapEff)).toEqual(some);
    expect(names(status.CapPrm)).toEqual(some);
    expect(names(status.CapInh)).toEqual([]);
    expect(names(status.CapAmb)).toEqual([]);
  });

  it('a set that is not named is empty: root without any', async () => {
    const status = await statusOf({capabilities: {}});
    for (const set of ['CapBnd', 'CapEff', 'CapPrm', 'CapInh']) expect(names(status[set])).toEqual([]);
    expect(await sh('chown 1 /proc/self 2>/dev/null; mount -t tmpfs x /tmp 2>&1', {capabilities: {}})).toMatch(
      /denied|permitted/,
    );
  });

  it('without the key nothing is taken', async () => {
    expect(names((await statusOf({})).CapEff)).toContain('CAP_SYS_ADMIN');
  });

  it('ambient ones stay with another user, through execve', async () => {
    const one = ['CAP_NET_BIND_SERVICE'];
    const status = await statusOf({
      user: {uid: 1000, gid: 1000},
      capabilities: {bounding: one, effective: one, permitted: one, inheritable: one, ambient: one},
    });
    expect(status.Uid).toMatch(/^1000/);
    for (const set of ['CapBnd', 'CapEff', 'CapPrm', 'CapInh', 'CapAmb']) expect(names(status[set])).toEqual(one);
  });

  it('another user keeps none without the ambient set', async () => {
    const status = await statusOf({user: {uid: 1000, gid: 1000}, capabilities: equal});
    expect(names(status.CapEff)).toEqual([]);
    expect(names(status.CapBnd)).toEqual(some);
  });

  it('hold in a user namespace too', async () => {
    const status = await statusOf({capabilities: equal}, {linux: {namespaces: [{type: 'user'}], ...maps}});
    expect(names(status.CapEff)).toEqual(some);
  });

  it('are those of a further process as well, unless it names its own', async () => {
    const stage = await openStage();
    const box = await stage.run('box', {process: {args: ['sleep', '100'], capabilities: equal, noNewPrivileges: true}});
    const args = ['grep', '-E', 'CapEff|NoNewPrivs', '/proc/self/status'];
    const same = await output(await box.exec({args}));
    expect(names(/CapEff:\s*(\S+)/.exec(same)?.[1])).toEqual(some);
    expect(same).toMatch(/NoNewPrivs:\s*1/);
    const own = {bounding: ['CAP_KILL'], effective: ['CAP_KILL'], permitted: ['CAP_KILL']};
    const other = await output(await box.exec({args, capabilities: own}));
    expect(names(/CapEff:\s*(\S+)/.exec(other)?.[1])).toEqual(['CAP_KILL']);
    await box.remove();
  });

  it('are dropped up to the last one that this kernel has, and told in the journal as strace does', async () => {
    const stage = await openStage();
    const box = await stage.run('box', {process: {args: ['true'], capabilities: equal}});
    const drops = box.journal.filter(e => e.call === 'prctl' && e.args[0] === 'PR_CAPBSET_DROP');
    expect(drops).toHaveLength(lastCapability() + 1 - some.length);
    expect(drops[0]?.args[1]).toBe('CAP_DAC_OVERRIDE');
    expect(box.journal.find(e => e.call === 'capset')?.args).toEqual([
      '{version=_LINUX_CAPABILITY_VERSION_3, pid=0}',
      '{effective=1<<CAP_CHOWN|1<<CAP_KILL|1<<CAP_NET_RAW, permitted=1<<CAP_CHOWN|1<<CAP_KILL|1<<CAP_NET_RAW, inheritable=0}',
    ]);
    await box.wait();
  });

  it('what is no capability, or not within its set, is refused by name', async () => {
    expect(problemsOf({capabilities: {bounding: ['CHOWN']}})).toEqual([
      'spec.capability process.capabilities.bounding[0]',
    ]);
    expect(problemsOf({capabilities: {bounding: ['CAP_CHOWM']}})).toHaveLength(1);
    expect(problemsOf({capabilities: {effective: ['CAP_CHOWN']}})).toEqual([
      'spec.capability-within process.capabilities.effective',
    ]);
    expect(problemsOf({capabilities: {permitted: some, ambient: ['CAP_KILL']}})).toEqual([
      'spec.capability-within process.capabilities.ambient',
    ]);
    expect(problemsOf({capabilities: {bound: []}})).toEqual(['spec.unknown-key process.capabilities.bound']);
    expect(await refused({capabilities: {bounding: ['CAP_X']}})).toMatchObject({code: 'spec.capability'});
  });
});
