/** `glassbox sweep`: the ledgers of runs that were killed together with their keeper. */
import {render} from '../../course/index.ts';
import {openEngine} from '../../engine/index.ts';
import {type Context, EXIT} from '../failure.ts';
import {print} from '../print.ts';
import {cliWords} from '../words.ts';

/** Sweeps what dead sessions left and says how many there were; living ones are never touched. */
export async function sweep(context: Context): Promise<number> {
  const engine = await openEngine({sweep: false});
  try {
    const count = await engine.sweep();
    await print(context, render(cliWords, context.lang, count === 0 ? 'sweep.nothing' : 'sweep.done', {count}));
    return EXIT.ok;
  } finally {
    await engine.close();
  }
}
