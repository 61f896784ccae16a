/** Handouts of the labs in a recording. */
import {type DrawPicture, gather, type Handout, RecordingError, readRecording} from '../../course/index.ts';
import {CliFailure, EXIT} from '../failure.ts';

/** @throws CliFailure where the file cannot be read, or is none */
export async function handoutsOf(file: string, draw: DrawPicture): Promise<Handout[]> {
  const {labs} = await readRecording(file).catch(error => {
    if (error instanceof RecordingError) throw new CliFailure(EXIT.failed, `handout.${error.code}`, error.params);
    const {code, message} = error as NodeJS.ErrnoException;
    throw new CliFailure(EXIT.failed, 'handout.recording.unreadable', {file, why: code ?? message});
  });
  const handouts = labs.flatMap(({lab, events}) => gather(lab, events, 'recording', draw) ?? []);
  if (handouts.length === 0) throw new CliFailure(EXIT.failed, 'handout.recording.empty', {file});
  return handouts;
}
