/** What a process may do: --cap-add, --cap-drop, --security-opt, --profile. */
import {readFileSync} from 'node:fs';
import {type ContainerSpec, capabilityNames, isolated, type Profile, type Seccomp} from '../../../engine/index.ts';
import {wrong} from '../failure.ts';
import {readJson} from './read-json.ts';

export interface RightsOptions {
  capAdd?: string[];
  capDrop?: string[];
  securityOpt?: string[];
  profile?: string;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // a /proc without it
  }
}

/** All that a container may have here: root gives what it has, an ordinary user's stage has all that the kernel knows. */
function every(): string[] {
  const last = Number.parseInt(read('/proc/sys/kernel/cap_last_cap'), 10) || 40;
  const all = (1n << BigInt(last + 1)) - 1n;
  if (process.getuid?.() !== 0) return capabilityNames(all);
  const own = /^CapPrm:\s*([\da-f]+)/m.exec(read('/proc/self/status'))?.[1];
  return capabilityNames(own === undefined ? all : BigInt(`0x${own}`) & all);
}

const known = new Set(capabilityNames((1n << 41n) - 1n));

function capability(option: string, got: string): string {
  const upper = got.toUpperCase();
  if (upper === 'ALL') return upper;
  const name = upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
  if (!known.has(name)) throw wrong('expected.capability', {option, got});
  return name;
}

/** Docker's order: what is dropped goes first, then what is added comes. */
export function capabilities(base: readonly string[], add: readonly string[], drop: readonly string[]): string[] {
  const dropped = drop.map(got => capability('--cap-drop', got));
  const added = add.map(got => capability('--cap-add', got));
  const kept = dropped.includes('ALL') ? [] : base.filter(name => !dropped.includes(name));
  const all = added.includes('ALL') ? every().filter(name => !dropped.includes(name)) : [];
  return [...new Set([...kept, ...all, ...added.filter(name => name !== 'ALL')])];
}

const PROFILES: Readonly<Record<string, Profile>> = {isolated: 'default', strict: 'strict'};

/** The specification with its walls. Throws where a value is none. */
export async function withRights(spec: ContainerSpec, options: RightsOptions): Promise<ContainerSpec> {
  const {capAdd = [], capDrop = [], securityOpt = [], profile} = options;
  const wall = profile === undefined ? undefined : PROFILES[profile];
  if (profile !== undefined && !wall) {
    throw wrong('expected.one-of', {option: '--profile', got: profile, known: Object.keys(PROFILES).join(', ')});
  }
  const walled = wall ? await isolated(spec, wall) : spec;
  const process = {...walled.process};
  const linux = {...walled.linux};
  if (capAdd.length + capDrop.length > 0) {
    const list = capabilities(process.capabilities?.bounding ?? every(), capAdd, capDrop);
    process.capabilities = {bounding: list, effective: list, permitted: list};
  }
  for (const got of securityOpt) {
    const [, key, value] = /^([a-z-]+)(?:[=:](.*))?$/s.exec(got) ?? [];
    if (key === 'no-new-privileges' && (value === undefined || value === 'true' || value === 'false')) {
      process.noNewPrivileges = value !== 'false';
    } else if (key === 'seccomp' && value === 'unconfined') {
      delete linux.seccomp;
    } else if (key === 'seccomp' && value) {
      // Whether it is a filter is judged with the whole specification, by its name there.
      linux.seccomp = readJson(value) as Seccomp;
    } else {
      const known = 'no-new-privileges, seccomp=FILE, seccomp=unconfined';
      throw wrong('expected.one-of', {option: '--security-opt', got, known});
    }
  }
  return {...walled, process, linux};
}
