/** What stands there while the lab's own code is being loaded. */
import {footerLine} from '../app/footer.ts';
import type {AppModel} from '../app/model.ts';
import {Lines} from '../app/panel.tsx';
import {hasHome} from '../app/watching.ts';

export function LabSkeleton({model}: {model: AppModel}) {
  const {look, size} = model;
  const label = (action: 'help' | 'leave') => look.keys.label('everywhere', action, look.glyphs);
  const footer = footerLine(
    look,
    size.columns,
    [],
    [
      [label('help'), look.say('key.help')],
      [label('leave'), look.say(hasHome(model.deps.mode) ? 'key.labs' : 'key.quit')],
    ],
  );
  const mode = model.deps.mode?.kind;
  const waiting =
    mode === 'quiz'
      ? 'quiz.loading'
      : mode === 'follow' || mode === 'notes'
        ? 'watch.waiting'
        : mode === 'replay'
          ? 'watch.reading'
          : 'lab.building';
  const blank = Array<string>(Math.max(0, size.rows - 3)).fill('');
  return <Lines width={size.columns} lines={['', ` ${look.say(waiting)}`, ...blank, footer]} />;
}
