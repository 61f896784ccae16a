/** A lab's talk with a fake session: what is said for which event, and what each line asks of the session. */
import {PassThrough} from 'node:stream';
import {describe, expect, test} from 'vitest';
import {LineInput} from '../../../src/ui/plain/input.ts';
import {LabTalk, type TalkEnd} from '../../../src/ui/plain/lab.ts';
import {Paper} from '../../../src/ui/plain/paper.ts';
import {begin, containerUp, entry, FakeSession, factsOf} from '../support/fake-session.ts';
import {smallLab} from '../support/lab.ts';

/** A talk of lines; `answer` plays the session. Every line is read when the one before is done. */
async function talk(
  lines: string[],
  {
    lang = 'en',
    keyboard = false,
    answer = () => {},
  }: {
    lang?: 'en' | 'zh';
    keyboard?: boolean;
    answer?: (session: FakeSession, name: string, ...args: unknown[]) => void;
  } = {},
): Promise<{text: string; session: FakeSession; end: TalkEnd}> {
  const session = new FakeSession(smallLab());
  const leave = new AbortController();
  session.onCall = (name, ...args) => {
    if (name === 'start') begin(session);
    if (name === 'end') session.emit({type: 'session-ended', reason: args[0] as 'left', left: []});
    answer(session, name, ...args);
  };
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  let text = '';
  stdout.on('data', data => {
    text += data;
  });
  const input = new LineInput(stdin as unknown as NodeJS.ReadStream, leave.signal);
  const paper = new Paper(stdout as unknown as NodeJS.WriteStream, () => leave.abort());
  stdin.end(lines.map(line => `${line}\n`).join(''));
  const end = await new LabTalk(session, {input, paper, keyboard, leave: leave.signal}, lang).run();
  input.close();
  return {text, session, end};
}

const typed = (session: FakeSession, side: string, command: string, output: string, status: number | null = 0) =>
  session.emit(
    {type: 'command-typed', side, command, by: 'learner'},
    {type: 'command-finished', side, command, status, by: 'learner', output},
    {type: 'terminal-idle', side, sure: true},
  );

describe('the lesson', () => {
  test('prose up to what comes next, what is to be true, and what Enter does', async () => {
    const {text, end} = await talk([]);
    expect(text).toContain('Lab 01, UTS namespace: Can one process rename the machine alone?');
    expect(text).toContain('Step 1 of 2: The name');
    expect(text).toContain('Before the container is called tiger.');
    expect(text).toContain('not yet: Only the container is called tiger');
    expect(text).toContain('Next (Enter): start the container box: sh (new namespaces: uts).');
    expect(end).toEqual({how: 'eof', status: 0, lang: 'en'});
  });

  test('the same in Chinese', async () => {
    const {text} = await talk(['?'], {lang: 'zh'});
    expect(text).toContain('先给容器取名 tiger。');
    expect(text).toContain('下一件事（Enter）：启动容器 box：sh');
    expect(text).toContain('Ctrl-C：中断正在执行的命令');
    expect(text).not.toMatch(/Next|not yet|Type a line/);
  });

  test('no escape sequence and no border is ever printed', async () => {
    const {text} = await talk(['', '1', 'facts', 'checks', 'steps', 'journal', '?'], {
      answer: (session, name) => name === 'advance' && containerUp(session),
    });
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f─-╿✓✗]/);
  });
});

describe('answers', () => {
  test('a number answers the question, and the kernel is heard', async () => {
    const {text, session} = await talk(['', '7', '1'], {
      answer: (one, name, ...args) => {
        if (name === 'advance') containerUp(one);
        if (name === 'predict')
          one.emit(
            {type: 'prediction-answered', id: 'who', choice: args[1] as string},
            {type: 'prediction-judged', id: 'who', choice: 'host', answer: 'box', verdict: 'fail'},
          );
      },
    });
    expect(session.asked('predict')).toEqual([['who', 'host']]);
    expect(text).toContain('There is no answer 7: type a number from 0 to 2.');
    expect(text).toMatch(/1: the host\n\s+2: the container\n\s+0: just show me/);
    expect(text).toContain('The kernel says: the container.');
    expect(text).toContain('Not so; you said: the host.');
    expect(text).toContain('Because names live in the namespace.');
  });

  test('0 asks to be shown, and a number without a question is explained', async () => {
    const {text, session} = await talk(['3', '', '0'], {
      answer: (one, name) => name === 'advance' && containerUp(one),
    });
    expect(session.asked('predict')).toEqual([['who', null]]);
    expect(text).toContain('No question waits for a number now.');
  });
});

