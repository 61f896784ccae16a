/**
 * The top: chooses a screen or a command, and nothing more. It imports almost nothing itself, because the time from the
 * launcher to the first frame counts.
 */
import {onCrash} from './cli/crash.ts';

/** Words that mean the screens; all else goes through the full command line parser. */
function opensScreen(argv: string[]): boolean {
  return argv.length === 0;
}

async function main(argv: string[]): Promise<number> {
  if (process.env.GLASSBOX_WARM) {
    const {warm} = await import('./cli/warm.ts');
    return warm();
  }
  if (opensScreen(argv)) {
    const {learn} = await import('./cli/learn.ts');
    return learn({});
  }
  const {runProgram} = await import('./cli/program.ts');
  return runProgram(argv);
}

process.on('uncaughtException', onCrash);
process.on('unhandledRejection', onCrash);
// exitCode and not exit(): output that is still on its way to a pipe arrives.
process.exitCode = await main(process.argv.slice(2)).catch(onCrash);
