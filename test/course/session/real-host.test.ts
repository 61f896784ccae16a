import {hostname} from 'node:os';
import {afterEach, describe, expect, it} from 'vitest';
import {probeLab, Watched} from './helper.ts';

let now: Watched;
afterEach(() => now?.close());

describe('on the machine itself', () => {
  it("puts the host's terminal there, keeps the container apart, and leaves nothing", async () => {
    const before = hostname();
    now = await Watched.open(await probeLab(), {stage: 'real-host', atStep: 'name'});
    await now.session.start();
    expect(await now.type('host', 'hostname; readlink /proc/self/ns/uts')).toMatchObject({status: 0});
    expect(now.last('command-finished')?.output).toContain('4026531838');
    now.session.predict('who', 'box');
    await now.walk();
    expect(now.state.steps[1]?.status).toBe('done');
    expect(hostname()).toBe(before);

    // Without its flag the container would rename whatever it stands on: never the machine.
    await now.session.ablate('box', 'uts');
    expect(now.last('ablation-result')?.checks).toEqual([{id: 'renamed', withFlag: 'pass', withoutFlag: 'fail'}]);
    expect(hostname()).toBe(before);
    await now.session.end('left');
    expect(now.state.ended?.left).toEqual([]);
  });
});
