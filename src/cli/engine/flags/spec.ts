/** The options of `glassbox engine run` as a specification. */
import {randomBytes} from 'node:crypto';
import {type ContainerSpec, parseSpec} from '../../../engine/index.ts';
import {wrong} from '../failure.ts';
import type {Job} from '../types.ts';
import {readBundle} from './bundle.ts';
import {type FileOptions, files} from './files.ts';
import {type NamespaceOptions, namespaces, type PidOf} from './namespaces.ts';
import {type RightsOptions, withRights} from './rights.ts';
import {containerName, controllersOf, environment, type LimitOptions, limits, pairs, ulimit, user} from './values.ts';

export interface RunOptions extends FileOptions, NamespaceOptions, RightsOptions, LimitOptions {
  detach?: boolean;
  interactive?: boolean;
  tty?: boolean;
  rm?: boolean;
  init?: boolean;
  name?: string;
  hostname?: string;
  env?: string[];
  workdir?: string;
  user?: string;
  sysctl?: string[];
  ulimit?: string[];
  bundle?: string;
  journal?: boolean;
  realHost?: boolean;
}

/** What a bundle leaves to the command line: how the container is run, not what it is. */
const BESIDE_BUNDLE = new Set('bundle detach interactive init rm name journal realHost pivot lang json'.split(' '));

export interface Surroundings {
  pidOf: PidOf;
  env: NodeJS.ProcessEnv;
  /** Of the terminal that is handed through. */
  size?: {cols: number; rows: number};
}

/** Rejects with what is wrong in an option, or with the engine's first objection. Nothing is made yet. */
export async function jobOf(args: readonly string[], options: RunOptions, around: Surroundings): Promise<Job> {
  const id = randomBytes(6).toString('hex');
  const name = options.name === undefined ? id : containerName(options.name);
  const {detach: detached = false, rm = false, realHost = false} = options;
  const base = {id, name, realHost, detached, rm};
  if (options.bundle !== undefined) return {...base, ...(await fromBundle(options.bundle, args, options, around))};
  if (args.length === 0) throw wrong('no-command');
  const {spec, points} = await fromOptions(args, options, around, id);
  const checked = await parseSpec(spec);
  return {...base, spec: checked, asItIs: false, controllers: controllersOf(checked.linux?.resources ?? {}), points};
}

type Built = Pick<Job, 'spec' | 'asItIs' | 'controllers' | 'points'>;

async function fromBundle(
  folder: string,
  args: readonly string[],
  options: RunOptions,
  {size}: Surroundings,
): Promise<Built> {
  if (args.length > 0) throw wrong('bundle.command', {got: args.join(' ')});
  const other = Object.keys(options).find(key => !BESIDE_BUNDLE.has(key));
  if (other !== undefined) {
    const option = `--${other.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
    throw wrong('not-together', {one: '--bundle', other: option});
  }
  const read = await readBundle(folder);
  const {process} = read;
  const input = options.interactive && !process.terminal ? {stdin: true} : {};
  const console = process.terminal && size ? {consoleSize: {height: size.rows, width: size.cols}} : {};
  const root = read.root && options.pivot === false ? {root: {...read.root, enter: 'chroot' as const}} : {};
  const init = options.init ? {init: true} : {};
  const spec = {...read, ...root, process: {...process, ...console, ...input, ...init}};
  return {spec, asItIs: true, controllers: controllersOf(spec.linux?.resources ?? {}), points: []};
}

async function fromOptions(
  args: readonly string[],
  options: RunOptions,
  {pidOf, env, size}: Surroundings,
  id: string,
): Promise<{spec: ContainerSpec; points: Job['points']}> {
  const {namespaces: spaces, network, uidMappings, gidMappings} = await namespaces(options, pidOf);
  const has = (type: string): boolean => spaces.some(n => n.type === type && n.path === undefined);
  const ownNetwork = network?.mode === 'none' || network?.mode === 'bridge';
  const {root, mounts, devices, points} = files(options, ownNetwork);
  const terminal = options.tty ?? false;
  const resources = limits(options);
  if (options.hostname !== undefined && !has('uts'))
    throw wrong('needs', {option: '--hostname', needs: '--uts private'});
  // Without a root of its own it needs at least the /proc of its own PID namespace.
  const proc = {destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'noexec', 'nodev']};
  const spec: ContainerSpec = {
    process: {
      args: [...args],
      env: environment(options.env ?? [], terminal, env),
      cwd: options.workdir ?? '/',
      ...(terminal ? {terminal} : {}),
      ...(terminal && size ? {consoleSize: {height: size.rows, width: size.cols}} : {}),
      ...(options.interactive && !terminal ? {stdin: true} : {}),
      ...(options.init ? {init: true} : {}),
      ...(options.user === undefined ? {} : {user: user('--user', options.user)}),
      ...(options.ulimit ? {rlimits: options.ulimit.map(ulimit)} : {}),
    },
    ...(has('uts') ? {hostname: options.hostname ?? id} : {}),
    ...(root ? {root} : {}),
    mounts: [...(!root && has('pid') ? [proc] : []), ...mounts],
    ...(network ? {network} : {}),
    linux: {
      namespaces: spaces,
      ...(uidMappings ? {uidMappings, gidMappings} : {}),
      ...(resources ? {resources} : {}),
      ...(root ? {defaultDevices: true} : {}),
      ...(devices.length > 0 ? {devices} : {}),
      ...(options.sysctl ? {sysctl: pairs('--sysctl', options.sysctl)} : {}),
    },
  };
  return {spec: await withRights(spec, options), points};
}