describe('commands of the learner', () => {
  const up = (session: FakeSession, name: string) => name === 'advance' && containerUp(session);

  test('are typed into the side named, and their output and status are told', async () => {
    const {text, session} = await talk(['', 'host: ls -l', 'c: false', 'moon: ls', 'box:'], {
      answer: (one, name, side, data) => {
        up(one, name);
        if (name !== 'type') return;
        if (String(data) === 'ls -l\r') typed(one, 'host', 'ls -l', 'total 0\n');
        else typed(one, side as string, 'false', '', 1);
      },
    });
    expect([session.typed('host'), session.typed('box')]).toEqual(['ls -l\r', 'false\r']);
    expect(text).toContain('> host: ls -l\ntotal 0\n');
    expect(text).toContain('> c: false\n(exit status 1)\n');
    expect(text).toContain('There is no terminal "moon" now. There is: host: box:.');
    expect(text).toContain('What is to be typed there? For example `box: hostname`.');
  });

  test('verdicts that change, the diagnosis of the mistake, and the wrong side', async () => {
    const {text} = await talk(['', 'host: hostname tiger', 'box: hostname tiger'], {
      answer: (one, name, side) => {
        up(one, name);
        if (name !== 'type') return;
        typed(one, side as string, 'hostname tiger', '');
        if (side === 'host')
          one.emit(
            {
              type: 'facts',
              sides: {host: factsOf('tiger', 1001n, 200n), box: factsOf('vm', 1002n, 300n)},
              changed: ['host.hostname'],
            },
            {type: 'check', id: 'renamed', verdict: 'fail', mistake: 'wrong-side', values: {}},
            {type: 'wrong-side', command: 'hostname tiger', typedOn: 'host', expectedOn: 'box', check: 'renamed'},
          );
        else one.emit({type: 'check', id: 'renamed', verdict: 'pass', values: {}});
      },
    });
    expect(text).toMatch(
      /not yet: Only the container is called tiger\n {2}That was the host: it is called tiger now\.\nWrong side: `hostname tiger` ran on the host; it belongs to the container box\./,
    );
    expect(text).toMatch(/> box: hostname tiger\n\(no output\)\npassed: Only the container is called tiger/);
  });

  test('control characters are not typed', async () => {
    const {session} = await talk(['', 'box: a\x03\x04\tb'], {
      answer: (one, name, side) => {
        up(one, name);
        if (name === 'type') typed(one, side as string, 'a b', '');
      },
    });
    expect(session.typed('box')).toBe('a b\r');
  });

  test('a shell within a shell is said', async () => {
    const {text} = await talk(['', 'box: sh'], {
      answer: (one, name) => {
        up(one, name);
        if (name !== 'type') return;
        one.emit({type: 'command-typed', side: 'box', command: 'sh', by: 'learner'});
        one.print('box', 'sh\r\nwelcome\r\n# ');
        one.emit({type: 'terminal-idle', side: 'box', sure: true});
      },
    });
    expect(text).toContain('welcome\n');
    expect(text).toContain('(the container box waits for more');
  });
});

