import {execFileSync} from 'node:child_process';
import {hostname} from 'node:os';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {probeLab, Watched} from './helper.ts';

let now: Watched;
let name: string;
const machine = hostname();

beforeEach(async () => {
  now = await Watched.open(await probeLab(), {atStep: 'name'});
  await now.session.start();
  name = now.state.session?.vars.name ?? '';
});
afterEach(async () => {
  await now.close();
  expect(hostname()).toBe(machine);
});

describe('what a hand does counts', () => {
  it('takes the command that comes next, typed by the learner, as its block done', async () => {
    expect(now.state.pending).toMatchObject({kind: 'predict', id: 'who'});
    await now.type('box', `  hostname   ${name} `);
    await now.until(({state}) => state.pending?.kind === 'next-step' || state.steps[1]?.status === 'done');
    // The question above it was not answered: the learner has seen the answer.
    expect(now.last('prediction-judged')).toMatchObject({id: 'who', choice: null, answer: 'box'});
    expect(now.last('step-done')).toMatchObject({step: 'name', skipped: false});
    await now.until(({state}) => state.pending?.kind === 'run');
    expect(now.state.pending).toMatchObject({run: 'look'});
  });

  it('takes another way to the same end', async () => {
    await now.type('box', `echo ${name} > /proc/sys/kernel/hostname`);
    await now.until(({state}) => state.steps[1]?.status === 'done');
    expect(now.state.pending).toMatchObject({kind: 'predict', id: 'who'});
  });

  it('sees a hand from outside, and judges by the kernel', async () => {
    const pid = String(now.state.containers.box?.pid);
    execFileSync('nsenter', ['-t', pid, '-u', 'hostname', name]);
    await now.until(({state}) => state.checks.renamed?.verdict === 'pass');
    expect(now.state.facts.now.box?.hostname).toBe(name);
    expect(now.last('facts')?.changed).toEqual(['box.hostname']);
    execFileSync('nsenter', ['-t', pid, '-u', 'hostname', 'elsewhere']);
    await now.until(({state}) => state.checks.renamed?.verdict === 'fail');
    expect(now.state.facts.now.box?.hostname).toBe('elsewhere');
  });

  it('is not taken in by programs that lie', async () => {
    for (const side of ['host', 'box']) {
      await now.type(side, 'mkdir -p /tmp/lies && cd /tmp/lies');
      await now.type(side, `printf '#!/bin/sh\\necho ${name}\\n' > hostname; cp hostname ipcs; chmod +x hostname ipcs`);
      await now.type(side, 'PATH=/tmp/lies:$PATH');
    }
    try {
      const lie = await now.type('box', `hostname ${name}`);
      expect(lie).toMatchObject({status: 0, output: `${name}\n`});
      await now.session.refresh();
      expect(now.state.checks.renamed?.verdict).toBe('fail');
      expect(now.state.facts.now.box?.hostname).toBe(machine);
      expect(now.state.facts.now.host?.hostname).toBe(machine);
    } finally {
      execFileSync('rm', ['-rf', '/tmp/lies']);
    }
  });

  it('tells the wrong side, and the mistake', async () => {
    await now.type('host', `hostname ${name}`);
    await now.until(watched => watched.all('wrong-side').length > 0);
    expect(now.last('wrong-side')).toMatchObject({typedOn: 'host', expectedOn: 'box', check: 'renamed'});
    expect(now.state.checks.renamed).toMatchObject({verdict: 'fail', mistake: 'wrong-side'});
    expect(now.state.wrongSide).toMatchObject({check: 'renamed'});
    await now.type('host', `hostname ${machine}`);
    await now.type('box', `hostname ${name}`);
    await now.until(({state}) => state.checks.renamed?.verdict === 'pass');
    expect(now.state.checks.renamed?.mistake).toBeNull();
    expect(now.state.wrongSide).toBeNull();
    expect(now.all('wrong-side')).toHaveLength(1);
  });

  it('does not call a command wrong that belongs there too', async () => {
    await now.type('host', 'hostname');
    await now.session.refresh();
    expect(now.all('wrong-side')).toEqual([]);
  });

  it('keeps what learners type apart from what the lab types', async () => {
    await now.type('box', 'echo mine');
    const {by, run, output} = now.last('command-finished') ?? {};
    expect({by, run, output}).toEqual({by: 'learner', run: undefined, output: 'mine\n'});
  });
});
