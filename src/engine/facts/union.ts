/**
 * Which layer of a union file system serves which file: the rules of overlayfs (Documentation/filesystems/overlayfs.rst)
 * and aufs (aufs(5)), as a pure function over what lies in each layer.
 */

/** One thing in one layer. 'whiteout': the name is deleted from here down. */
export interface LayerEntry {
  kind: 'file' | 'dir' | 'whiteout';
  /** A folder that hides the folders of the same name below it. */
  opaque?: boolean;
  /** A file whose data still lies below (overlay, metacopy=on). */
  metacopy?: boolean;
}

/** By path, relative to the layer. */
export type Layer = ReadonlyMap<string, LayerEntry>;

export interface Union {
  /** Path in the merged view → index of the layer whose data is read (of a folder: the topmost one that has it). */
  serves: Map<string, number>;
  /** Path that is missing in the merged view though a layer has it → index of the layer that hides it. */
  hidden: Map<string, number>;
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Merges layers, the topmost first. */
export function merge(layers: readonly Layer[]): Union {
  const union: Union = {serves: new Map(), hidden: new Map()};
  const children = layers.map(layer => {
    const names = new Map<string, string[]>();
    for (const path of layer.keys()) names.set(parentOf(path), [...(names.get(parentOf(path)) ?? []), path]);
    return names;
  });
  // `open`: layers that contribute to this folder; `cut`: layers below that do not any more, and who cut them off.
  const visit = (dir: string, open: readonly number[], cut: ReadonlyMap<number, number>): void => {
    const paths = new Set([...open, ...cut.keys()].flatMap(i => children[i]!.get(dir) ?? []));
    for (const path of [...paths].sort()) {
      let by: number | undefined;
      let data = true;
      const merged: number[] = [];
      const cutBelow = new Map<number, number>();
      let closer: number | undefined;
      for (const i of open) {
        const entry = layers[i]!.get(path);
        if (!entry) continue;
        if (closer !== undefined) {
          if (entry.kind === 'dir') cutBelow.set(i, closer);
          continue;
        }
        if (entry.kind === 'whiteout') closer = i;
        else if (entry.kind === 'file') {
          if (merged.length > 0) {
            closer = i;
            continue;
          }
          if (by === undefined || !data) by = i;
          data = !entry.metacopy;
          if (data) closer = i;
        } else {
          if (by !== undefined && merged.length === 0) {
            closer = by;
            cutBelow.set(i, by);
            continue;
          }
          by ??= i;
          merged.push(i);
          if (entry.opaque) closer = i;
        }
      }
      for (const [i, who] of cut) if (layers[i]!.get(path)?.kind === 'dir') cutBelow.set(i, who);
      if (by !== undefined) union.serves.set(path, by);
      else {
        const who = closer ?? [...cut].find(([i]) => layers[i]!.has(path))?.[1];
        const has = [...open, ...cut.keys()].some(i => (layers[i]!.get(path)?.kind ?? 'whiteout') !== 'whiteout');
        if (who !== undefined && has) union.hidden.set(path, who);
      }
      if (merged.length > 0 || cutBelow.size > 0) visit(path, merged, cutBelow);
    }
  };
  visit('', [...layers.keys()], new Map());
  return union;
}
