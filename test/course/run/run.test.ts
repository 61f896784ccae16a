import {hostname} from 'node:os';
import {afterEach, describe, expect, it} from 'vitest';
import {
  createSession,
  type Event,
  eventToJson,
  type Lab,
  runJson,
  runPlain,
  type Session,
} from '../../../src/course/index.ts';
import {type Engine, openEngine} from '../../../src/engine/index.ts';
import {probeLab, readLab} from '../session/helper.ts';

let engine: Engine;
afterEach(() => engine?.close());

async function open(lab: Lab): Promise<Session> {
  engine = await openEngine();
  return createSession(engine, {lab, stage: 'private', seed: 'test', progress: null, spool: null});
}

class Text {
  text = '';
  write(chunk: string): void {
    this.text += chunk;
  }
}

/** A reader that goes away after so many writes. */
class Gone {
  writes = 0;
  #limit: number;
  #listener: (error: NodeJS.ErrnoException) => void = () => {};
  constructor(limit: number) {
    this.#limit = limit;
  }
  on(_: 'error', listener: (error: NodeJS.ErrnoException) => void): void {
    this.#listener = listener;
  }
  write(): void {
    if (++this.writes > this.#limit)
      setImmediate(() => this.#listener(Object.assign(new Error('write EPIPE'), {code: 'EPIPE'})));
  }
}

const left = (session: Session) => session.events.find(event => event.type === 'session-ended');

describe('run, as plain text', () => {
  it('prints the lab as it happens, and passes', async () => {
    const session = await open(await probeLab());
    const out = new Text();
    expect(await runPlain(session, out, 'en', {predict: {output: 'hello', who: 'host'}})).toBe(0);
    const started = session.events.find(event => event.type === 'session-started');
    const name = started?.vars.name ?? '';
    for (const line of [
      '90 A probe – Does a session do what it promises?',
      '== Step 2 of 3: Name ==',
      'A container with a name of its own.',
      'box# echo hello\nhello\n! The kernel says: hello\n  (predicted: hello – right)',
      `? Predict: Who is called ${name} then?`,
      '(predicted: the host – not so)',
      `host# hostname\n${hostname()}\n`,
      `host name  host ${hostname()}  ≠  box ${name}`,
      `✓ passed: The container is called ${name}`,
      '[status 1]',
      `☞ This one is for your hand: The container is called ${name}-2.`,
      `box# hostname ${name}-2`,
      '3 of 3 checks passed; predictions: 1 of 2 right.\nNothing is left behind.',
    ]) {
      expect(out.text).toContain(line);
    }
    expect(out.text).toMatch(/clone3\(.*CLONE_NEWUTS.*\) = \d+/);
    expect(out.text.indexOf('A container with')).toBeLessThan(out.text.indexOf('[container box started'));
    expect(out.text).not.toMatch(/\x1b|undefined|\[object/);
  });

  it('speaks Chinese, without a code or a hole left', async () => {
    const session = await open(await readLab('labs/01-uts'));
    const out = new Text();
    expect(await runPlain(session, out, 'zh')).toBe(0);
    expect(out.text).toContain('== 第 1 步（共 7 步）：');
    expect(out.text).toContain('内核的回答：');
    expect(out.text).toContain('没有作出预测');
    expect(out.text).toContain('检查：6/6 通过');
    expect(out.text).not.toMatch(/\brun\.[a-z]|\$\{|`/);
  });

  it('fails when a check cannot be passed, and says which and why', async () => {
    const lab = await probeLab();
    const last = lab.steps[2]?.blocks.find(block => block.kind === 'check');
    if (last?.kind === 'check') last.solve = [];
    const session = await open(lab);
    const out = new Text();
    expect(await runPlain(session, out, 'en')).toBe(1);
    expect(out.text).toMatch(/✗ NOT passed: The container is called \w+-2\n {2}That is the old name\./);
    expect(out.text).toContain('2 of 3 checks passed');
    expect(left(session)).toMatchObject({reason: 'failed', left: []});
  });

  it('fails when a command comes out otherwise than the lab says', async () => {
    const lab = await probeLab();
    const block = lab.steps[0]?.blocks.find(one => one.kind === 'run' && one.id === 'refused');
    if (block?.kind === 'run') block.expect = 0;
    const out = new Text();
    expect(await runPlain(await open(lab), out, 'en')).toBe(1);
    expect(out.text).toContain('UNEXPECTED: the lab expects 0 here, and 1 came.');
    expect(out.text).toContain('3 of 3 checks passed');
  });

  it('ends quietly, and cleans up, when nobody reads any more', async () => {
    const session = await open(await probeLab());
    const out = new Gone(8);
    expect(await runPlain(session, out, 'en')).toBe(1);
    expect(left(session)).toMatchObject({reason: 'left', left: []});
    expect(out.writes).toBeLessThan(30);
  });

  it('ends and cleans up at a signal', async () => {
    const session = await open(await probeLab());
    const stop = new AbortController();
    session.onEvent(event => event.type === 'container-started' && stop.abort());
    expect(await runPlain(session, new Text(), 'en', {signal: stop.signal})).toBe(1);
    expect(left(session)).toMatchObject({reason: 'left', left: []});
  });

  it('does not start with a prediction that the lab does not ask', async () => {
    const session = await open(await probeLab());
    const out = new Text();
    expect(await runPlain(session, out, 'en', {predict: {who: 'nobody'}})).toBe(2);
    expect(out.text).toBe(
      'There is no prediction who with a choice nobody. This lab asks: output=hello|nothing, who=box|host.\n',
    );
    expect(session.events.some(event => event.type === 'stage-ready')).toBe(false);
  });

  it('says why there is no stage', async () => {
    engine = await openEngine();
    const broken = {...engine, stage: () => Promise.reject(new Error('no stage today'))} as Engine;
    const session = createSession(broken, {lab: await probeLab(), stage: 'private', progress: null, spool: null});
    const out = new Text();
    expect(await runPlain(session, out, 'en')).toBe(1);
    expect(out.text).toContain('ERROR: A fault in glassbox itself: no stage today');
  });
});

describe('run, as events', () => {
  it('writes every event as a line of JSON, in order', async () => {
    const session = await open(await probeLab());
    const out = new Text();
    expect(await runJson(session, out)).toBe(0);
    const events = out.text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(events.map(event => event.seq)).toEqual(events.map((_, i) => i));
    expect(events[0]).toMatchObject({type: 'session-started', seed: 'test', at: expect.stringMatching(/^\d{4}-.*Z$/)});
    expect(events.at(-1)).toMatchObject({type: 'session-ended', reason: 'finished', left: []});
    const bytes = events.filter(event => event.type === 'bytes' && event.side === 'box');
    expect(Buffer.concat(bytes.map(event => Buffer.from(event.data, 'base64'))).toString()).toContain('hello\r\n');
    const facts = events.findLast(event => event.type === 'facts');
    expect(facts.sides.box.ns.uts).toBeTypeOf('number');
    const started = events.find(event => event.type === 'container-started');
    expect(facts.sides.box.pid).toBe(started.pid);
  });

  it('writes 64-bit numbers exactly', () => {
    const event = {
      type: 'facts',
      sides: {host: {a: 2n ** 53n - 1n, b: 2n ** 53n, c: -1n}},
      changed: [],
      seq: 0,
      ms: 0,
    } as Event;
    expect(JSON.parse(eventToJson(event)).sides.host).toEqual({a: 9007199254740991, b: '9007199254740992', c: -1});
  });
});
