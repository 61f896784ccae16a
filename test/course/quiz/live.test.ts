// biome-ignore-all lint/suspicious/noTemplateCurlyInString: in a lab, ${…} is text.
/** Questions on live containers: what a person sees, and what the kernel says. */
import {spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {once} from 'node:events';
import {basename} from 'node:path';
import {createInterface} from 'node:readline';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {loadQuiz} from '../../../src/course/format/quiz.ts';
import type {Event, Lab} from '../../../src/course/index.ts';
import {type LiveQuestion, openQuestion} from '../../../src/course/quiz/live.ts';
import {itemsOf} from '../../../src/course/quiz/pool.ts';
import type {Item} from '../../../src/course/quiz/types.ts';
import {Leftovers} from '../../../src/course/session/leftovers.ts';
import {type Engine, openEngine} from '../../../src/engine/index.ts';
import {readLab} from '../session/helper.ts';

let engine: Engine;
let items: Item[];
beforeAll(async () => {
  engine = await openEngine();
  const {quiz} = await loadQuiz('labs/03-pid');
  items = itemsOf(await readLab('labs/03-pid'), quiz as Lab);
});
afterAll(() => engine.close());

const VARS = {script: 'sleep infinity', missing: 'ipc', guests: '2', nap: '3111'};

interface Asked {
  question: LiveQuestion;
  events: Event[];
  text(side: string): string;
  /** Types a command and waits for its end. */
  type(side: string, command: string): Promise<{status: number | null; output: string}>;
}

async function asked<T>(
  id: string,
  vars: Record<string, string>,
  work: (asked: Asked) => Promise<T>,
  change: (item: Item) => Item = item => item,
): Promise<T> {
  const item = items.find(one => one.id === id);
  if (!item) throw new Error(`no item ${id}`);
  const events: Event[] = [];
  const heard = new Set<() => void>();
  const onEvent = (event: Event) => {
    events.push(event);
    for (const look of [...heard]) look();
  };
  const question = await openQuestion(engine, change(item), {vars: {...VARS, ...vars}, onEvent});
  const text = (side: string) =>
    Buffer.concat(events.flatMap(e => (e.type === 'bytes' && e.side === side ? [e.data] : []))).toString();
  const type = (side: string, command: string) => {
    const from = events.length;
    return new Promise<{status: number | null; output: string}>(resolve => {
      const look = () => {
        const end = events
          .slice(from)
          .find(e => e.type === 'command-finished' && e.side === side && e.by === 'learner');
        if (end?.type !== 'command-finished') return;
        heard.delete(look);
        resolve(end);
      };
      heard.add(look);
      question.session.type(side, `${command}\r`);
    });
  };
  try {
    return await work({question, events, text, type});
  } finally {
    expect(await question.close()).toEqual([]);
  }
}

describe('what is missing', () => {
  it.each(['uts', 'ipc', 'pid'])('the kernel says that %s is', async missing => {
    await asked('pid/missing', {missing}, async ({question}) => {
      expect(await question.judge({choices: [missing]})).toMatchObject({verdict: 'right', points: 2});
      const wrong = missing === 'uts' ? 'pid' : 'uts';
      const judged = await question.judge({choices: [wrong]});
      expect(judged).toMatchObject({verdict: 'wrong', points: 0, evidence: {key: {choices: [missing]}}});
      expect(judged.evidence.values).toHaveProperty(['host.ns.uts']);
      expect(await question.judge({choices: []})).toMatchObject({verdict: 'wrong'});
      expect(await question.judge(null)).toMatchObject({verdict: 'wrong'});
    });
  });

  it('may be what a command prints that is typed once the answer is given', async () => {
    const shown = (item: Item): Item => {
      const steps = item.doc.steps.map(step => {
        const at = step.blocks.indexOf(item.block);
        if (at < 0 || item.block.kind !== 'quiz') return step;
        const {pos} = item.block;
        const peek = {kind: 'run' as const, id: 'peek', on: 'host', commands: ['echo it is ipc'], expect: 0, pos};
        return {...step, blocks: [...step.blocks.slice(0, at + 1), peek]};
      });
      const choices = item.block.choices!.map(one => ({
        ...one,
        when: `run.peek.output.contains(" ${one.id}")`,
      }));
      const block = {...item.block, choices};
      const put = steps.map(step => ({...step, blocks: step.blocks.map(one => (one === item.block ? block : one))}));
      return {...item, block, doc: {...item.doc, steps: put}};
    };
    const work = async ({question, text}: Asked) => {
      expect(text('host')).not.toContain('it is ipc');
      expect(await question.judge({choices: ['ipc']})).toMatchObject({verdict: 'right'});
      expect(text('host')).toContain('it is ipc');
    };
    await asked('pid/missing', {missing: 'ipc'}, work, shown);
  });

  it('is what it was when asked, whatever is done to the container afterwards', async () => {
    await asked('pid/missing', {missing: 'ipc'}, async ({question, type}) => {
      await type('box', 'exec unshare --ipc sh');
      expect((await type('box', 'echo still here')).output).toBe('still here\n');
      expect(await question.judge({choices: ['ipc']})).toMatchObject({verdict: 'right'});
      expect(await question.judge({choices: ['uts']})).toMatchObject({verdict: 'wrong'});
    });
  });
});

describe('a reading', () => {
  it('takes the value as people write it, and what is true after the hand has changed it', async () => {
    await asked('pid/number', {}, async ({question, events, type}) => {
      const facts = () => events.findLast(e => e.type === 'facts') as Extract<Event, {type: 'facts'}>;
      const child = () => String((facts().sides.box?.children as bigint[] | undefined)?.[0]);
      const first = child();
      const wide = [...first].map(digit => String.fromCodePoint(0xff10 + Number(digit))).join('');
      for (const text of [first, ` ${first} `, wide, `pid=${first}`])
        expect(await question.judge({text}), text).toMatchObject({verdict: 'right', evidence: {key: {text: first}}});
      for (const text of ['', ' ', '1', `${first}0`])
        expect(await question.judge({text}), text).toMatchObject({verdict: 'wrong'});

      await type('host', `kill -KILL ${first}`);
      await type('box', 'wait; sleep 4000 &');
      await question.session.refresh();
      const second = child();
      expect(second).not.toBe(first);
      expect(await question.judge({text: second})).toMatchObject({verdict: 'right', evidence: {key: {text: second}}});
      expect(await question.judge({text: first})).toMatchObject({verdict: 'right', evidence: {key: {text: first}}});
    });
  });
});

describe('a prediction', () => {
  it.each([
    ["trap 'exit 0' TERM; sleep infinity & while :; do wait; done", 'ends'],
    ["trap '' TERM; sleep infinity & while :; do wait; done", 'goes-on'],
  ])('is shown by the kernel once it is answered: %s', async (script, right) => {
    await asked('pid/term', {script}, async ({question, text, type}) => {
      expect(text('host')).not.toContain('kill');
      await type('host', 'kill() { :; }');
      const judged = await question.judge({choices: [right]});
      expect(judged).toMatchObject({verdict: 'right', evidence: {key: {choices: [right]}}});
      expect(text('host')).toContain('kill -TERM');
      // What was seen once is no prediction any more, and does not change.
      expect((await question.judge({choices: ['orphan']})).evidence.key).toEqual({choices: [right]});
    });
  });
});

describe('a repair', () => {
  it('is right whichever way it was done, and whatever else is there', async () => {
    await asked('pid/guests', {guests: '2'}, async ({question, events, type}) => {
      expect(await question.judge({done: true})).toMatchObject({verdict: 'wrong', points: 0});
      await type('box', 'for i in 1 2 3; do sleep 500 & done');
      expect(await question.judge({done: true})).toMatchObject({verdict: 'wrong', mistake: 'own-children'});
      const started = events.findLast(e => e.type === 'container-started');
      const pid = started?.type === 'container-started' ? started.pid : 0;
      await type('host', `nsenter -t ${pid} -p sleep 600 &`);
      await type('box', "sh -c 'sleep 700 & exec sleep 701' &");
      // The second one shows when its parent has started it.
      await type('box', 'until ps -e -o args | grep -q "^sleep 700"; do :; done');
      const judged = await question.judge({done: true});
      expect(judged).toMatchObject({verdict: 'right', points: 2, evidence: {key: {done: true}}});
      expect(judged.evidence.commands?.map(({side}) => side)).toEqual(['box', 'host', 'box', 'box']);
    });
  });

  it('is not done where its container is gone, and not when nobody says so', async () => {
    await asked('pid/guests', {guests: '2'}, async ({question, type}) => {
      expect(await question.judge(null)).toMatchObject({verdict: 'wrong'});
      await type('box', 'exit');
      expect(await question.judge({done: true})).toMatchObject({verdict: 'wrong', reason: {code: 'no-container'}});
    });
  });

  it('can be begun again', async () => {
    await asked('pid/guests', {guests: '2'}, async ({question, type, events}) => {
      await type('box', 'exit');
      await question.session.resetStep();
      const from = events.length;
      expect((await type('box', 'echo $$')).output).toBe('1\n');
      expect(events.slice(from).some(e => e.type === 'bytes')).toBe(true);
    });
  });
});

describe('what sets a question up', () => {
  it('is not to be read anywhere afterwards', async () => {
    const secret = 'setup-secret';
    const change = (item: Item): Item => {
      const step = item.doc.steps.find(one => one.id === item.step)!;
      const run = step.blocks.find(block => block.kind === 'run')!;
      const more = (on: string) => ({...run, on, commands: [`: ${secret}; secret=${secret}`, `echo ${secret}`]});
      const blocks = [run, ...['host', 'box'].map(more)];
      const at = step.blocks.indexOf(run);
      const steps = [{...step, blocks: [...step.blocks.slice(0, at), ...blocks, ...step.blocks.slice(at + 1)]}];
      return {...item, doc: {...item.doc, steps}};
    };
    await asked(
      'pid/number',
      {},
      async ({question, events, text, type}) => {
        await type('host', 'history; fc -l; jobs; set; env; ls -a; cat ~/.bash_history');
        await type('host', "ps -e -o args | grep -c 's[e]tup-' || grep -rl 's[e]tup-s' . ");
        await type('box', 'history; fc -l; jobs');
        const told = events.flatMap(e =>
          e.type === 'bytes' ? [] : [JSON.stringify(e, (_, v) => (typeof v === 'bigint' ? String(v) : v))],
        );
        expect(told.filter(line => line.includes(secret))).toEqual([]);
        for (const side of ['host', 'box']) expect(text(side)).not.toContain(secret);
        expect(text('box')).not.toContain(`sleep ${VARS.nap} &`);
        expect(events.filter(e => e.type === 'journal' || (e.type === 'command-typed' && e.by === 'lab'))).toEqual([]);
        expect(question.session.lab.steps.at(-1)?.blocks).toEqual([]);
      },
      change,
    );
  });

  it('is followed by what the transcript holds, byte by byte', async () => {
    await asked('pid/guests', {}, async ({question, events, type}) => {
      await type('host', 'echo hello');
      const {evidence} = await question.judge({done: true});
      const bytes = createHash('sha256');
      for (const event of events) if (event.type === 'bytes') bytes.update(event.data);
      expect(evidence.transcript).toBe(bytes.digest('hex'));
    });
  });

  it('shows both terminals empty, at a prompt', async () => {
    await asked('pid/number', {}, async ({text}) => {
      const bare = (side: string) => text(side).replace(/\x1b\][^\x07]*\x07|\x1b\[[\d;?]*[A-Za-z]|[\x01\x02]/g, '');
      expect(bare('host')).toBe('# ');
      expect(bare('box')).toBe('# ');
    });
  });
});

describe('the end', () => {
  it('leaves nothing, also where the program was killed', async () => {
    const child = spawn(process.execPath, ['test/course/quiz/open-question.ts'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({input: child.stdout}), 'line')) as [string];
    const {dir, pids} = JSON.parse(line) as {dir: string; pids: number[]};
    const left = new Leftovers();
    left.stage(basename(dir));
    for (const pid of pids) left.process(pid);
    expect(left.find().length).toBeGreaterThanOrEqual(pids.length);
    // tail ends when the process does.
    const ends = pids.map(pid => once(spawn('tail', [`--pid=${pid}`, '-f', '/dev/null'], {stdio: 'ignore'}), 'exit'));
    child.kill('SIGKILL');
    await Promise.all(ends);
    await (await openEngine()).close();
    expect(left.find()).toEqual([]);
  });

  it('makes a question one that nobody can judge', async () => {
    await asked('pid/guests', {}, async ({question}) => {
      await question.close();
      const judged = await question.judge({done: true});
      expect(judged).toMatchObject({verdict: 'unjudged', points: 0, reason: {code: 'quiz.no-kernel'}});
    });
  });

  it('comes at once where the stage cannot be set up', async () => {
    const broken = (item: Item): Item => ({
      ...item,
      doc: {
        ...item.doc,
        steps: item.doc.steps.map(step => ({
          ...step,
          blocks: step.blocks.map(block =>
            block.kind === 'container'
              ? {...block, spec: {...block.spec, process: {args: ['no-such-program']}}}
              : block,
          ),
        })),
      },
    });
    // The question is the same object in the broken document, for its section to be found.
    const same = (item: Item): Item => ({...broken(item), block: item.block});
    await expect(asked('pid/guests', {}, async () => {}, same)).rejects.toMatchObject({name: 'EngineError'});
  });
});

describe('texts', () => {
  it('are filled with what the kernel had when the question was shown', async () => {
    await asked('pid/guests', {guests: '3'}, async ({question, events}) => {
      const started = events.findLast(e => e.type === 'container-started');
      const pid = started?.type === 'container-started' ? started.pid : 0;
      expect(question.fill({en: '${guests} of ${box.pid}', zh: '${box.pid} 的 ${guests}'})).toEqual({
        en: `3 of ${pid}`,
        zh: `${pid} 的 3`,
      });
    });
  });
});

describe('several right choices', () => {
  it('are those that hold', async () => {
    const several = (item: Item): Item => ({...item, block: Object.assign(item.block, {type: 'multiple'})});
    const single = (item: Item) => Object.assign(item.block, {type: 'single'});
    await asked(
      'pid/missing',
      {missing: 'uts,pid'},
      async ({question}) => {
        const judged = await question.judge({choices: ['uts']});
        expect(judged).toMatchObject({verdict: 'partly', evidence: {key: {choices: ['uts', 'pid']}}});
        expect(await question.judge({choices: ['pid', 'uts']})).toMatchObject({verdict: 'right'});
      },
      several,
    ).finally(() => single(items.find(one => one.id === 'pid/missing')!));
  });
});

describe('a question of a lab', () => {
  it('is asked where its step has been played', async () => {
    await asked('pid/q-hands', {seconds: '4321', longer: '11111'}, async ({question, events, type, text}) => {
      expect(text('box')).not.toContain('4321');
      const started = events.findLast(e => e.type === 'container-started' && e.id === 'box');
      const pid = started?.type === 'container-started' ? started.pid : 0;
      expect(await question.judge({done: true})).toMatchObject({verdict: 'wrong'});
      await type('host', `nsenter -t ${pid} -p sh -c 'sleep 800 &'`);
      expect(await question.judge({done: true})).toMatchObject({verdict: 'right'});
    });
  });
});
