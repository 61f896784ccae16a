/** Which labs a playlist names, in which order; and what is no playlist. */
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {Context} from '../../src/cli/failure.ts';
import {CliFailure} from '../../src/cli/failure.ts';
import {playlist} from '../../src/cli/playlist.ts';

let labsDir: string;
beforeAll(() => {
  labsDir = mkdtempSync(path.join(tmpdir(), 'glassbox-playlist-'));
  for (const name of ['01-uts', '02-ipc', '03-pid', '05-user', '10-aufs']) mkdirSync(path.join(labsDir, name));
});
afterAll(() => rmSync(labsDir, {recursive: true, force: true}));

const names = async (...args: string[]) =>
  (await playlist({labsDir, lang: 'en'} as Context, args)).map(lab => lab.number);
const refused = async (...args: string[]) => {
  const error = await names(...args).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(CliFailure);
  const {code, status, params} = error as CliFailure;
  return {code, status, params};
};

test.each([
  [[], '01 02 03 05 10'],
  [['all'], '01 02 03 05 10'],
  [['03'], '03'],
  [['3'], '03'],
  [['pid'], '03'],
  [['02-ipc'], '02'],
  [['01-03'], '01 02 03'],
  [['2-5'], '02 03 05'],
  [['03-03'], '03'],
  [['05', '01', '03'], '05 01 03'],
  [['05,01-02', 'aufs'], '05 01 02 10'],
  [['01', '01'], '01 01'],
  [['01,', '02'], '01 02'],
])('%j: %s', async (args, wanted) => {
  expect((await names(...args)).join(' ')).toBe(wanted);
});

test('a folder elsewhere is a lab of its own, and keeps its name', async () => {
  const dir = path.join(labsDir, 'mine', '42-sock,ets');
  mkdirSync(dir, {recursive: true});
  const [lab] = await playlist({labsDir, lang: 'en'} as Context, [dir]);
  expect(lab).toEqual({number: '42', id: 'sock,ets', name: '42-sock,ets', dir});
});

test('what is no playlist is refused as wrong usage', async () => {
  expect(await refused('03-01')).toMatchObject({
    code: 'usage.playlist.order',
    status: 2,
    params: {got: '03-01', from: '01', to: '03'},
  });
  expect(await refused('01-04')).toMatchObject({code: 'lab.unknown', status: 2, params: {query: '04'}});
  expect(await refused('udp')).toMatchObject({code: 'lab.unknown', status: 2});
  expect(await refused(',')).toMatchObject({code: 'usage.playlist.empty', status: 2});
  expect(await refused('../nowhere')).toMatchObject({code: 'lab.unknown', status: 2});
});
