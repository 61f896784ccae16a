import {afterEach, describe, expect, it} from 'vitest';
import {probeLab, Watched} from './helper.ts';

let now: Watched;
afterEach(() => now?.close());

describe('a session, block by block', () => {
  it('goes from the stage to the last check, and leaves nothing', async () => {
    now = await Watched.open(await probeLab());
    const {session} = now;
    await session.start();
    expect(now.all('session-started')[0]).toMatchObject({lab: 'probe', stage: 'private', seed: 'test', root: true});
    expect(now.last('stage-ready')?.journal.length).toBeGreaterThan(0);
    expect(now.state.pending).toMatchObject({kind: 'container', id: 'box'});
    expect(now.state.checks.own).toMatchObject({
      verdict: 'cannot-judge',
      reason: {code: 'no-container'},
      mistake: 'gone',
    });

    await session.advance();
    expect(now.state.containers.box).toMatchObject({running: true});
    expect(
      now
        .all('journal')
        .find(event => event.who === 'box')
        ?.entries.map(entry => entry.call),
    ).toContain('clone3');
    expect(now.state.checks.own).toMatchObject({verdict: 'pass', passed: true});
    expect(now.state.pending).toMatchObject({kind: 'predict', id: 'output'});
    expect(now.state.predictions.output?.status).toBe('asked');

    session.predict('output', 'nothing');
    session.predict('output', 'hello');
    expect(now.all('prediction-answered')).toMatchObject([{id: 'output', choice: 'nothing'}]);
    expect(now.state.pending).toMatchObject({kind: 'run', on: 'box', commands: ['echo hello'], run: 'hello'});
    await session.advance();
    expect(now.last('prediction-judged')).toMatchObject({choice: 'nothing', answer: 'hello', verdict: 'fail'});
    expect(now.last('command-finished')).toMatchObject({
      side: 'box',
      command: 'echo hello',
      status: 0,
      by: 'lab',
      run: 'hello',
      output: 'hello\n',
    });
    expect(now.all('step-done')).toEqual([]);
    await session.advance();
    expect(now.last('command-finished')).toMatchObject({command: 'cat /nonexistent', status: 1, run: 'refused'});
    expect(now.all('command-unexpected')).toEqual([]);
    expect(now.all('step-done')).toMatchObject([{step: 'begin', skipped: false}]);
    expect(now.state.pending).toEqual({kind: 'next-step'});

    await session.next();
    expect(now.state.current).toBe(1);
    await session.advance();
    expect(now.last('prediction-answered')).toMatchObject({id: 'who', choice: null});
    await now.walk();
    expect(now.last('prediction-judged')).toMatchObject({id: 'who', answer: 'box', verdict: 'cannot-judge'});
    expect(now.state.steps[1]?.status).toBe('done');

    await session.next();
    expect(now.state.pending).toBeNull();
    session.hint();
    expect(now.last('hint-shown')).toMatchObject({check: 'again', index: 0, of: 1});
    session.hint();
    expect(now.all('hint-shown')).toHaveLength(1);
    await session.solution('again', false);
    expect(now.state.checks.again).toMatchObject({solution: true, verdict: 'fail', mistake: 'same'});
    await session.solution('again', true);
    expect(now.state.checks.again).toMatchObject({verdict: 'pass', mistake: null});
    expect(now.last('lab-done')).toMatchObject({checksPassed: 3, checks: 3, predictionsRight: 0, predictions: 2});
    expect(now.state.pending).toEqual({kind: 'finish'});

    await session.advance();
    await session.end('finished');
    expect(now.last('session-ended')).toMatchObject({reason: 'finished', left: []});
    expect(now.all('command-typed').map(event => event.command)).toContain('echo cleaned > /dev/null');
    expect(now.all('error')).toEqual([]);
    expect(now.session.events.map(event => event.seq)).toEqual(
      now.session.events.map(event => event.seq).toSorted((a, b) => a - b),
    );
  });

  it('says so when a command comes out otherwise than the lab expects', async () => {
    const lab = await probeLab();
    for (const block of lab.steps[0]?.blocks ?? [])
      if (block.kind === 'run' && block.id === 'refused') block.expect = 'EPERM';
    now = await Watched.open(lab);
    await now.session.start();
    await now.walk();
    expect(now.all('command-unexpected')).toMatchObject([{run: 'refused', expected: 'EPERM', status: 1}]);
  });

  it('does one thing at a time, however often the key is pressed', async () => {
    now = await Watched.open(await probeLab());
    await now.session.start();
    await Promise.all([now.session.advance(), now.session.advance(), now.session.advance()]);
    expect(now.all('container-started')).toHaveLength(1);
  });

  it('does not type into a terminal that is busy, and goes on when it is free', async () => {
    now = await Watched.open(await probeLab());
    await now.session.start();
    await now.session.advance();
    now.session.predict('output', 'hello');
    now.session.type('box', 'cat\r');
    await now.catAnswers('box');
    await now.session.advance();
    expect(now.last('error')).toMatchObject({where: 'box', error: {code: 'session.busy'}});
    expect(now.state.pending).toMatchObject({kind: 'run', run: 'hello'});
    now.session.type('box', '\x03');
    await now.until(({state}) => state.terminals.box?.idle === true);
    await now.session.advance();
    expect(now.last('prediction-judged')).toMatchObject({verdict: 'pass'});
  });

  it('draws the same variables from the same seed', async () => {
    now = await Watched.open(await probeLab(), {seed: 'one'});
    const other = await Watched.open(await probeLab(), {seed: 'one'});
    await Promise.all([now.session.start(), other.session.start()]);
    expect(other.state.session?.vars).toEqual(now.state.session?.vars);
    await other.close();
  });
});
