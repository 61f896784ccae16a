import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Worker} from 'node:worker_threads';
import {expect, it, onTestFinished} from 'vitest';
import {sweepAll} from '../../../src/engine/sweep.ts';

/** The folder of ledgers as a class has it: the last session to end removes it, the next one to begin makes it. */
const COMINGS_AND_GOINGS = `
  const {mkdirSync, rmdirSync} = require('node:fs');
  const {workerData} = require('node:worker_threads');
  for (;;) {
    try { mkdirSync(workerData); } catch {}
    try { rmdirSync(workerData); } catch {}
  }
`;

it('bears a folder that sessions remove while it looks', async () => {
  const parent = mkdtempSync(path.join(tmpdir(), 'glassbox-ledgers-'));
  const folder = path.join(parent, 'glassbox');
  const worker = new Worker(COMINGS_AND_GOINGS, {eval: true, workerData: folder});
  onTestFinished(async () => {
    await worker.terminate();
    rmSync(parent, {recursive: true, force: true});
  });
  for (let n = 0; n < 40_000; n++) expect(await sweepAll(folder)).toEqual({swept: [], left: []});
});
