import {existsSync} from 'node:fs';
import {afterEach, describe, expect, it} from 'vitest';
import {createSession} from '../../../src/course/index.ts';
import {type Engine, openEngine} from '../../../src/engine/index.ts';
import {probeLab, Watched} from './helper.ts';

let now: Watched;
afterEach(() => now?.close());

const alive = (pid: number) => existsSync(`/proc/${pid}`);

describe('a fresh stage up to a step', () => {
  it('catches up with a step that the learner leaves, and says that it was skipped', async () => {
    now = await Watched.open(await probeLab());
    await now.session.start();
    await now.session.next();
    expect(now.last('step-done')).toMatchObject({step: 'begin', skipped: true});
    expect(now.state.steps.map(step => step.status)).toEqual(['skipped', 'current', 'ahead']);
    expect(now.state.containers.box?.running).toBe(true);
    await now.session.next();
    await now.session.next();
    await now.session.end('left');
    expect(now.all('lab-done')).toHaveLength(1);
    expect(now.state.ended).toEqual({reason: 'finished', left: []});
  });

  it('resumes at a step with all before it done', async () => {
    now = await Watched.open(await probeLab(), {atStep: 'hand'});
    await now.session.start();
    const name = now.state.session?.vars.name;
    expect(now.all('rebuilding')).toMatchObject([{step: 'hand', why: 'resume'}]);
    expect(now.all('rebuilt')).toHaveLength(1);
    expect(now.all('step-entered')).toMatchObject([{step: 'hand', index: 2}]);
    expect(now.state.facts.before.box?.hostname).toBe(name);
    expect(now.state.steps.map(step => step.status)).toEqual(['done', 'done', 'current']);
    await now.type('box', `hostname ${name}-2`);
    await now.until(({state}) => state.done !== null);
    expect(now.state.pending).toEqual({kind: 'finish'});
  });

  it('takes no keys while it types by itself', async () => {
    now = await Watched.open(await probeLab(), {atStep: 'hand'});
    const watched = now;
    watched.session.onEvent(event => {
      if (event.type === 'terminal-idle' && watched.state.rebuilding)
        watched.session.type('host', 'touch /tmp/typed-in\r');
    });
    await watched.session.start();
    expect(watched.all('command-typed').filter(event => event.by === 'learner')).toEqual([]);
    expect(await watched.type('host', 'echo now')).toMatchObject({status: 0});
  });

  it('goes back, resets the step and resets the lab', async () => {
    now = await Watched.open(await probeLab(), {atStep: 'hand'});
    await now.session.start();
    const first = now.state.containers.box?.pid ?? 0;
    const keeper = now.state.stage?.keeperPid ?? 0;
    await now.session.back();
    expect(now.state.current).toBe(1);
    expect(now.state.rebuilding).toBeNull();
    expect(alive(first) || alive(keeper)).toBe(false);
    expect(now.state.facts.now.box?.hostname).toBe(now.state.facts.now.host?.hostname);
    expect(now.state.checks.renamed?.verdict).toBe('fail');

    await now.type('host', 'hostname spoiled');
    await now.session.refresh();
    expect(now.state.facts.now.host?.hostname).toBe('spoiled');
    await now.session.resetStep();
    expect(now.state.current).toBe(1);
    expect(now.state.facts.now.host?.hostname).not.toBe('spoiled');
    expect(now.last('rebuilding')).toMatchObject({why: 'reset-step'});

    await now.session.resetLab();
    expect(now.state.current).toBe(0);
    expect(now.state.containers).toEqual({});
    expect(now.state.steps.map(step => step.status)).toEqual(['current', 'ahead', 'ahead']);
    await now.walk();
    expect(now.state.steps[0]?.status).toBe('done');
  });

  it('lets a command go that would never end', async () => {
    const lab = await probeLab();
    const hello = lab.steps[0]?.blocks.find(block => block.kind === 'run');
    if (hello?.kind === 'run') hello.commands = ['cat'];
    now = await Watched.open(lab);
    await now.session.start();
    await now.session.advance();
    now.session.predict('output', null);
    const stuck = now.session.advance();
    await now.until(({state}) => state.terminals.box?.command === 'cat');
    await now.session.resetLab();
    await stuck;
    expect(now.state.pending).toMatchObject({kind: 'container', id: 'box'});
    await now.session.advance();
    now.session.predict('output', null);
    const again = now.session.advance();
    await now.until(({state}) => state.terminals.box?.command === 'cat');
    await now.session.end('left');
    await again;
    expect(now.state.ended?.left).toEqual([]);
  });

  it('interrupts a command that hangs when the learner wants on', async () => {
    const lab = await probeLab();
    const hello = lab.steps[0]?.blocks.find(block => block.kind === 'run');
    if (hello?.kind === 'run') hello.commands = ['cat'];
    now = await Watched.open(lab);
    await now.session.start();
    await now.session.advance();
    now.session.predict('output', null);
    const stuck = now.session.advance();
    await now.catAnswers('box');
    await Promise.all([stuck, now.session.next()]);
    expect(now.state.current).toBe(1);
    expect(now.all('command-unexpected')).toMatchObject([{command: 'cat', status: 130}]);
  });

  it('goes back two steps at two quick keys', async () => {
    now = await Watched.open(await probeLab(), {atStep: 'hand'});
    await now.session.start();
    await Promise.all([now.session.back(), now.session.back()]);
    expect(now.state).toMatchObject({current: 0, phase: 'running'});
  });

  it('takes the last of several resets', async () => {
    now = await Watched.open(await probeLab(), {atStep: 'hand'});
    await now.session.start();
    await Promise.all([now.session.resetStep(), now.session.back(), now.session.resetLab()]);
    expect(now.state).toMatchObject({current: 0, phase: 'running'});
    expect(now.all('error')).toEqual([]);
  });
});

