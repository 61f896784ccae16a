/** What stands there while the lab's own code is being loaded. */
import type {AppModel} from '../app/model.ts';
import {Lines} from '../app/panel.tsx';

export function LabSkeleton({model}: {model: AppModel}) {
  return <Lines width={model.size.columns} lines={['', ` ${model.look.say('lab.building')}`]} />;
}
