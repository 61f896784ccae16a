/** The file of progress. */
import {keepFile, type Notice} from './kept.ts';
import {type Place, statePlace} from './place.ts';
import {emptyProgress, type LabProgress, mergeLab, type Progress, progressSchema} from './schema.ts';

export type {Notice} from './kept.ts';

export interface ProgressStore {
  readonly file: string;
  /** Never rejects: what cannot be read counts as empty, and a notice says why. */
  read(): Promise<{progress: Progress; notices: Notice[]}>;
  /** Merges what this session knows of one lab into the file. Never rejects: notices say what went wrong. */
  update(labId: string, lab: LabProgress): Promise<Notice[]>;
}

/**
 * The learner's progress.
 * @param place folder of the file; by default statePlace()
 */
export function openProgress(place: Place = statePlace()): ProgressStore {
  const kept = keepFile(place, 'progress.json', progressSchema, emptyProgress);
  return {
    file: kept.file,
    async read() {
      const {value: progress, notices} = await kept.read();
      return {progress, notices};
    },
    update: (labId, lab) =>
      kept.update(({labs}) => ({version: 1, labs: {...labs, [labId]: mergeLab(labs[labId], lab)}})),
  };
}
