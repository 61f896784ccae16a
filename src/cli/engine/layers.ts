/** The union mount that is a container's root, as `glassbox engine inspect` tells it: its layers, and what they take away. */
import type {Facts} from '../../engine/index.ts';

export interface LayerReport {
  folder: string;
  /** "rw": it takes what is written; "ro"; aufs has further words. */
  permission: string;
  /** Names that are deleted from this layer down, whatever lies below. */
  whiteouts: string[];
  /** Folders that hide those of the same name below, and are not merged with them. */
  opaque: string[];
}

export interface LayersReport {
  type: string;
  /** The topmost first. */
  layers: LayerReport[];
  /** What a layer has and nobody sees: by path, the layer that hides it. */
  hidden: Record<string, string>;
}

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(one => typeof one === 'string') : [];

/** Out of the facts below `layers`; undefined where there is no union mount. */
export function layersOf(facts: Facts): LayersReport | undefined {
  const {type, order, permissions, hidden, holds} = (facts.layers ?? {}) as Facts;
  if (!type) return undefined;
  const held = strings(holds);
  const marked = (folder: string, kind: string): string[] => {
    const head = `${folder} ${kind} `;
    return held.filter(line => line.startsWith(head)).map(line => line.slice(head.length));
  };
  const layers = strings(order).map(folder => ({
    folder,
    permission: String((permissions as Facts | undefined)?.[folder] ?? ''),
    whiteouts: marked(folder, 'w'),
    opaque: marked(folder, 'o'),
  }));
  return {type: String(type), layers, hidden: (hidden ?? {}) as Record<string, string>};
}
