/** What each key does on the doctor's screen. */
import type {Keymap} from '../app/actions.ts';
import type {KeyName} from '../app/keys.ts';

interface DoctorState {
  readonly keys: Keymap;
  screen: string;
  scroll: number;
}

/** @param step lines that the key moves by, where it moves */
export function doctorKey(model: DoctorState, name: KeyName, step: number | undefined): void {
  if (step) model.scroll = Math.max(0, model.scroll + step);
  else if (model.keys.action('everywhere', name) === 'leave' || model.keys.action('home', name) === 'doctor')
    model.screen = 'home';
}
