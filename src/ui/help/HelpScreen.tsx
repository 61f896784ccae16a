/** Every key, in one place. */
import {footerLine} from '../app/footer.ts';
import type {AppModel} from '../app/model.ts';
import {Lines, panelLines} from '../app/panel.tsx';
import {helpLines} from './lines.ts';

export function HelpScreen({model}: {model: AppModel}) {
  const {columns, rows} = model.size;
  const {look} = model;
  const {glyphs, say, keys} = look;
  const mode = model.deps.mode?.kind;
  const other = model.lab?.help ?? (mode === 'demo' || mode === 'notes' ? mode : 'lab');
  const screen = model.screen === 'lab' ? other : model.screen;
  const lines = helpLines(screen, look, columns - 4, model.deps.settingsFile);
  const height = rows - 1;
  const last = Math.max(0, lines.length - (height - 2));
  // Keys count up without knowing where the end is.
  model.helpTop = Math.min(model.helpTop, last);
  const top = model.helpTop;
  const more = (top > 0 ? glyphs.moreUp : '') + (top < last ? glyphs.more : '');
  const panel = panelLines({
    look,
    width: columns,
    height,
    title: say('key.help'),
    note: more ? `${say('lab.more')} ${more}` : '',
    lines: lines.slice(top).map(line => ` ${line}`),
  });
  const footer = footerLine(
    look,
    columns,
    [
      ...(last > 0 ? [[glyphs.upDown, say('key.scroll')] as [string, string]] : []),
      [keys.label('everywhere', 'language', glyphs), say('key.lang')],
      [keys.label('everywhere', 'theme', glyphs), say('key.theme')],
    ],
    [[keys.label('everywhere', 'leave', glyphs), say('key.back')]],
  );
  return <Lines width={columns} lines={[...panel, footer]} />;
}
