/** `glassbox run`: a lab without a screen. */
import {createSession, runJson, runPlain, unknownPrediction} from '../../course/index.ts';
import {openEngine} from '../../engine/index.ts';
import {CliFailure, type Context, EXIT} from '../failure.ts';
import {demandHost, findLab, openLab} from '../labs-home.ts';
import {onSignals} from '../signals.ts';

/** Status 0 only when every check passed and nothing is left; 128 + signal when one ended the run. */
export async function run(context: Context, [query]: string[], options: Record<string, unknown>): Promise<number> {
  const predict = predictions(options.predict as string[] | undefined);
  const lab = await openLab(context, await findLab(context, query!));
  const unknown = unknownPrediction(lab, predict);
  if (unknown) throw new CliFailure(EXIT.usage, 'usage.no-prediction', unknown);
  await demandHost(context, lab, options.realHost === true);
  const engine = await openEngine();
  const signals = onSignals();
  try {
    const seed = options.seed as string | undefined;
    const session = createSession(engine, {
      lab,
      stage: options.realHost ? 'real-host' : 'private',
      // The machine's own solutions are nobody's progress.
      progress: null,
      spool: null,
      // Which processes a sample meets is chance: nothing to be told in lines.
      processes: false,
      ...(seed !== undefined && {seed}),
    });
    const how = {predict, signal: signals.signal};
    const status = options.json
      ? await runJson(session, context.stdout, how)
      : await runPlain(session, context.stdout, context.lang, how);
    return signals.status() ?? status;
  } finally {
    await engine.close();
    signals.off();
  }
}

function predictions(given: string[] = []): Record<string, string> {
  return Object.fromEntries(
    given.map(text => {
      const [, id, choice] = /^([^=]+)=(.+)$/.exec(text) ?? [];
      if (!id || !choice) throw new CliFailure(EXIT.usage, 'usage.predict', {got: text});
      return [id, choice];
    }),
  );
}
