/** `glassbox sweep`: the ledgers of runs that were killed together with their keeper. */
import {render, sayError} from '../../course/index.ts';
import {openEngine} from '../../engine/index.ts';
import {type Context, EXIT} from '../failure.ts';
import {print} from '../print.ts';
import {cliWords} from '../words.ts';

/** Sweeps what dead sessions left and says how many there were; living ones are never touched. Status 1: something stayed. */
export async function sweep(context: Context): Promise<number> {
  const engine = await openEngine();
  try {
    const {swept, left} = await engine.sweep();
    const code = swept.length === 0 ? 'sweep.nothing' : 'sweep.done';
    await print(context, render(cliWords, context.lang, code, {count: swept.length}));
    for (const error of left) await print({stdout: context.stderr}, sayError(error, context.lang));
    return left.length === 0 ? EXIT.ok : EXIT.failed;
  } finally {
    await engine.close();
  }
}
