/** Every key, in one place. */
import type {Lang} from '../../course/index.ts';
import {footerLine} from '../app/footer.ts';
import type {AppModel} from '../app/model.ts';
import {Lines, panelLines} from '../app/panel.tsx';
import {fitTo} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import {helpWords} from './words.ts';

const KEY = 14;

export function HelpScreen({model}: {model: AppModel}) {
  const {columns, rows} = model.size;
  const {look} = model;
  const width = columns - 4;
  const lines = helpLines(look.lang, model.screen, width, look.style.bold);
  const title = look.say('key.help');
  const panel = panelLines({look, width: columns, height: rows - 1, title, lines: lines.map(line => ` ${line}`)});
  return (
    <Lines
      width={columns}
      lines={[
        ...panel,
        footerLine(look, columns, [
          [look.keys.label('everywhere', 'leave', look.glyphs), look.say('key.back')],
          [look.keys.label('everywhere', 'language', look.glyphs), look.say('key.lang')],
        ]),
      ]}
    />
  );
}

function helpLines(
  lang: Lang,
  screen: 'home' | 'lab' | 'doctor',
  width: number,
  bold: (text: string) => string,
): string[] {
  const lines: string[] = [];
  for (const [key, words] of screen === 'lab' ? helpWords.lab : helpWords.home) {
    wrap(words[lang], width - KEY).forEach((line, i) => {
      lines.push(bold(fitTo(i === 0 ? key : '', KEY)) + line);
    });
  }
  return lines;
}
