/** What the lab types by a hand, and somebody who goes on, back or away in the middle of a line. */
import {afterEach, expect, it} from 'vitest';
import type {Lab} from '../../../src/course/index.ts';
import {probeLab, Watched} from './helper.ts';

let now: Watched;
afterEach(() => now?.close());

/** A lab whose third command would run for long, typed by a hand that stops in the middle of it. */
async function stopped(): Promise<{half: Promise<void>; typed: string[]}> {
  const half = Promise.withResolvers<void>();
  const typed: string[] = [];
  now = await Watched.open(await slowProbe());
  now.session.setTypist?.(async (text, write) => {
    typed.push(text);
    write(text.slice(0, 8));
    if (text.startsWith('hostname')) {
      half.resolve();
      await new Promise(() => {});
    }
    write(text.slice(8));
  });
  await now.session.start();
  await now.session.goTo('name');
  now.session.predict('who', null);
  void now.session.advance();
  await half.promise;
  return {half: half.promise, typed};
}

async function slowProbe(): Promise<Lab> {
  const lab = await probeLab();
  for (const block of lab.steps[1]!.blocks) {
    if (block.kind === 'run' && block.id === 'look') block.commands = ['echo looked'];
  }
  return lab;
}

const commands = () => now.all('command-finished').map(event => event.command);

it('on to the next step: the line is taken away, and its command is run whole, not half', async () => {
  const {typed} = await stopped();
  expect(typed).toEqual([`hostname ${now.state.session?.vars.name}`]);
  await now.session.next();
  expect(now.state.current).toBe(2);
  expect(now.state.facts.now.box?.hostname).toBe(now.state.session?.vars.name);
  expect(commands()).toContain(typed[0]);
  expect(commands()).toContain('echo looked');
  expect(now.all('command-unexpected')).toEqual([]);
  expect(now.all('error')).toEqual([]);
});

it('back: the stage is built anew, and nothing of the line is left', async () => {
  await stopped();
  await now.session.back();
  expect(now.state.current).toBe(0);
  expect(await now.type('host', 'echo alive')).toMatchObject({status: 0, output: 'alive\n'});
});

it('the end: the lab cleans up, and does not wait for the hand', async () => {
  await stopped();
  await now.session.end('left');
  expect(commands()).toContain('echo cleaned > /dev/null');
  expect(now.last('session-ended')).toMatchObject({reason: 'left', left: []});
  expect(now.all('command-unexpected')).toEqual([]);
});
