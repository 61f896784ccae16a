/** Mutants: the same lab with one thing left out of a container. A lab that does not notice teaches nothing about it. */
import type {ContainerSpec} from '../../engine/index.ts';
import type {ContainerBlock} from '../lab.ts';
import {withoutNamespace} from '../session/ablation.ts';
import {checksOf} from './ladder.ts';
import {attempt, type Bench, type TrialOptions, trial} from './trial.ts';
import type {Mutant} from './types.ts';

type Change = NonNullable<TrialOptions['change']>;

interface Case {
  block: ContainerBlock;
  kind: Mutant['kind'];
  what: string;
  change: Change;
}

/** One task for each namespace that a container of the lab makes, and each field of its spec that becomes a call. */
export function tryMutants(bench: Bench, seed: string): (() => Promise<Mutant>)[] {
  const blocks = bench.lab.steps.flatMap(step => step.blocks).filter(block => block.kind === 'container');
  return blocks.flatMap(casesOf).map(({block, kind, what, change}) => async () => {
    if (losesRoot(block.spec, what))
      return {container: block.id, kind, what, plumbing: false, untried: true, noticed: []};
    let started = false;
    const watched: Change = (other, spec) => {
      started ||= other === block;
      return change(other, spec);
    };
    const noticed = await play(bench, {seed, change: watched});
    // A container for machines of another kind was not started, so nothing could be noticed.
    return {
      container: block.id,
      kind,
      what,
      plumbing: false,
      ...(!started && {untried: 'elsewhere' as const}),
      noticed,
    };
  });
}

/** A container with a root of its own, without it: what it writes to "/" would land on the machine. */
function losesRoot(spec: ContainerSpec, what: string): boolean {
  return spec.root !== undefined && (what === 'root' || what === 'mount' || /^mounts\[\d+\] \/$/.test(what));
}

/** A lab that notices neither this flag nor this call does not show what it is for. The engine's own calls are its own matter. */
export function survived({noticed, plumbing, untried}: Mutant): boolean {
  return noticed.length === 0 && !plumbing && !untried;
}

function casesOf(block: ContainerBlock): Case[] {
  const only = (kind: Case['kind'], what: string, leaveOut: (spec: ContainerSpec) => ContainerSpec): Case => {
    const change: Change = (other, spec) => ({spec: other.pos.line === block.pos.line ? leaveOut(spec) : spec});
    return {block, kind, what, change};
  };
  const namespaces = (block.spec.linux?.namespaces ?? []).map(({type}) =>
    only('namespace', type, spec => withoutNamespace(spec, type)),
  );
  return [...namespaces, ...fieldsOf(block.spec).map(({what, leaveOut}) => only('field', what, leaveOut))];
}

/** What an author may ask for besides namespaces, one by one: each becomes calls of the plan, and is left out of the spec. */
function fieldsOf(spec: ContainerSpec): {what: string; leaveOut: (spec: ContainerSpec) => ContainerSpec}[] {
  const {process, linux = {}} = spec;
  const fields: ReturnType<typeof fieldsOf> = [];
  const add = (what: string, present: boolean, leaveOut: (spec: ContainerSpec) => ContainerSpec) => {
    if (present) fields.push({what, leaveOut});
  };
  for (const name of ['hostname', 'domainname', 'root'] as const) {
    add(name, spec[name] !== undefined, one => ({...one, [name]: undefined}));
  }
  add('root.readonly', spec.root?.readonly === true, one => ({
    ...one,
    root: {path: one.root?.path ?? '/', readonly: false},
  }));
  for (const [i, mount] of (spec.mounts ?? []).entries()) {
    add(`mounts[${i}] ${mount.destination}`, true, one => ({...one, mounts: one.mounts?.filter((_, at) => at !== i)}));
  }
  for (const name of ['user', 'noNewPrivileges'] as const) {
    add(`process.${name}`, Boolean(process[name]), one => ({...one, process: {...one.process, [name]: undefined}}));
  }
  add('process.cwd', (process.cwd ?? '/') !== '/', one => ({...one, process: {...one.process, cwd: '/'}}));
  for (const name of ['uidMappings', 'gidMappings', 'rootfsPropagation', 'resources', 'cgroupsPath'] as const) {
    add(`linux.${name}`, linux[name] !== undefined, one => ({...one, linux: {...one.linux, [name]: undefined}}));
  }
  return fields;
}

/** Plays the whole lab. Noticed: a check that does not hold, a command that comes out otherwise, an error. */
export async function play(bench: Bench, options: TrialOptions): Promise<string[]> {
  const noticed = new Set<string>();
  const {surprises} = await trial(bench, options, async now => {
    await attempt(now.surprises, async () => {
      for (const step of bench.lab.steps) {
        await now.play.step(step);
        for (const check of checksOf(step)) {
          if (now.play.applies(check) && now.play.check(check).verdict !== 'pass') noticed.add(check.id);
        }
      }
    });
    return now;
  });
  for (const surprise of surprises) noticed.add(`${surprise.kind} ${surprise.of}`);
  return [...noticed];
}
