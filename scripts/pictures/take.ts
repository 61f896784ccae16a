/** Takes one picture: plays its keys in the real app, and draws what the screen then shows. */
import type {Lang} from '../../src/course/index.ts';
import type {Stage} from '../../src/engine/index.ts';
import {PicturedApp} from './app.ts';
import {readCells} from './cells.ts';
import {type PictureEntry, wordsIn} from './list.ts';
import {renderSvg} from './svg.ts';

/** Of the stage that the app is pictured on: the pictures show a host's name, and it is to be nobody's own. */
export const HOSTNAME = 'student';

/** Of the file, without its folder. */
export function fileName({name}: PictureEntry, lang: Lang): string {
  return `${name}.${lang}.svg`;
}

/** In the window's bar: the app, its version, and how it was started. */
export function captionOf({args, cols, rows}: PictureEntry, version: string): string {
  return `${['glassbox', ...args].join(' ')} — ${version}, ${cols}×${rows}`;
}

/**
 * The picture as SVG. Rejects, with the screen, when something that is waited for does not come.
 * @param version of the app
 */
export async function takePicture(stage: Stage, entry: PictureEntry, lang: Lang, version: string): Promise<string> {
  const {args, cols, rows} = entry;
  const words = wordsIn(lang);
  const app = await PicturedApp.start(stage, `${entry.name}-${lang}`, {args, cols, rows, lang});
  try {
    for (const [seen, key] of entry.keys(words)) {
      await app.until(seen);
      app.press(key);
    }
    await app.until(entry.seen(words));
    return renderSvg({
      rows: readCells(app.terminal, app.cursorShown),
      cols,
      caption: captionOf(entry, version),
      title: entry.title[lang],
      description: entry.description[lang],
      lang,
      version,
    });
  } finally {
    await app.close();
  }
}
