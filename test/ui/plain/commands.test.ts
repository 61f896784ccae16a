/** What a typed line means. */
import {describe, expect, test} from 'vitest';
import {parseLine} from '../../../src/ui/plain/commands.ts';

describe('parseLine', () => {
  test.each([
    ['', {kind: 'enter'}],
    ['  ', {kind: 'enter'}],
    ['2', {kind: 'number', number: 2}],
    ['h', {kind: 'hint', rest: ''}],
    ['提示', {kind: 'hint', rest: ''}],
    ['X 42', {kind: 'xray', rest: '42'}],
    ['reset lab', {kind: 'reset', rest: 'lab'}],
    ['L', {kind: 'language', rest: ''}],
    ['l', {kind: 'lesson', rest: ''}],
    ['？', {kind: 'help', rest: ''}],
    ['host: echo a:b', {kind: 'type', side: 'host', command: 'echo a:b'}],
    ['c:ls', {kind: 'type', side: 'c', command: 'ls'}],
    // A Chinese keyboard's colon.
    ['box：hostname 虎', {kind: 'type', side: 'box', command: 'hostname 虎'}],
    ['box:', {kind: 'type', side: 'box', command: ''}],
    ['hostname tiger', {kind: 'unknown', line: 'hostname tiger'}],
    ['constructor', {kind: 'unknown', line: 'constructor'}],
  ])('%j', (line, meaning) => {
    expect(parseLine(line)).toEqual(meaning);
  });
});
