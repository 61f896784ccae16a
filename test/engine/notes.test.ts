/** What a stage writes down of its containers while they live. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {expect, it, onTestFinished} from 'vitest';
import type {EngineContainer} from '../../src/engine/container.ts';
import type {Keeper} from '../../src/engine/keeper.ts';
import {type Ledger, markOf, newLedger} from '../../src/engine/ledger.ts';
import {mountNamespaceId} from '../../src/engine/library.ts';
import {Notes} from '../../src/engine/notes.ts';
import {namespace, until} from './support.ts';

it('a container whose first process has died is not forgotten before it is removed: its daemons may live', async () => {
  const folder = mkdtempSync('/tmp/glassbox-notes-');
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  const id = '0badcafe';
  const ledger = newLedger({id, kind: 'private', uid: 0, dir: `${folder}/${id}`, undo: {main: []}});
  const notes = new Notes(ledger, {isLost: false} as Keeper);
  onTestFinished(() => notes.stop());
  const first = spawn('unshare', ['-m', 'sleep', '1000'], {stdio: 'ignore'});
  onTestFinished(() => void first.kill('SIGKILL'));
  const pid = first.pid!;
  await until('a namespace of its own', () => namespace(pid, 'mount') !== namespace('self', 'mount'));
  const spec = {process: {args: ['sleep']}, linux: {namespaces: [{type: 'mount'}]}};
  const box = {pid, spec, state: 'running'} as unknown as EngineContainer;
  const known = {processes: [markOf(pid)], mountNamespaces: [mountNamespaceId(pid)]};
  const written = async (all: EngineContainer[]): Promise<Ledger> => {
    rmSync(`${folder}/${id}.json`, {force: true});
    notes.containers(() => all);
    let text = '';
    await until('it to be written', () => {
      try {
        text = readFileSync(`${folder}/${id}.json`, 'utf8');
      } catch {}
      return text !== '';
    });
    return JSON.parse(text);
  };
  expect(await written([box])).toMatchObject(known);
  first.kill('SIGKILL');
  await once(first, 'exit');
  expect(await written([box])).toMatchObject(known);
  expect(await written([])).toMatchObject({processes: [], mountNamespaces: []});
});
