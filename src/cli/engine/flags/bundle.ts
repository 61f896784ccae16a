/** --bundle: a folder with an OCI config.json, taken as it is. */
import path from 'node:path';
import {type ContainerSpec, EngineError, parseSpec} from '../../../engine/index.ts';
import {readJson} from './read-json.ts';

async function checked(file: string): Promise<ContainerSpec> {
  const value = readJson(file);
  try {
    return await parseSpec(value as ContainerSpec);
  } catch (error) {
    if (!(error instanceof EngineError) || !('path' in error.params)) throw error;
    // A place in a specification, and the file that it is in.
    const {path: where} = error.params;
    throw new EngineError({...error.info, params: {...error.params, path: where === '.' ? file : `${file}: ${where}`}});
  }
}

/** Rejects where the file cannot be read, is no JSON, and with the engine's first objection to what it says. */
export async function readBundle(folder: string): Promise<ContainerSpec> {
  const file = path.resolve(folder, 'config.json');
  const spec = await checked(file);
  // In a bundle, paths are relative to it; on a stage they would be relative to the stage's folder.
  if (!spec.root || spec.root.path.startsWith('/') || spec.root.programs || spec.root.layers) return spec;
  return {...spec, root: {...spec.root, path: path.resolve(folder, spec.root.path)}};
}
