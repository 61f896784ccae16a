import {fileURLToPath} from 'node:url';
import {afterEach, expect, it} from 'vitest';
import {readLab, Watched} from './helper.ts';

let now: Watched;
afterEach(() => now?.close());

it('says which blocks do not count on this host, and never proposes them', async () => {
  const lab = await readLab(fileURLToPath(new URL('../../../labs/10-aufs', import.meta.url)));
  now = await Watched.open(lab);
  await now.session.start();
  const step = lab.steps[0]!;
  const {host} = now.state.facts.now;
  const aufs = ((host?.filesystems ?? []) as string[]).includes('aufs');
  const wrong = aufs ? 'mount-overlay' : 'mount-aufs';
  const index = step.blocks.findIndex(block => block.kind === 'run' && block.id === wrong);
  expect(index).toBeGreaterThan(0);
  expect(now.last('left-out')).toMatchObject({step: step.id});
  expect(now.state.leftOut).toContain(index);
  await now.walk();
  const typed = now.all('command-typed').map(event => event.run);
  expect(typed).toContain(aufs ? 'mount-aufs' : 'mount-overlay');
  expect(typed).not.toContain(wrong);
  expect(now.state.leftOut).toContain(index);
});
