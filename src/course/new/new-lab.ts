/** A new lab to begin from. */
import {mkdir, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {ID} from '../format/fence.ts';
import {findLabs} from '../format/find.ts';
import {widthOf} from '../lint/width.ts';
import {chinese, english} from './skeleton.ts';

/** Why there is no new lab; worded by NEW_WORDS. */
export class NewLabError extends Error {
  readonly code: 'new.id' | 'new.title' | 'new.exists' | 'new.write';
  readonly params: Record<string, string | number>;

  constructor(code: NewLabError['code'], params: NewLabError['params']) {
    super(`${code} ${JSON.stringify(params)}`);
    this.code = code;
    this.params = params;
  }
}

const TITLE_CELLS = 24;

/**
 * Writes a skeleton lab, in English and Chinese, into a new folder NN-id of `root` ('labs'; made if it isn't there), NN
 * being the number after the last. It lints clean and can be run as it is.
 * @returns the folder and its two files
 * @throws NewLabError: id of another form, a title that is empty or wider than 24 cells, a lab of that id (nothing is
 *   overwritten), an errno of mkdir(2) or write(2); nothing is left behind
 */
export async function newLab(root: string, id: string, title: string): Promise<{dir: string; files: string[]}> {
  if (!ID.test(id)) throw new NewLabError('new.id', {came: id});
  const width = widthOf(title);
  if (title.trim() === '' || width > TITLE_CELLS || /[\x00-\x1f\x7f]/.test(title))
    throw new NewLabError('new.title', {came: title, width, limit: TITLE_CELLS});
  const {labs} = await findLabs(root);
  const taken = labs.find(lab => lab.id === id);
  if (taken) throw new NewLabError('new.exists', {dir: taken.dir});
  const number = Math.max(0, ...labs.map(lab => Number(lab.number))) + 1;
  const dir = join(root, `${String(number).padStart(2, '0')}-${id}`);
  const texts = {'lab.md': english(id, JSON.stringify(title)), 'lab.zh.md': chinese(JSON.stringify(title))};
  let made = false;
  try {
    await mkdir(root, {recursive: true});
    await mkdir(dir);
    made = true;
    const files = Object.entries(texts).map(([name, text]) => ({file: join(dir, name), text}));
    for (const {file, text} of files) await writeFile(file, text, {flag: 'wx'});
    return {dir, files: files.map(({file}) => file)};
  } catch (error) {
    if (made) await rm(dir, {recursive: true, force: true});
    throw new NewLabError('new.write', {dir, errno: (error as NodeJS.ErrnoException).code ?? String(error)});
  }
}
