/** A root that aufs unites, on a kernel that has it (docs/testing.md: GLASSBOX_VM_KERNEL); elsewhere counted as skipped. */
import {readFileSync} from 'node:fs';
import {release} from 'node:os';
import {expect, it} from 'vitest';
import {readFilesystems} from '../../../src/engine/host/kernel.ts';
import {openStage, output} from '../support.ts';

const hasAufs = readFilesystems(release()).includes('aufs');

it.skipIf(!hasAufs)('aufs: layers as branches, writes into the container’s own, whiteouts by name', async () => {
  const stage = await openStage();
  const script = 'grep " / " /proc/mounts; rm /bin/ls; echo new > /made; ls; echo status $?';
  const box = await stage.run('box', {
    process: {args: ['sh', '-c', script], env: ['PATH=/bin:/usr/bin']},
    root: {path: 'root', layers: ['upper', 'lower'], programs: ['sh', 'ls', 'grep', 'rm'], union: 'aufs'},
    mounts: [{destination: '/proc', type: 'proc'}],
    linux: {namespaces: [{type: 'mount'}, {type: 'pid'}]},
  });
  const said = await output(box);
  expect(said).toMatch(/^none \/ aufs /m);
  // Gone from the union, whatever the layer below still has.
  expect(said).toMatch(/status 127/);
  const own = `/proc/${stage.keeperPid}/root${stage.dir}/box.upper`;
  expect(readFileSync(`${own}/made`, 'utf8')).toBe('new\n');
});
