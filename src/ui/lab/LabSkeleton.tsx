/** What stands there while the lab's own code is being loaded. */
import {footerLine} from '../app/footer.ts';
import type {AppModel} from '../app/model.ts';
import {Lines} from '../app/panel.tsx';

export function LabSkeleton({model}: {model: AppModel}) {
  const {look, size} = model;
  const label = (action: 'help' | 'leave') => look.keys.label('everywhere', action, look.glyphs);
  const footer = footerLine(
    look,
    size.columns,
    [],
    [
      [label('help'), look.say('key.help')],
      [label('leave'), look.say('key.labs')],
    ],
  );
  const blank = Array<string>(Math.max(0, size.rows - 3)).fill('');
  return <Lines width={size.columns} lines={['', ` ${look.say('lab.building')}`, ...blank, footer]} />;
}
