import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {readStat} from '../../../src/engine/facts/proc.ts';
import type {CommandEvent} from '../../../src/engine/index.ts';
import {nextPrompt, prints, type ShellStage, shellStage, type TestShell, until} from './support.ts';

let it: ShellStage;
beforeAll(async () => {
  it = await shellStage();
});
afterEach(() => it.clear());
afterAll(() => it.close());

async function shellOf(kind: 'bash' | 'sh'): Promise<TestShell> {
  const opened = await it.open(kind);
  expect(await opened.shell.ready()).toBe('idle');
  expect(opened.shell.sure).toBe(true);
  return opened;
}

const text = (bytes: Buffer) => bytes.toString().replaceAll('\r\n', '\n');

describe.each(['bash', 'sh'] as const)('%s', kind => {
  test('a command, its status and what it printed', async () => {
    const {shell, events} = await shellOf(kind);
    const result = await shell.run('echo "two words"; (exit 7)');
    expect(result).toMatchObject({status: 7, sure: true, truncated: false, entered: false});
    expect(text(result.output)).toBe('two words\n');
    expect(result.why).toBeUndefined();
    expect((await shell.run('true')).status).toBe(0);
    expect((await shell.run('nosuch-program')).status).toBe(127);
    expect(events.map(one => [one.phase, one.command, one.by]).slice(0, 2)).toEqual([
      ['typed', 'echo "two words"; (exit 7)', 'lab'],
      ['finished', 'echo "two words"; (exit 7)', 'lab'],
    ]);
  });

  test('several runs at once follow one another', async () => {
    const {shell} = await shellOf(kind);
    const results = await Promise.all([
      shell.run('sleep 0.2; echo a'),
      shell.run('echo b; false'),
      shell.run('echo c'),
    ]);
    expect(results.map(one => [text(one.output), one.status])).toEqual([
      ['a\n', 0],
      ['b\n', 1],
      ['c\n', 0],
    ]);
  });

  test('several lines: one command over three, three commands, a here document', async () => {
    const {shell} = await shellOf(kind);
    expect(text((await shell.run('for i in 1 2\ndo echo $i\ndone')).output)).toBe('1\n2\n');
    const three = await shell.run('echo a\necho b\n(exit 3)\n');
    expect([text(three.output), three.status]).toEqual(['a\nb\n', 3]);
    expect(text((await shell.run('cat <<END\nfoo $((1+1))\nEND')).output)).toBe('foo 2\n');
  });

  test('an incomplete command is given up, and the terminal is free again', async () => {
    const {shell} = await shellOf(kind);
    expect(await shell.run('echo "open')).toMatchObject({status: null, why: 'incomplete'});
    expect(text((await shell.run('echo fine')).output)).toBe('fine\n');
  });

  test('a line that the learner has half typed, or has begun to continue, is taken away first', async () => {
    const {shell} = await shellOf(kind);
    shell.type('echo half');
    expect(text((await shell.run('echo whole')).output)).toBe('whole\n');
    shell.type('if true\r');
    await until(shell, () => shell.state === 'more');
    expect(text((await shell.run('echo again')).output)).toBe('again\n');
  });

  test('Ctrl-C at the prompt is no command', async () => {
    const {shell, events} = await shellOf(kind);
    const prompt = new Promise<void>(resolve => {
      shell.onState(state => state === 'idle' && resolve());
    });
    shell.type('echo half\x03');
    // What is typed in the moment of the interrupt the terminal driver throws away with the line.
    await prompt;
    expect(text((await shell.run('echo whole')).output)).toBe('whole\n');
    expect(events.map(one => one.command)).toEqual(['echo whole', 'echo whole']);
  });

  test('what the learner types is reported with its text and status', async () => {
    const {shell, events, finished} = await shellOf(kind);
    shell.type('ech');
    shell.type('o 中文x\x7f; (exit 5)\r');
    const event = await finished('echo 中文; (exit 5)');
    expect(event).toMatchObject({command: 'echo 中文; (exit 5)', by: 'learner', status: 5, sure: true});
    expect(text(event.output)).toBe('中文\n');
    shell.type('\r');
    await until(shell, () => shell.state === 'idle');
    shell.type('   \r');
    await until(shell, () => shell.state === 'idle');
    expect(events).toHaveLength(2);
  });

  test('lines typed while a command runs are commands of their own', async () => {
    const {shell, finished} = await shellOf(kind);
    shell.type('sleep 0.2\r');
    shell.type('(exit 4)\r');
    expect(await finished('sleep 0.2')).toMatchObject({status: 0});
    expect(await finished('(exit 4)')).toMatchObject({status: 4, by: 'learner'});
  });

  test('lines that a program has read are no commands', async () => {
    const {shell, pid, events, finished, typed} = await shellOf(kind);
    const begun = typed();
    shell.type('cat > /dev/null\r');
    await begun;
    shell.type('not a command\r');
    shell.type('\x04');
    expect(await finished('cat > /dev/null')).toMatchObject({by: 'learner'});
    // A person's next key comes later than a shell takes what was typed ahead.
    await new Promise(resolve => setTimeout(resolve, 100));
    if (kind === 'sh') {
      // A prompt without a command before it.
      shell.type('x\x7f');
      const prompt = nextPrompt(shell);
      process.kill(pid, 'SIGINT');
      await prompt;
    }
    shell.type('(exit 6)\r');
    expect(await finished('(exit 6)')).toMatchObject({status: 6});
    expect(events.filter(one => one.phase === 'typed').map(one => one.command)).toEqual([
      'cat > /dev/null',
      '(exit 6)',
    ]);
  });

  test('marks that a program prints are not believed', async () => {
    const {shell} = await shellOf(kind);
    const forged = '\\033]133;D;0\\007\\033]133;A\\007\\033]133;D;n=wrong;p=1;s=0\\033\\\\';
    const result = await shell.run(`printf '${forged}'; printenv PS1; sleep 0.3; (exit 9)`);
    expect(result).toMatchObject({status: 9, sure: true});
    expect(result.output.toString()).toContain('\x1b]133;D;0\x07');
  });

  test('Ctrl-C ends a command, a signal too', async () => {
    const {shell} = await shellOf(kind);
    const stopped = shell.run("sh -c 'echo go; exec sleep 100'");
    await prints(shell, 'go\r\n');
    shell.type('\x03');
    expect(await stopped).toMatchObject({status: 130, sure: true});
    const killed = await shell.run("sh -c 'kill -TERM $$'");
    expect(killed.status).toBe(143);
  });

  test('of one megabyte the end is kept, and said to be one', async () => {
    const {shell} = await shellOf(kind);
    const result = await shell.run('seq 1 150000');
    expect(result).toMatchObject({status: 0, truncated: true, sure: true});
    expect(result.output.length).toBe(64 * 1024);
    expect(text(result.output)).toMatch(/149999\n150000\n$/);
  });

  test('a time limit gives what there is so far; the command goes on', async () => {
    const {shell, finished} = await shellOf(kind);
    const result = await shell.run('echo begun; sleep 0.6; echo done', {timeoutMs: 300});
    expect(result).toMatchObject({status: null, why: 'timeout', sure: false});
    expect(text(result.output)).toBe('begun\n');
    expect(await finished('echo begun; sleep 0.6; echo done')).toMatchObject({status: 0});
    await until(shell, () => shell.state === 'idle');
  });

  test.each(['sh', 'bash'])('%s inside it: entered, used, left', async nested => {
    const {shell, events} = await shellOf(kind);
    expect(await shell.run(nested, {enters: true})).toMatchObject({
      status: null,
      why: 'entered',
      entered: true,
      sure: true,
    });
    const inside = await shell.run('echo inside; (exit 3)');
    expect([text(inside.output), inside.status]).toEqual(['inside\n', 3]);
    expect(await shell.run('sh', {enters: true})).toMatchObject({entered: true, sure: true});
    expect((await shell.run('exit 2')).status).toBe(2);
    expect((await shell.run('exit 4')).status).toBe(4);
    expect(text((await shell.run('echo outside')).output)).toBe('outside\n');
    const ends = (events as CommandEvent[]).filter(one => one.phase === 'finished' && one.command === nested);
    expect(ends).toHaveLength(nested === 'sh' ? 2 : 1);
    expect(ends.at(-1)).toMatchObject({status: 4, sure: true});
  });

  test('exec sh keeps the marks', async () => {
    const {shell} = await shellOf(kind);
    expect(await shell.run('exec sh', {enters: true})).toMatchObject({entered: false, sure: true});
    const result = await shell.run('echo $0; (exit 8)');
    expect([text(result.output), result.status, result.sure]).toEqual(['sh\n', 8, true]);
  });

  test('where marks are lost the foreground process is asked, and the answer is unsure', async () => {
    const {shell, finished} = await shellOf(kind);
    await shell.run("unset PROMPT_COMMAND PS0; PS1='x '");
    expect(shell.state).toBe('idle');
    expect(shell.sure).toBe(false);
    const result = await shell.run('echo one; sleep 0.4; echo two; false');
    expect(result).toMatchObject({status: null, sure: false, why: 'lost'});
    expect(text(result.output)).toBe('one\ntwo\n');
    shell.type('echo by hand\r');
    expect(await finished('echo by hand')).toMatchObject({by: 'learner', status: null, sure: false});
  });

  test('a shell that waits in its `read` is busy, not at a prompt', async () => {
    const {shell, finished} = await shellOf(kind);
    expect(await shell.run('read x', {timeoutMs: 700})).toMatchObject({status: null, why: 'timeout'});
    expect(shell.state).toBe('busy');
    shell.type('value\r');
    expect(await finished('read x')).toMatchObject({status: 0, sure: true});
    expect(text((await shell.run('echo $x')).output)).toBe('value\n');
  });

  test('a program that waits for input is entered only where that was expected', async () => {
    const {shell, finished} = await shellOf(kind);
    expect(await shell.run('cat', {timeoutMs: 700})).toMatchObject({why: 'timeout'});
    shell.type('\x04');
    expect(await finished('cat')).toMatchObject({status: 0});
    expect(await shell.run('cat', {enters: true})).toMatchObject({entered: true, sure: false});
    shell.type('\x04');
    expect(await finished('cat')).toMatchObject({status: 0, sure: true});
  });

  test('when the shell ends, all who wait are told', async () => {
    const {shell} = await shellOf(kind);
    const [exit, after] = await Promise.all([shell.run('exit 3'), shell.run('echo never')]);
    expect(exit).toMatchObject({status: null, why: 'ended'});
    expect(after).toMatchObject({status: null, why: 'ended'});
    expect(shell.state).toBe('ended');
    expect(await shell.ready()).toBe('ended');
  });

  test('dispose tells those who wait, and leaves the terminal alone', async () => {
    const {shell} = await shellOf(kind);
    const waiting = shell.run('sleep 5');
    await until(shell, () => shell.state === 'busy');
    shell.dispose();
    expect(await waiting).toMatchObject({why: 'ended'});
  });
});

