/** The three kinds of finding. What is not said by a finding has no words. */
import type {HostFinding} from '../types.ts';

type Params = Record<string, string | number>;

export const good = (id: string, found: string, meaning: string, params?: Params): HostFinding => ({
  id,
  ok: 'yes',
  found,
  meaning,
  ...(params && {params}),
});

/** Something works less well, or only in part. */
export const partly = (id: string, found: string, meaning: string, params?: Params, cure?: string): HostFinding => ({
  ...good(id, found, meaning, params),
  ok: 'partly',
  ...(cure && {cure}),
});

/** Something that is needed is missing. `params.command`, where there is one, is the command that mends it. */
export const bad = (id: string, found: string, meaning: string, params: Params, cure: string): HostFinding => ({
  ...partly(id, found, meaning, params, cure),
  ok: 'no',
});
