/** Short names for layers: mount(2) takes one page of options, which a few dozen paths fill. */
import {readdirSync, readlinkSync, symlinkSync} from 'node:fs';

/** Of the links, in the stage's folder: below a dot, so that a listing does not show it. */
export const linksFolder = '.l';

/**
 * Gives each folder a link in the folder that `fd` is open on, as Docker does in its "l", and returns the names. Five hundred
 * of them fill less than a page. What has a link keeps it, whichever container it was made for; other files are left alone.
 */
export function linkLayers(fd: number, layers: readonly string[]): string[] {
  const folder = `/proc/self/fd/${fd}`;
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const entry of readdirSync(folder, {withFileTypes: true})) {
    taken.add(entry.name);
    if (entry.isSymbolicLink()) names.set(readlinkSync(`${folder}/${entry.name}`), entry.name);
  }
  let next = 0;
  return layers.map(layer => {
    const known = names.get(layer);
    if (known !== undefined) return known;
    let name = next.toString(36);
    while (taken.has(name)) name = (++next).toString(36);
    symlinkSync(layer, `${folder}/${name}`);
    taken.add(name);
    names.set(layer, name);
    return name;
  });
}