describe('help and looks', () => {
  test('hints one by one, the solution, and then it is typed', async () => {
    let hints = 0;
    const {text, session} = await talk(['h', 'h', 'h', 's', 's'], {
      answer: (one, name) => {
        if (name === 'hint') one.emit({type: 'hint-shown', check: 'renamed', index: hints++, of: 2});
        if (name === 'solution') one.emit({type: 'solution-shown', check: 'renamed', runs: [0]});
      },
    });
    expect(text).toContain('Hint 1 of 2: Look at the frames.');
    expect(text).toContain('Hint 2 of 2: Type it in the container.');
    expect(text).toContain('All hints are given. s shows the solution.');
    expect(text.match(/box: hostname tiger/g)).toHaveLength(1);
    expect(session.asked('solution')).toEqual([
      ['renamed', false],
      ['renamed', true],
    ]);
  });

  test('steps, going, back, reset, next', async () => {
    const {text, session} = await talk(['steps', 'go 2', 'go 9', 'back', 'reset', 'reset lab', 'n']);
    expect(text).toContain('1. The name: you are here');
    expect(text).toContain('2. The end: ahead');
    expect(text).toContain('There is no step "9"');
    expect(session.asked('goTo')).toEqual([['end']]);
    for (const name of ['back', 'resetStep', 'resetLab', 'next']) expect(session.asked(name), name).toHaveLength(1);
  });

  test('X-ray and processes in words', async () => {
    const {text, session} = await talk(['', 'x', 'x 999', 'ps'], {
      answer: (one, name, pid) => {
        if (name === 'advance') containerUp(one);
        if (name === 'xray' && pid === 300) one.emit({type: 'xray', pid: 300, facts: factsOf('vm', 1002n, 300n)});
        if (name === 'xray' && pid === 999) one.emit({type: 'xray', pid: 999, facts: null});
        if (name === 'refresh') {
          const row = {pidns: 1n, state: 'S', comm: 'sh'};
          one.emit({
            type: 'processes',
            list: [
              {...row, pid: 100, ppid: 1, nspids: [100], side: 'keeper', command: 'keeper'},
              {...row, pid: 300, ppid: 100, nspids: [300, 1], side: 'box', command: 'sh'},
            ],
          });
        }
      },
    });
    expect(text).toContain('Process 300, seen from both sides:');
    expect(text).toContain('uts ns: 1002; its own');
    expect(text).toContain("pid ns: 4026531836; the host's");
    expect(text).toContain('There is no process 999 on this stage');
    expect(text).toMatch(/\n {2}100, the keeper: keeper\n {4}300, the container box, inside 1: sh\n/);
    expect(session.asked('xray')).toEqual([[300], [null], [999], [null]]);
  });

  test('an error with its errno and cure, and the session goes on', async () => {
    const call = entry('sethostname', ['"tiger"', '5'], {result: -1n, errno: 'EPERM'});
    const {text, end} = await talk(['', 'steps'], {
      answer: (one, name) => {
        if (name !== 'advance') return;
        const error = {code: 'session.internal', params: {message: 'as an example'}, call};
        one.emit({type: 'error', error, where: 'box', fatal: false});
      },
    });
    expect(text).toMatch(/Error: A fault in glassbox itself: as an example[\s\S]*sethostname\("tiger", 5\) = -1 EPERM/);
    expect(text).toContain('2. The end: ahead');
    expect(end.status).toBe(0);
  });

  test('what is not understood says how to type it', async () => {
    const {text} = await talk(['hostname tiger']);
    expect(text).toContain('`host: hostname tiger`');
  });
});

describe('a person', () => {
  test('what happens at the prompt is told after Enter, which then does nothing else', async () => {
    const session = new FakeSession(smallLab());
    session.onCall = (name, ...args) => {
      if (name === 'start') begin(session);
      if (name === 'end') session.emit({type: 'session-ended', reason: args[0] as 'left', left: []});
    };
    const leave = new AbortController();
    const stdin = new PassThrough();
    let text = '';
    let prompts = 0;
    let wake = () => {};
    const stdout = {
      isTTY: false,
      on: () => {},
      write: (data: string) => {
        text += data;
        if (data === '> ') prompts++;
        wake();
      },
    };
    const prompted = async (count: number) => {
      while (prompts < count) await new Promise<void>(resolve => (wake = resolve));
    };
    const input = new LineInput(stdin as unknown as NodeJS.ReadStream, leave.signal);
    const paper = new Paper(stdout as unknown as NodeJS.WriteStream, () => leave.abort());
    const running = new LabTalk(session, {input, paper, keyboard: true, leave: leave.signal}, 'en').run();
    await prompted(1);
    containerUp(session);
    session.emit({type: 'container-gone', id: 'box', status: {code: null, signal: 'SIGKILL'} as never});
    expect(text).not.toContain('has ended');
    stdin.write('\n');
    await prompted(2);
    expect(text).toContain('The container box has ended: killed by SIGKILL.');
    expect(session.asked('advance')).toEqual([]);
    stdin.write('\n');
    await session.whenAsked('advance');
    await prompted(3);
    leave.abort();
    expect((await running).how).toBe('eof');
    input.close();
  });
});
