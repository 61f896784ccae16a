import {expect, it} from 'vitest';
import type {EventBody} from '../../../src/course/events.ts';
import {shared} from '../../../src/course/session/sharing.ts';
import {Watch} from '../../../src/course/session/watch.ts';
import type {Facts, ProcessRow} from '../../../src/engine/index.ts';

const row = (pid: number, patch: Partial<ProcessRow> = {}): ProcessRow => ({
  pid,
  ppid: 1,
  nspids: [pid],
  pidns: 7n,
  comm: 'sh',
  command: 'sh',
  state: 'S',
  side: 'host',
  ...patch,
});

/** A stage that says what a test wants, and what came of it. */
function watched(lists = true) {
  const stage = {
    list: [] as ProcessRow[],
    facts: {} as Record<number, Facts>,
    asked: 0,
    processes: async () => stage.list,
    inspect: async (pid: number) => {
      stage.asked++;
      return stage.facts[pid];
    },
  };
  const said: EventBody[] = [];
  return {stage, said, watch: new Watch(lists), emit: (body: EventBody) => void said.push(body)};
}

it('says the list when it differs, and only then; whether the keeper runs or sleeps is no difference', async () => {
  const {stage, said, watch, emit} = watched();
  const keeper = row(1, {side: 'keeper'});
  for (const list of [
    [keeper, row(2)],
    [keeper, row(2)],
    [{...keeper, state: 'R'}, row(2)],
    [keeper, row(2, {state: 'T'})],
    [keeper],
    [keeper],
  ]) {
    stage.list = list;
    await watch.look(stage, emit);
  }
  expect(said.map(event => event.type === 'processes' && event.list.map(one => one.pid + one.state))).toEqual([
    ['1S', '2S'],
    ['1S', '2T'],
    ['1S'],
  ]);
});

it('lists nothing where that is not wanted', async () => {
  const {stage, said, watch, emit} = watched(false);
  stage.list = [row(1)];
  await watch.look(stage, emit);
  expect(said).toEqual([]);
});

it('looks into one at once and again, says differences, its end once, and is quiet then', async () => {
  const {stage, said, watch, emit} = watched(false);
  stage.facts[5] = {comm: 'sh', ns: {uts: 1n}};
  await watch.lookInto(5, stage, emit);
  await watch.look(stage, emit);
  stage.facts[5] = {comm: 'sh', ns: {uts: 2n}};
  await watch.look(stage, emit);
  delete stage.facts[5];
  await watch.look(stage, emit);
  stage.facts[5] = {comm: 'another'};
  await watch.look(stage, emit);
  expect(said).toEqual([
    {type: 'xray', pid: 5, facts: {comm: 'sh', ns: {uts: 1n}}},
    {type: 'xray', pid: 5, facts: {comm: 'sh', ns: {uts: 2n}}},
    {type: 'xray', pid: 5, facts: null},
  ]);
  const {asked} = stage;
  await watch.lookInto(null, stage, emit);
  await watch.look(stage, emit);
  expect(stage.asked).toBe(asked);
  await watch.lookInto(5, stage, emit);
  expect(said.at(-1)).toEqual({type: 'xray', pid: 5, facts: {comm: 'another'}});
});

it('says of a process on a stage that goes that it has ended, and of one without a stage too', async () => {
  const {stage, said, watch, emit} = watched(false);
  stage.facts[5] = {comm: 'sh'};
  await watch.lookInto(5, stage, emit);
  watch.renew(emit);
  watch.renew(emit);
  await watch.look(stage, emit);
  expect(said.slice(1)).toEqual([{type: 'xray', pid: 5, facts: null}]);
  await watch.lookInto(6, undefined, emit);
  expect(said.at(-1)).toEqual({type: 'xray', pid: 6, facts: null});
});

it('drops what comes of a process that is no longer asked for', async () => {
  const {stage, said, watch, emit} = watched(false);
  stage.facts = {5: {comm: 'old'}, 6: {comm: 'new'}};
  const first = watch.lookInto(5, stage, emit);
  await watch.lookInto(6, stage, emit);
  await first;
  expect(said).toEqual([{type: 'xray', pid: 6, facts: {comm: 'new'}}]);
});

it('keeps once what did not change', () => {
  const old = {a: {b: [1n, 2n]}, c: {d: 'x'}, e: null};
  expect(shared(old, {a: {b: [1n, 2n]}, c: {d: 'x'}, e: null})).toBe(old);
  const fresh = shared(old, {a: {b: [1n, 2n]}, c: {d: 'y'}, e: null});
  expect(fresh).toEqual({a: {b: [1n, 2n]}, c: {d: 'y'}, e: null});
  expect(fresh.a).toBe(old.a);
  expect(shared(old, {a: {b: [1n]}})).toEqual({a: {b: [1n]}});
  expect(shared({a: 1, b: undefined}, {a: 1, c: undefined})).toEqual({a: 1, c: undefined});
  expect(shared([1, 2], {0: 1, 1: 2})).toEqual({0: 1, 1: 2});
  expect(shared(undefined, old)).toBe(old);
});