describe('what can be survived', () => {
  it('starts a container again that has ended', async () => {
    now = await Watched.open(await probeLab(), {atStep: 'name'});
    await now.session.start();
    now.session.type('box', 'exit 7\r');
    await now.until(({state}) => state.checks.renamed?.reason?.code === 'no-container');
    expect(now.last('container-gone')).toMatchObject({id: 'box', status: {code: 7}});
    expect(now.all('command-finished').at(-1)).toMatchObject({command: 'exit 7', status: null});
    now.session.predict('who', 'box');
    expect(now.state.pending).toMatchObject({kind: 'container', id: 'box'});
    await now.session.advance();
    expect(now.state.pending).toMatchObject({kind: 'run', run: 'rename'});
    await now.walk();
    expect(now.state.steps[1]?.status).toBe('done');
  });

  it("opens the host's terminal again", async () => {
    now = await Watched.open(await probeLab());
    await now.session.start();
    now.session.type('host', 'exit\r');
    await now.until(watched => watched.all('terminal-opened').filter(event => event.side === 'host').length === 2);
    await now.until(({state}) => state.terminals.host?.idle === true);
    expect(await now.type('host', 'echo back')).toMatchObject({output: 'back\n', status: 0});
  });

  it('rebuilds when the keeper is killed', async () => {
    now = await Watched.open(await probeLab(), {atStep: 'name'});
    await now.session.start();
    const keeper = now.state.stage?.keeperPid ?? 0;
    const box = now.state.containers.box?.pid ?? 0;
    process.kill(keeper, 'SIGKILL');
    await now.until(watched => watched.all('rebuilt').length === 2);
    expect(now.all('error')).toMatchObject([{where: 'stage', fatal: false}]);
    expect(now.last('rebuilding')).toMatchObject({why: 'lost', step: 'name'});
    expect(alive(box)).toBe(false);
    expect(now.state.stage?.keeperPid).not.toBe(keeper);
    now.session.predict('who', 'box');
    await now.walk();
    expect(now.state.steps[1]?.status).toBe('done');
  });

  it('says why there is no stage, and ends', async () => {
    const engine = await openEngine();
    const broken: Engine = {...engine, stage: () => Promise.reject(new Error('no stage today'))} as Engine;
    const lab = await probeLab();
    const options = {lab, stage: 'private', progress: null, spool: null} as const;
    now = new Watched(engine, createSession(broken, options));
    await now.session.start();
    expect(now.last('error')).toMatchObject({fatal: true, where: 'stage', error: {code: 'session.internal'}});
    expect(now.state.ended).toEqual({reason: 'failed', left: []});
  });

  it('leaves the stage standing when a container cannot start', async () => {
    const lab = await probeLab();
    const block = lab.steps[0]?.blocks.find(one => one.kind === 'container');
    if (block?.kind === 'container') block.spec = {...block.spec, process: {args: ['no-such-program'], terminal: true}};
    now = await Watched.open(lab);
    await now.session.start();
    await now.session.advance();
    expect(now.last('error')).toMatchObject({where: 'box', fatal: false});
    expect(now.state.pending).toMatchObject({kind: 'container', id: 'box'});
    expect(await now.type('host', 'echo alive')).toMatchObject({status: 0});
  });
});
