/** Whether a learner typed what the lab would have typed, and on which side it belongs. */
import type {CheckBlock, RunBlock, Side, Step} from '../lab.ts';
import type {Play} from './play.ts';

/** Without what makes no difference: white space around words, a semicolon at the end. */
function plain(command: string): string {
  return command.trim().replace(/\s+/g, ' ').replace(/ ?;$/, '');
}

/** Whether `command` is the block's command number `index`, with values as they are now. */
export function sameCommand(block: RunBlock, index: number, command: string, play: Play): boolean {
  if (block.commands[index] === undefined) return false;
  try {
    return plain(play.command(block, index)) === plain(command);
  } catch {
    return false; // it names a fact that is not there now
  }
}

/**
 * Where a command should have been typed, if it is one of the step's on another side and none of its own side's.
 * @param pending checks that are not passed
 */
export function wrongSide(
  step: Step,
  pending: readonly CheckBlock[],
  typed: {side: Side; command: string},
  play: Play,
): {expectedOn: Side; check: string} | undefined {
  const first = pending[0];
  if (!first) return undefined;
  const runs = step.blocks.filter(block => block.kind === 'run').map(run => ({run, check: first.id}));
  const solutions = pending.flatMap(check => check.solve.map(run => ({run, check: check.id})));
  const same = [...solutions, ...runs].filter(({run}) =>
    run.commands.some((_, i) => sameCommand(run, i, typed.command, play)),
  );
  if (same.some(({run}) => run.on === typed.side)) return undefined;
  const found = same[0];
  return found && {expectedOn: found.run.on, check: found.check};
}
