// `npm run bench`: measured, never asserted. `npm run bench -- containers|exec|alive|facts|start|keys [rounds]` runs one part;
// the ten minutes of `npm run bench -- flood [minutes]` and the class of `npm run bench -- classroom [learners…]` only when they
// are asked for.
import {benchContainers} from './containers.mjs';

const parts = process.argv.slice(2);
const named = parts.filter(part => !/^[\d.]+$/.test(part));
const rounds = Number(parts.find(part => /^\d+$/.test(part)) ?? 60);
const wanted = name => named.length === 0 || named.includes(name);

if (wanted('containers')) {
  const {ratio, ahead} = await benchContainers({rounds});
  console.log(`glassbox / raw = ${ratio.toFixed(2)}; ahead of every installed runtime: ${ahead ? 'yes' : 'no'}`);
}
if (wanted('exec')) await (await import('./exec.mjs')).benchExec({rounds});
if (wanted('alive')) await (await import('./alive.mjs')).benchAlive({rounds});
if (wanted('facts')) await (await import('./facts.mjs')).benchFacts();
if (wanted('start') || wanted('keys')) {
  const {benchKeys, benchScreens, benchStart} = await import('./screen.mjs');
  if (wanted('start')) await benchStart();
  if (wanted('start')) await benchScreens();
  if (wanted('keys')) await benchKeys();
}
if (parts.includes('flood')) {
  const minutes = Number(parts.find(part => /^[\d.]+$/.test(part)) ?? 10);
  await (await import('./flood.mjs')).benchFlood({minutes});
}
if (parts.includes('classroom')) {
  const counts = parts.filter(part => /^\d+$/.test(part)).map(Number);
  await (await import('./classroom.mjs')).benchClassroom(counts.length > 0 ? {counts} : {});
}