test('a shell with the same $$ in a PID namespace below is another shell', async () => {
  const {shell, pid, finished} = await it.open('sh', [{type: 'pid'}, {type: 'mount'}]);
  await shell.ready();
  expect(text((await shell.run('echo $$')).output)).toBe('1\n');
  expect(await shell.run('unshare -pf --mount-proc sh')).toMatchObject({entered: true, sure: true});
  expect(text((await shell.run('echo $$')).output)).toBe('1\n');
  // dash cannot `exit` here: the process group that it gives the terminal back to has no number in its namespace.
  process.kill(readStat(pid)!.tpgid, 'SIGKILL');
  expect(await finished('unshare -pf --mount-proc sh')).toMatchObject({status: expect.any(Number), sure: true});
  expect(text((await shell.run('echo back')).output)).toBe('back\n');
});

test('bash: the marks outlive a changed PS1', async () => {
  const {shell} = await shellOf('bash');
  await shell.run("PS1='x '");
  expect(await shell.run('false')).toMatchObject({status: 1, sure: true});
});

test('bash: without a history the keys tell which command it was', async () => {
  const {shell, finished} = await shellOf('bash');
  await shell.run('set +o history');
  shell.type('echo unrecorded\r');
  expect(await finished('echo unrecorded')).toMatchObject({status: 0});
});

test('bash: an exclamation mark stands for itself, and no history is written', async () => {
  const {shell} = await shellOf('bash');
  expect(text((await shell.run('echo "a!b"')).output)).toBe('a!b\n');
  expect(text((await shell.run('echo "[$HISTFILE]"; ls -A ~')).output)).toBe('[]\n.bashrc  .shrc\n');
});

test('the environment is clean: nothing of ours is inherited', async () => {
  process.env.GLASSBOX_SECRET = 'x';
  const {shell} = await shellOf('bash');
  const names = text((await shell.run('env | cut -d= -f1 | sort | tr "\\n" " "')).output);
  delete process.env.GLASSBOX_SECRET;
  expect(names.trim().split(' ')).toEqual(['ENV', 'HOME', 'LANG', 'PATH', 'PWD', 'SHLVL', 'TERM', '_']);
});
