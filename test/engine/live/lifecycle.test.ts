import {once} from 'node:events';
import {describe, expect, it} from 'vitest';
import type {ContainerState} from '../../../src/engine/types.ts';
import {all, call, maps, openStage, output, running, types, uniqueSeconds, until} from '../support.ts';

const pid = {namespaces: [{type: 'pid' as const}]};

describe('create and start', () => {
  it('everything is set up before the program runs, which waits for start', async () => {
    const stage = await openStage();
    const states: ContainerState[] = [];
    const container = await stage.create('box', {
      hostname: 'early',
      process: {args: ['sh', '-c', 'echo ran; sleep 1000']},
      linux: {namespaces: [{type: 'uts'}]},
    });
    container.onChange(state => states.push(state));
    expect(container.state).toBe('created');
    expect(call(container.journal, 'sethostname')).toMatchObject({result: 0n, who: 'child'});
    expect(call(container.journal, 'execve')).not.toHaveProperty('result');
    await container.start();
    expect(container.state).toBe('running');
    expect(call(container.journal, 'execve')).toMatchObject({
      result: 0n,
      args: ['"/usr/bin/sh"', '["sh", "-c", "echo ran; sleep 1000"]', '/* 1 var */'],
    });
    expect(String((await once(container.stdout!, 'data'))[0])).toBe('ran\n');
    container.signal('TERM');
    expect(await container.wait()).toMatchObject({signal: 'SIGTERM'});
    expect(states).toEqual(['running', 'stopped']);
    await container.remove();
    expect(stage.container('box')).toBeUndefined();
  });

  it('start twice, and start of a container that was run, say which state was expected', async () => {
    const stage = await openStage();
    const created = await stage.create('a', {process: {args: ['sleep', '1000']}});
    await created.start();
    const wrong = {code: 'container.state', params: {state: 'running', expected: 'created'}};
    await expect(created.start()).rejects.toMatchObject(wrong);
    const run = await stage.run('b', {process: {args: ['sleep', '1000']}});
    await expect(run.start()).rejects.toMatchObject(wrong);
  });

  it('a container that was created and never started is removed without having run', async () => {
    const stage = await openStage();
    const container = await stage.create('box', {process: {args: ['sh', '-c', 'echo ran']}});
    const text = all(container.stdout);
    await container.remove();
    expect(await text).toBe('');
    expect(await container.wait()).toMatchObject({signal: 'SIGKILL'});
  });
});

describe('exit', () => {
  it.each([
    ['exit 0', {code: 0}],
    ['exit 3', {code: 3}],
    ['kill -SEGV $$', {signal: 'SIGSEGV'}],
    ['kill -KILL $$', {signal: 'SIGKILL'}],
  ])('%s', async (script, status) => {
    const stage = await openStage();
    const container = await stage.run('box', {process: {args: ['sh', '-c', script]}});
    expect(await container.wait()).toMatchObject(status);
    expect(await container.wait()).toBe(await container.wait());
    expect(container.state).toBe('stopped');
    expect(() => container.signal('TERM')).toThrow(expect.objectContaining({code: 'process.gone'}));
  });

  it('tells what the process used', async () => {
    const stage = await openStage();
    const {userUs, systemUs, maxRssBytes} = await (
      await stage.run('box', {process: {args: ['sh', '-c', 'i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done']}})
    ).wait();
    expect(userUs + systemUs).toBeGreaterThan(1000);
    expect(maxRssBytes).toBeGreaterThan(100_000);
  });

  it('signals: by name with and without SIG, by number; an unknown one is refused', async () => {
    const stage = await openStage();
    for (const [i, signal] of ['SIGUSR1', 'usr1', 10].entries()) {
      const container = await stage.run(`box${i}`, {process: {args: ['sleep', '1000']}});
      expect(() => container.signal('SIGWHAT')).toThrow(expect.objectContaining({code: 'signal.unknown'}));
      expect(() => container.signal(65)).toThrow(expect.objectContaining({code: 'signal.unknown'}));
      container.signal(signal);
      expect(await container.wait()).toMatchObject({signal: 'SIGUSR1'});
    }
  });
});

describe('a process of ours', () => {
  it('inherits nothing: descriptors, environment, blocked or ignored signals, session', async () => {
    const stage = await openStage();
    const script =
      'ls /proc/self/fd | tr "\\n" " "; env -0 | tr "\\0" ";"; echo; grep -E "^Sig(Blk|Ign|Cgt)" /proc/self/status; cut -d" " -f6 /proc/self/stat; echo $$; umask';
    const container = await stage.run('box', {
      process: {args: ['/usr/bin/env', '-i', 'A=1', '/bin/bash', '--norc', '-c', script], env: ['X=y', 'PATH=/bin']},
    });
    const [first, ...rest] = (await output(container)).split('\n');
    expect(first).toMatch(/^0 1 2 3 /); // 3 is ls reading the folder
    expect(first).not.toMatch(/HOME|X=y/);
    const status = Object.fromEntries(rest.filter(l => l.startsWith('Sig')).map(l => l.split(':\t')));
    expect(status.SigBlk).toMatch(/^0+$/);
    expect(status.SigIgn).toMatch(/^0+$/);
    expect(rest.at(-4)).toBe(rest.at(-3));
    expect(rest.at(-2)).toBe('0022');
  });

  it('has the environment that was given, and no other', async () => {
    const stage = await openStage();
    expect(await output(await stage.spawn('a', {args: ['/usr/bin/env'], env: ['ONE=1', 'TWO=a b=c']}))).toBe(
      'ONE=1\nTWO=a b=c\n',
    );
  });

  it('finds its program in its own PATH, relative and absolute', async () => {
    const stage = await openStage();
    expect(await output(await stage.spawn('a', {args: ['echo', 'x'], env: ['PATH=/nowhere:/bin/']}))).toBe('x\n');
    expect(await output(await stage.spawn('b', {args: ['./echo', 'y'], cwd: '/bin'}))).toBe('y\n');
    expect(await output(await stage.spawn('c', {args: ['echo', 'z'], env: ['PATH=:'], cwd: '/bin'}))).toBe('z\n');
  });

  it('writes as much as it likes: both pipes are read to their ends', async () => {
    const stage = await openStage();
    const process = await stage.spawn('a', {
      args: ['sh', '-c', 'head -c 3000000 /dev/zero; head -c 2000000 /dev/zero >&2'],
    });
    const [out, err] = await Promise.all([all(process.stdout), all(process.stderr)]);
    expect([out.length, err.length]).toEqual([3_000_000, 2_000_000]);
  });
});

