/** What `inspect` says of a root of layers: read from a container that has deleted and replaced things. */
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {expect, onTestFinished, test} from 'vitest';
import {layersOf} from '../../../src/cli/engine/layers.ts';
import {openStage} from '../../engine/support.ts';

test('whiteouts and opaque folders, layer by layer', async () => {
  const lower = mkdtempSync('/tmp/gb-layers-');
  onTestFinished(() => rmSync(lower, {recursive: true, force: true}));
  mkdirSync(`${lower}/folder with blanks`);
  for (const file of ['gone', 'folder with blanks/w in it']) writeFileSync(`${lower}/${file}`, 'x');
  const stage = await openStage();
  const root = {path: 'merged', layers: ['top', lower], programs: ['sh', 'rm', 'mkdir', 'sleep']};
  const script = 'rm /gone; rm -r "/folder with blanks"; mkdir "/folder with blanks"; echo done; exec sleep 1000';
  const linux = {namespaces: [{type: 'mount' as const}]};
  const box = await stage.run('box', {process: {args: ['sh', '-c', script]}, root, linux});
  await new Promise(resolve => box.stdout!.once('data', resolve));
  const found = layersOf((await stage.facts('box'))!);
  expect(found?.type).toBe('overlay');
  expect(found?.layers.slice(0, 2)).toEqual([
    {folder: 'box.upper', permission: 'rw', whiteouts: ['gone'], opaque: ['folder with blanks']},
    {folder: 'top', permission: 'ro', whiteouts: [], opaque: []},
  ]);
  expect(found?.hidden).toEqual({gone: 'box.upper', 'folder with blanks/w in it': 'box.upper'});
  expect(layersOf((await stage.facts('host'))!)).toBeUndefined();
});
