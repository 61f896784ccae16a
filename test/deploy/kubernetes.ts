/** The manifests for one pod per student, as Kustomize puts them together and as Kubernetes' own types see them. */
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {parseAllDocuments} from 'yaml';
import {root} from '../support/glassbox.ts';

export const folder = path.join(root, 'deploy/kubernetes');

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {name: string; namespace?: string; labels?: Record<string, string>};
  spec?: unknown;
}

/** All documents of a text; throws where it is no YAML. */
export function manifests(text: string): Manifest[] {
  return parseAllDocuments(text).map(document => {
    if (document.errors[0]) throw document.errors[0];
    return document.toJS() as Manifest;
  });
}

/** The manifests of base/ as they stand in their files. */
export const baseManifests = (): Manifest[] =>
  readdirSync(path.join(folder, 'base'))
    .filter(name => name !== 'kustomization.yaml')
    .flatMap(name => manifests(readFileSync(path.join(folder, 'base', name), 'utf8')));

/** Whether this machine has a kubectl with Kustomize in it. */
export const hasKustomize = (): boolean =>
  spawnSync('kubectl', ['kustomize', '--help'], {stdio: 'ignore', timeout: 20_000}).status === 0;

/** What `kubectl apply -k` would send; throws with kubectl's message. */
export const kustomized = (name: string): Manifest[] =>
  manifests(execFileSync('kubectl', ['kustomize', path.join(folder, name)], {encoding: 'utf8', timeout: 20_000}));

/** Module of kubernetes-types that describes an apiVersion: 'v1' is 'core/v1', 'networking.k8s.io/v1' is 'networking/v1'. */
const moduleOf = (apiVersion: string): string => {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  return `kubernetes-types/${group!.replace(/\..*/, '')}/${version}`;
};

/**
 * What Kubernetes' published types object to: missing fields, wrong types, names that it does not know. Empty: nothing.
 * TypeScript refuses unknown names in literals, so the manifests are written down as literals and compiled.
 */
export function typeFaults(list: readonly Manifest[]): string[] {
  const dir = mkdtempSync(path.join(tmpdir(), 'glassbox-manifests-'));
  try {
    const lines = list.flatMap(({apiVersion, kind}, i) => [
      `import type {${kind} as Kind${i}} from '${moduleOf(apiVersion)}';`,
      `export const manifest${i}: Kind${i} = ${JSON.stringify(list[i])};`,
    ]);
    writeFileSync(path.join(dir, 'manifests.ts'), lines.join('\n'));
    const types = path.join(root, 'node_modules/kubernetes-types/*');
    const compilerOptions = {
      strict: true,
      noEmit: true,
      target: 'esnext',
      module: 'esnext',
      moduleResolution: 'bundler',
      skipLibCheck: true,
      types: [],
      paths: {'kubernetes-types/*': [types]},
    };
    writeFileSync(path.join(dir, 'tsconfig.json'), JSON.stringify({compilerOptions, files: ['manifests.ts']}));
    const tsc = path.join(root, 'node_modules/.bin/tsc');
    const {status, stdout, error} = spawnSync(process.execPath, [tsc, '--pretty', 'false', '-p', dir], {
      encoding: 'utf8',
    });
    if (error) throw error;
    const faults = stdout.split('\n').filter(line => line.includes('error TS'));
    if (status !== 0 && faults.length === 0) throw new Error(`tsc did not run: ${stdout}`);
    return faults;
  } finally {
    rmSync(dir, {recursive: true, force: true});
  }
}

const UNITS: Record<string, number> = {'': 1, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30};

/** A quantity ("100m", "1Gi") as a number of cores or bytes; throws on any other text. */
export function quantity(text: unknown): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(m|k|M|G|Ki|Mi|Gi)?$/.exec(String(text)) ?? [];
  if (digits === undefined) throw new Error(`expected a quantity such as 100m or 1Gi, found ${String(text)}`);
  return Number(digits) * UNITS[unit ?? '']!;
}