describe('remove', () => {
  it('kills daemons that slipped away, with a PID namespace and without one', async () => {
    const stage = await openStage();
    for (const [name, linux] of Object.entries({
      pid,
      uts: {namespaces: [{type: 'uts' as const}]},
      all: {namespaces: types.map(type => ({type})), ...maps},
    })) {
      const word = uniqueSeconds();
      const script = `(setsid sh -c "setsid sleep ${word} & sleep ${word}" &) ; (setsid setsid sleep ${word} </dev/null >/dev/null 2>&1 &); exec sleep ${word}`;
      const container = await stage.run(name, {process: {args: ['sh', '-c', script]}, linux});
      await until('four sleepers', () => running(word).length === 4);
      await container.remove();
      expect(running(word)).toEqual([]);
    }
  });

  it('kills daemons of a first process that is long gone', async () => {
    const stage = await openStage();
    const word = uniqueSeconds();
    const container = await stage.run('box', {
      process: {args: ['sh', '-c', `setsid sleep ${word} >/dev/null 2>&1 &`]},
      linux: {namespaces: [{type: 'uts'}]},
    });
    await container.wait();
    await until('its daemon', () => running(word).length === 1);
    await container.remove();
    expect(running(word)).toEqual([]);
  });

  it('touches nobody else: not a second container, not the host side, not one that joined', async () => {
    const stage = await openStage();
    const [mine, theirs] = [uniqueSeconds(), uniqueSeconds()];
    const daemon = (word: string) => ['sh', '-c', `(setsid sleep ${word} >/dev/null 2>&1 &); exec sleep ${word}`];
    const uts = {namespaces: [{type: 'uts' as const}]};
    const first = await stage.run('first', {process: {args: daemon(mine)}, linux: uts});
    await stage.run('second', {process: {args: daemon(theirs)}, linux: uts});
    await stage.run('joined', {
      process: {args: ['sleep', theirs]},
      linux: {namespaces: [{type: 'uts', path: `/proc/${first.pid}/ns/uts`}]},
    });
    await stage.spawn('host', {args: daemon(theirs)});
    await until('all of them', () => running(mine).length === 2 && running(theirs).length === 5);
    await first.remove();
    expect(running(mine)).toEqual([]);
    expect(running(theirs)).toHaveLength(5);
    await stage.close();
    expect(running(theirs)).toEqual([]);
  });

  it('twice, and after the process has ended, does nothing more', async () => {
    const stage = await openStage();
    const container = await stage.run('box', {process: {args: ['true']}});
    await container.wait();
    await Promise.all([container.remove(), container.remove()]);
    await container.remove();
    await expect(container.exec({args: ['true']})).rejects.toMatchObject({
      code: 'container.state',
      params: {state: 'stopped'},
    });
    await (await stage.run('box', {process: {args: ['true']}})).remove();
  });

  it('ends processes that were entered later', async () => {
    const stage = await openStage();
    const container = await stage.run('box', {
      process: {args: ['sleep', '1000']},
      linux: {namespaces: [{type: 'uts'}]},
    });
    const entered = await container.exec({args: ['sleep', '1000']});
    await container.remove();
    expect(await entered.wait()).toMatchObject({signal: 'SIGKILL'});
  });
});

describe('many at once', () => {
  it('fifty containers created, run and removed side by side', async () => {
    const stage = await openStage();
    const texts = await Promise.all(
      Array.from({length: 50}, async (_, i) => {
        const container = await stage.run(`box${i}`, {
          hostname: `h${i}`,
          process: {args: ['hostname']},
          linux: {namespaces: [{type: 'uts'}]},
        });
        const text = await output(container);
        await container.remove();
        return text;
      }),
    );
    expect(texts).toEqual(Array.from({length: 50}, (_, i) => `h${i}\n`));
  });

  it('two stages do not see each other', async () => {
    const [a, b] = [await openStage({hostname: 'left'}), await openStage({hostname: 'right'})];
    expect(await output(await a.spawn('x', {args: ['hostname']}))).toBe('left\n');
    expect(await output(await b.spawn('x', {args: ['sh', '-c', `hostname; ls ${a.dir}`]}))).toBe('right\n');
    await a.close();
    expect(await output(await b.spawn('y', {args: ['hostname']}))).toBe('right\n');
  });

  it('an id is refused when it is taken, is "host", or could be a path', async () => {
    const stage = await openStage();
    await stage.run('box', {process: {args: ['sleep', '1000']}});
    for (const [id, code] of [
      ['box', 'container.exists'],
      ['host', 'container.exists'],
      ['../x', 'container.bad-id'],
      ['', 'container.bad-id'],
    ] as const) {
      await expect(stage.run(id, {process: {args: ['true']}})).rejects.toMatchObject({code});
      if (id !== 'host') await expect(stage.spawn(id, {args: ['true']})).rejects.toMatchObject({code});
    }
  });
});
