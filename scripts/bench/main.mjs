// `npm run bench`: measured, never asserted. `npm run bench -- containers|facts|start|keys` runs one part.
import {benchContainers} from './containers.mjs';

const parts = process.argv.slice(2);
const wanted = name => parts.length === 0 || parts.includes(name);

if (wanted('containers')) {
  const {ratio, ahead} = await benchContainers();
  console.log(`glassbox / raw = ${ratio.toFixed(2)}; ahead of every installed runtime: ${ahead ? 'yes' : 'no'}`);
}
if (wanted('facts')) await (await import('./facts.mjs')).benchFacts();
if (wanted('start') || wanted('keys')) {
  const {benchKeys, benchStart} = await import('./screen.mjs');
  if (wanted('start')) await benchStart();
  if (wanted('keys')) await benchKeys();
}
