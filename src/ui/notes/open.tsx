/** Puts the speaker's view together. Loaded when a demo's notes are looked at. */
import type {Session} from '../../course/index.ts';
import type {AppModel, LabPart} from '../app/model.ts';
import {NotesScreen} from './screen.ts';
import {NotesView} from './View.tsx';

/** Opens the notes of a demo. */
export function openNotes(app: AppModel, session: Session): LabPart {
  const notes = new NotesScreen(app, session);
  return {
    key: name => notes.key(name),
    onInput: () => {},
    leaveTerminal: () => {},
    place: screen => {
      screen.setRegions({});
      screen.setCursor(undefined);
    },
    close: async () => notes.close(),
    render: () => <NotesView notes={notes} />,
  };
}
