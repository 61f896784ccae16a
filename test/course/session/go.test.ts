import {afterEach, describe, expect, it} from 'vitest';
import {eventToJson} from '../../../src/course/index.ts';
import {probeLab, Watched} from './helper.ts';

let now: Watched;
afterEach(() => now?.close());

const statuses = () => now.state.steps.map(step => step.status);

describe('going to a step', () => {
  it('ahead does what lies between, and says that it was skipped', async () => {
    now = await Watched.open(await probeLab());
    await now.session.start();
    await now.session.goTo('hand');
    expect(now.all('step-entered').map(event => event.step)).toEqual(['begin', 'name', 'hand']);
    expect(statuses()).toEqual(['skipped', 'skipped', 'current']);
    expect(now.state.facts.now.box?.hostname).toBe(now.state.session?.vars.name);
    expect(now.all('rebuilding')).toEqual([]);
    expect(now.all('error')).toEqual([]);
  });

  it('ahead stops where something cannot be caught up, with the usual error', async () => {
    const lab = await probeLab();
    const check = lab.steps[1]?.blocks.find(block => block.kind === 'check');
    if (check?.kind === 'check') Object.assign(check, {expr: 'box.hostname == "nobody"', solve: []});
    now = await Watched.open(lab);
    await now.session.start();
    await now.session.goTo('hand');
    expect(now.state.current).toBe(1);
    expect(now.last('error')).toMatchObject({error: {code: 'session.not-caught-up'}, where: 'name', fatal: false});
    expect(await now.type('host', 'echo alive')).toMatchObject({status: 0});
  });

  it('back is a fresh stage, and says why it is there until the learner goes on', async () => {
    now = await Watched.open(await probeLab(), {atStep: 'hand'});
    await now.session.start();
    expect(now.state.rebuilt).toEqual({step: 'hand', why: 'resume'});
    const keeper = now.state.stage?.keeperPid;
    await now.session.goTo('begin');
    expect(now.last('rebuilding')).toMatchObject({step: 'begin', why: 'go'});
    expect(now.state.stage?.keeperPid).not.toBe(keeper);
    expect(now.state.rebuilt).toEqual({step: 'begin', why: 'go'});
    await now.session.advance();
    expect(now.state.rebuilt).toBeNull();
    expect(now.state.containers.box?.running).toBe(true);
  });

  it('to the present one is a reset, to one that is not there an error', async () => {
    now = await Watched.open(await probeLab());
    await now.session.start();
    await now.session.goTo('begin');
    expect(now.last('rebuilding')).toMatchObject({step: 'begin', why: 'reset-step'});
    await now.session.goTo('nowhere');
    expect(now.last('error')).toMatchObject({
      error: {code: 'session.no-step', params: {step: 'nowhere', known: 'begin, name, hand'}},
      fatal: false,
    });
    expect(now.state.phase).toBe('running');
  });

  it('ahead is given up for a step back', async () => {
    now = await Watched.open(await probeLab(), {atStep: 'name'});
    await now.session.start();
    await Promise.all([now.session.goTo('hand'), now.session.goTo('begin')]);
    expect(now.state).toMatchObject({current: 0, phase: 'running'});
    expect(now.all('error')).toEqual([]);
  });
});

describe('while somebody watches', () => {
  it('tells every process of the stage as it comes and goes, in lines of JSON too', async () => {
    now = await Watched.open(await probeLab());
    await now.session.start();
    await now.until(({state}) => state.processes.length === 2);
    expect(now.state.processes.map(row => row.side)).toEqual(['keeper', 'host']);
    await now.session.advance();
    await now.until(({state}) => state.processes.some(row => row.side === 'box'));
    expect(now.state.processes.find(row => row.side === 'box')).toMatchObject({pid: now.state.containers.box?.pid});
    now.session.type('box', 'exit\r');
    await now.until(({state}) => !state.processes.some(row => row.side === 'box'));
    const last = now.last('processes');
    expect(last && JSON.parse(eventToJson(last)).list[0].pidns).toBe(Number(last?.list[0]?.pidns));
  });

  it('tells none where they are not wanted', async () => {
    now = await Watched.open(await probeLab(), {processes: false});
    await now.session.start();
    await now.session.advance();
    await now.session.refresh();
    expect(now.all('processes')).toEqual([]);
  });

  it('looks into a process until it ends, or until the stage goes', async () => {
    now = await Watched.open(await probeLab());
    await now.session.start();
    await now.session.advance();
    const pid = now.state.containers.box?.pid ?? 0;
    now.session.xray(pid);
    await now.until(({state}) => state.xray?.facts != null);
    expect(now.state.xray).toMatchObject({pid, facts: {pid: BigInt(pid), hostname: now.state.facts.now.box?.hostname}});
    await now.type('box', 'hostname another');
    await now.until(({state}) => state.xray?.facts?.hostname === 'another');
    now.session.type('box', 'exit\r');
    await now.until(({state}) => state.xray?.facts === null);
    const ended = now.all('xray').length;
    await now.session.refresh();
    expect(now.all('xray')).toHaveLength(ended);

    const keeper = now.state.stage?.keeperPid ?? 0;
    now.session.xray(keeper);
    await now.until(({state}) => state.xray?.pid === keeper && state.xray.facts !== null);
    await now.session.resetLab();
    expect(now.last('xray')).toMatchObject({pid: keeper, facts: null});
    expect(now.last('xray')?.seq).toBeLessThan(now.last('stage-ready')?.seq ?? 0);
    now.session.xray(process.pid);
    await now.until(({state}) => state.xray?.pid === process.pid);
    expect(now.state.xray?.facts).toBeNull();
  });
});
