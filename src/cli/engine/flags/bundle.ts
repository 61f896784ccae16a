/** --bundle: a folder with an OCI config.json, taken as it is. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {type ContainerSpec, parseSpec} from '../../../engine/index.ts';
import {wrong} from '../failure.ts';

/** Rejects where the file cannot be read, is no JSON, and with the engine's first objection to what it says. */
export async function readBundle(folder: string): Promise<ContainerSpec> {
  const file = path.resolve(folder, 'config.json');
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : ((error as NodeJS.ErrnoException).code ?? 'EIO');
    throw wrong('unreadable', {file, why});
  }
  const spec = await parseSpec(value);
  // In a bundle, paths are relative to it; on a stage they would be relative to the stage's folder.
  if (!spec.root || spec.root.path.startsWith('/') || spec.root.programs || spec.root.layers) return spec;
  return {...spec, root: {...spec.root, path: path.resolve(folder, spec.root.path)}};
}
