/** Puts the lab screen together: its state, its keys, its drawing. Loaded when the first lab is opened. */
import type {AppModel, LabPart, OpenLab} from '../app/model.ts';
import {labKey} from './keys.ts';
import {OpenedLab} from './reload.ts';
import {LabView} from './View.tsx';

/** Opens a lab's screen; its session follows as fast as it can. */
export function openLab(app: AppModel, open: OpenLab): LabPart {
  const lab = new OpenedLab(app, open);
  return {
    key: name => {
      lab.screen.held = false;
      labKey(lab.screen, name);
    },
    onInput: () => lab.screen.onInput(),
    leaveTerminal: () => lab.screen.leaveTerminal(),
    place: screen => lab.screen.place(screen),
    close: reason => lab.close(reason),
    render: () => <LabView lab={lab.screen} />,
  };
}
