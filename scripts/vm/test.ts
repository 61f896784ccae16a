// `npm run test:vm`: the labs in guests, cgroups of v2 and of v1; `-- --full`: the whole ladder and the live suites. The last
// line is the count. Other words go to vitest: `npm run test:vm -- harness`.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import {onPath} from './needs.ts';

const project = path.resolve(import.meta.dirname, '../..');
const words = process.argv.slice(2);
const given = words.filter(word => word !== '--full');
const setpriv = onPath('setpriv');
const [program, ...rest] = [
  // However this ends, vitest ends too, its workers with it, and so their guests.
  ...(setpriv ? [setpriv, '--pdeathsig', 'TERM'] : []),
  ...[process.execPath, path.join(project, 'node_modules/vitest/vitest.mjs'), 'run'],
  ...['--config', 'test/vm/vitest.config.ts', '--reporter', './scripts/vm/reporter.ts', ...given],
];
const vitest = spawn(program!, rest, {
  cwd: project,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: {...process.env, ...(words.includes('--full') && {GLASSBOX_VM_FULL: '1'})},
});
// Ctrl-C reaches vitest by the terminal; it ends its guests, and this waits for it.
process.on('SIGINT', () => {});
for (const name of ['SIGTERM', 'SIGHUP'] as const) process.on(name, () => vitest.kill(name));
const [status, signal] = await once(vitest, 'exit');
process.exitCode = status ?? (signal === 'SIGTERM' ? 143 : 130);
