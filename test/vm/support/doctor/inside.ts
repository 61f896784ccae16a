// Runs the scenes, inside a guest that is thrown away afterwards. Prints "ok NAME" or "not ok NAME: why" for each.
import {learner, sh, uid} from './ask.ts';
import {scenes} from './scenes.ts';

const only = process.argv.slice(2);
const chosen = scenes.filter(({name}) => only.length === 0 || only.some(word => name.includes(word)));
sh(`id ${learner} >/dev/null 2>&1 || useradd -m -u ${uid} ${learner}`);
let failed = false;
for (const {name, run, undo} of chosen) {
  let why = '';
  try {
    await run();
  } catch (error) {
    why = error instanceof Error ? error.message : String(error);
  }
  try {
    undo?.();
  } catch (error) {
    why ||= `could not be undone: ${String(error)}`;
  }
  failed ||= why !== '';
  console.log(why ? `not ok ${name}: ${why.replaceAll('\n', ' ')}` : `ok ${name}`);
}
process.exitCode = failed ? 1 : 0;
