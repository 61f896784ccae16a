/** `glassbox engine events`: what happens to containers, told while it happens. */
import {existsSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {faults, fits} from './shapes.ts';
import {engine, until} from './support.ts';

type Event = Record<string, unknown> & {event: string; name: string};

/** Listens as a program does. */
async function listen(e: ReturnType<typeof engine>, ...options: string[]) {
  const started = e.start(['events', '--json', ...options]);
  let text = '';
  started.child.stdout!.on('data', data => {
    text += String(data);
  });
  const file = `${started.child.pid}.listen`;
  await until('it listens', () => e.files().includes(file) || started.child.exitCode !== null);
  expect(started.child.exitCode).toBe(null);
  const all = (): Event[] =>
    text
      .split('\n')
      .slice(0, -1)
      .map(line => JSON.parse(line) as Event);
  const of = (name: string): string[] => all().flatMap(one => (one.name === name ? [one.event] : []));
  return {...started, all, of};
}

describe('events', () => {
  test('of a container’s whole life, in their order; nothing of before', async () => {
    const e = engine();
    e(['run', '-d', '--name', 'before', 'sleep', '1000']);
    const heard = await listen(e);
    e(['run', '-d', '--name', 'one', 'sleep', '1000']);
    const {pid} = e.inspect('one').state;
    e(['exec', 'one', 'true']);
    e(['pause', 'one']);
    e(['unpause', 'one']);
    e(['kill', 'one']);
    e(['wait', 'one']);
    e(['rm', 'one']);
    await until('its end', () => heard.of('one').includes('removed'));
    expect(heard.of('one')).toEqual(['created', 'started', 'exec', 'paused', 'unpaused', 'died', 'removed']);
    expect(heard.of('before')).toEqual([]);
    const [created, started, exec] = heard.all();
    expect(created).toMatchObject({command: ['sleep', '1000']});
    expect(started).toMatchObject({pid});
    expect(exec).toMatchObject({command: ['true']});
    expect(heard.all().find(({event}) => event === 'died')).toMatchObject({
      exitStatus: 137,
      signal: 'SIGKILL',
      lost: false,
    });
    for (const one of heard.all()) expect(faults('event', one)).toBe(fits);
    // It ends by Ctrl-C, and leaves nothing.
    heard.child.kill('SIGINT');
    expect(await heard.ended).toMatchObject({status: 0, stderr: ''});
    expect(heard.of('before')).toEqual([]);
    expect(e.files().filter(name => name.endsWith('.listen'))).toEqual([]);
  });

  test('of one that is over at once, of one that never began, and for several listeners', async () => {
    const e = engine();
    const heard = [await listen(e), await listen(e)];
    expect(e(['run', '--rm', '--name', 'short', 'sh', '-c', 'exit 3']).status).toBe(3);
    expect(e(['run', '--rm', '--name', 'never', 'nothing-such']).status).toBe(127);
    for (const one of heard) {
      await until('the end', () => one.of('never').includes('removed'));
      expect(one.of('short')).toEqual(['created', 'started', 'died', 'removed']);
      expect(one.of('never')).toEqual(['created', 'removed']);
      expect(one.all().find(({event}) => event === 'died')).toMatchObject({exitStatus: 3, signal: null});
      one.child.kill('SIGTERM');
      expect((await one.ended).status).toBe(0);
    }
    expect(existsSync(path.join(e.place, 'glassbox-engine'))).toBe(false);
  });

  test('of one whose memory is not enough', async () => {
    const e = engine();
    const heard = await listen(e);
    expect(e(['run', '--rm', '--name', 'eater', '-m', '16m', 'tail', '/dev/zero']).status).toBe(137);
    await until('the end', () => heard.of('eater').includes('removed'));
    expect(heard.of('eater')).toEqual(['created', 'started', 'oom', 'died', 'removed']);
    expect(heard.all()[2]).toMatchObject({kills: 1});
  });

  test('of one whose supervisor is killed: whoever listens notices, and the next command removes it', async () => {
    const e = engine();
    e(['run', '-d', '--name', 'one', 'sleep', '1000']);
    const started = e.start(['events']);
    await started.said('Ctrl-C');
    const heard = await listen(e, '--lang', 'zh');
    // What it tells reaches both: so both notice its end.
    e(['exec', 'one', 'true']);
    await until('it is heard', () => heard.of('one').includes('exec'));
    await started.said('exec');
    process.kill(e.inspect('one').supervisor.pid, 'SIGKILL');
    await until('its death', () => heard.of('one').includes('died'));
    expect(heard.all()).toMatchObject([{event: 'exec'}, {event: 'died', name: 'one', lost: true}]);
    await started.said('died');
    expect(e(['ps', '-a', '--json']).stdout.trim()).toBe('[]');
    await until('its removal', () => heard.of('one').includes('removed'));
    await started.said('removed');
    started.child.kill('SIGINT');
    const {stdout} = await started.ended;
    expect(stdout).toMatch(
      /^Listening.*\n\S+Z exec [0-9a-f]{12} one \(PID \d+, true\)\n\S+Z died [0-9a-f]{12} one \(killed from outside\)\n\S+Z removed [0-9a-f]{12} one\n$/,
    );
  });

  test('a listener that was killed is in nobody’s way, and swept', async () => {
    const e = engine();
    const heard = await listen(e);
    heard.child.kill('SIGKILL');
    await heard.ended;
    expect(e.files()).toEqual([expect.stringMatching(/\.listen$/)]);
    expect(e(['run', '--rm', 'true']).status).toBe(0);
    expect(existsSync(path.join(e.place, 'glassbox-engine'))).toBe(false);
  });

  test('what steers a terminal is not printed', async () => {
    const e = engine();
    const started = e.start(['events', '--lang', 'zh']);
    await started.said('Ctrl-C');
    e(['run', '--rm', '--name', 'x', 'echo', '\u001b[31mred']);
    await started.said('已删除');
    started.child.kill('SIGINT');
    const {stdout} = await started.ended;
    expect(stdout).toContain('已创建');
    expect(stdout).not.toContain('\u001b');
  });
});
