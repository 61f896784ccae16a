/** Handouts of the labs in a recording. */
import {type DrawPicture, gather, type Handout, render} from '../../course/index.ts';
import {read} from '../commands/replay.ts';
import {CliFailure, type Context, EXIT} from '../failure.ts';
import {recordWords} from '../record/words.ts';

/** What a recording that was cut off holds is taken, and said. @throws CliFailure where the file cannot be read, or is none */
export async function handoutsOf({lang, stderr}: Context, file: string, draw: DrawPicture): Promise<Handout[]> {
  const {labs, torn} = await read(file, lang);
  if (torn !== undefined) stderr.write(`${render(recordWords, lang, 'recording.torn', {line: torn})}\n`);
  const handouts = labs.flatMap(({lab, events}) => gather(lab, events, 'recording', draw) ?? []);
  if (handouts.length === 0) throw new CliFailure(EXIT.failed, 'recording.empty', {file});
  return handouts;
}
