/** What a person does who does not know the words yet: options in the wrong place, commands that are none. */
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {describe as words} from '../../../src/cli/describe.ts';
import {EngineError} from '../../../src/engine/index.ts';
import {glassbox} from '../../support/glassbox.ts';
import {engine} from './support.ts';

describe('the status of a refused run or exec is 125, wherever the word stands', () => {
  test.each([
    [['--lang', 'en', 'run', '--frobnicate', 'true'], "'glassbox engine run --help'"],
    [['--lang=en', 'exec', '--frobnicate'], "'glassbox engine exec --help'"],
    [['run', '--lang', 'xx', 'true'], "'xx'"],
    [['exec', 'box'], 'glassbox engine exec [options] box COMMAND'],
    [['run'], 'glassbox engine run [options] COMMAND'],
  ])('%j', (args, part) => {
    const {status, stdout, stderr} = engine()(args);
    expect([status, stdout]).toEqual([125, '']);
    expect(stderr).toContain(part);
  });
});

test('a command that is none leads to the list of those of the engine', () => {
  for (const word of ['frobnicate', 'supervise']) {
    const {status, stderr} = glassbox(['engine', word]);
    expect([word, status]).toEqual([word, 2]);
    expect(stderr).toBe(`glassbox: unknown command '${word}'; 'glassbox engine --help' lists the commands.\n`);
  }
  expect(glassbox(['frobnicate']).stderr).toContain("'glassbox --help'");
});

test('input for a bundle that has a terminal comes from a terminal', () => {
  const e = engine();
  const config = {ociVersion: '1.2.0', process: {args: ['cat'], cwd: '/', terminal: true}};
  writeFileSync(path.join(e.place, 'config.json'), JSON.stringify(config));
  const {status, stderr} = e(['run', '--rm', '-i', '--bundle', e.place]);
  expect([status, stderr]).toEqual([125, expect.stringContaining('process.terminal')]);
  expect(e.files()).toEqual([]);
});

test('what is said of a file steers no terminal', async () => {
  const path = 'x\x1b[2J\x9b2J\u202e.key';
  const {text} = await words(new EngineError({code: 'spec.unknown-key', params: {path, key: path}}), 'en');
  expect(text).toContain('x?[2J?2J?.key');
});
