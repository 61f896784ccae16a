/** Harmless state that a good check must not mind: what another program, or another learner, may have left around. */
import {writeFileSync} from 'node:fs';
import type {ContainerBlock, Lab} from '../lab.ts';
import type {Play} from '../session/play.ts';

/**
 * Adds to the stage: a second container of each kind, other processes, a UTS namespace with a strange name, files in the
 * home of the host's terminal.
 */
export async function disturb(play: Play, lab: Lab): Promise<void> {
  const {stage} = play.scene;
  const dir = `/proc/${stage.keeperPid}/root${stage.dir}`;
  for (const name of ['extra', 'with a space', '-rf']) writeFileSync(`${dir}/${name}`, 'harmless\n');
  const env = ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'];
  await stage.spawn('extra-sleep', {args: ['sleep', '3600'], env});
  const rename = 'hostname extra-name && exec sleep 3600';
  await stage.run('extra-uts', {process: {args: ['sh', '-c', rename], env}, linux: {namespaces: [{type: 'uts'}]}});
  await play.sample();
  const containers = lab.steps.flatMap(step => step.blocks).filter(block => block.kind === 'container');
  for (const block of containers as ContainerBlock[]) {
    // One that joins another's namespace can't be there before that other one.
    if (block.spec.linux?.namespaces?.some(({path}) => path?.includes('${'))) continue;
    if (!play.applies(block)) continue;
    const spec = play.spec(block);
    await stage.run(`extra-${block.id}-${block.pos.line}`, {
      ...spec,
      process: {...spec.process, args: ['sleep', '3600'], terminal: false},
    });
  }
}
