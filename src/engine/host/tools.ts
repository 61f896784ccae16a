/** Programs that labs type: whether they are there. Nothing is run to find out. */
import type {HostFinding} from '../types.ts';
import {good, partly} from './find.ts';
import {installCure} from './packages.ts';
import {which} from './which.ts';

export {which} from './which.ts';

/** Programs that are told with what they are for, whether a lab at hand needs them or not (host.tool.NAME). */
export const tools = [
  'pstree',
  'hostname',
  'domainname',
  'readlink',
  'nsenter',
  'ipcs',
  'ipcmk',
  'ps',
  'unshare',
  'ip',
  'ping',
  'lsns',
  'strace',
] as const;

/** Programs of the engine's own development. */
const ours = ['tmux', 'gcc', 'make'] as const;

const described: ReadonlySet<string> = new Set([...tools, ...ours]);

/**
 * A finding for each program. What no lab needs is no fault of a learner's machine where it is missing.
 * @param needed programs that labs require
 */
export function toolFindings(needed: readonly string[], path: string): HostFinding[] {
  const must = new Set(needed);
  const names = [...new Set([...tools, ...[...must].sort(), ...ours])];
  return names.map(tool => {
    const id = `tool.${tool}`;
    const meaning = described.has(tool) ? `host.tool.${tool}` : 'host.tool.other';
    const file = which(tool, path);
    if (file) return good(id, file, meaning, {tool});
    const {params, cure} = installCure(tool, path, {tool});
    const finding = partly(id, '', meaning, params, cure);
    return must.has(tool) ? {...finding, ok: 'no'} : finding;
  });
}
