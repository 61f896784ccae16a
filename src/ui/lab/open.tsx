/** Puts the lab screen together: its state, its keys, its drawing. Loaded when the first lab is opened. */
import type {AppModel, LabPart, OpenLab} from '../app/model.ts';
import {labKey} from './keys.ts';
import {LabScreen} from './screen.ts';
import {LabView} from './View.tsx';

/** Opens a lab's screen; its session follows as fast as it can. */
export function openLab(app: AppModel, open: OpenLab): LabPart {
  const lab = new LabScreen(app, open);
  return {
    key: name => {
      lab.held = false;
      labKey(lab, name);
    },
    onInput: () => lab.onInput(),
    leaveTerminal: () => lab.leaveTerminal(),
    place: screen => lab.place(screen),
    close: reason => lab.close(reason),
    render: () => <LabView lab={lab} />,
  };
}
