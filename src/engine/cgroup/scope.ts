/** A scope of systemd's own making for our keeper: the way to a group of the machine that nobody else manages. */
import {execFile} from 'node:child_process';
import {setTimeout as delay} from 'node:timers/promises';
import {promisify} from 'node:util';
import {EngineError} from '../errors.ts';
import {slurp} from '../facts/proc.ts';
import {which} from '../host/tools.ts';
import {shellPath} from '../terminal/shell-process.ts';
import {runtimeDir} from './delegation.ts';
import {parseMembership} from './trees.ts';

const run = promisify(execFile);
const MANAGER = ['org.freedesktop.systemd1', '/org/freedesktop/systemd1', 'org.freedesktop.systemd1.Manager'];
/** A manager that has a whole machine to start is slow; one that does not answer at all has to be told from it. */
const patienceMs = 30_000;

export const scopeName = (id: string): string => `glassbox-${id}.scope`;

/**
 * Asks systemd for a transient scope with Delegate=yes (org.freedesktop.systemd1(5), StartTransientUnit, as runc and crun
 * do), puts process `pid` there and waits until it is. The scope goes with its last process.
 * @returns the paths of the process's groups, by controller ('' is v2)
 * @throws 'cgroup.no-scope' {reason}
 */
export async function startScope(id: string, pid: number, bus: 'system' | 'user'): Promise<Map<string, string>> {
  const name = scopeName(id);
  const properties = [
    ['Description', 's', 'Glassbox: a stage with its containers'],
    ['PIDs', 'au', '1', String(pid)],
    ['Delegate', 'b', 'true'],
    ['CollectMode', 's', 'inactive-or-failed'],
  ];
  const asked = ['StartTransientUnit', 'ssa(sv)a(sa(sv))', name, 'fail', String(properties.length)];
  await busctl(bus, ['call', ...MANAGER, ...asked, ...properties.flat(), '0']);
  for (const end = performance.now() + patienceMs; !(await isActive(bus, name)); ) {
    if (performance.now() > end) throw new EngineError({code: 'cgroup.no-scope', params: {reason: `${name}: timeout`}});
    await delay(10);
  }
  return parseMembership(slurp(`/proc/${pid}/cgroup`) ?? '');
}

async function isActive(bus: 'system' | 'user', name: string): Promise<boolean> {
  const path = name.replace(/[^A-Za-z0-9]/g, one => `_${one.charCodeAt(0).toString(16).padStart(2, '0')}`);
  const unit = [MANAGER[0]!, `${MANAGER[1]}/unit/${path}`, 'org.freedesktop.systemd1.Unit', 'ActiveState'];
  return (await busctl(bus, ['get-property', ...unit])).includes('"active"');
}

async function busctl(bus: 'system' | 'user', words: readonly string[]): Promise<string> {
  const program = which('busctl', shellPath);
  const failed = (reason: string): EngineError => new EngineError({code: 'cgroup.no-scope', params: {reason}});
  if (!program) throw failed('busctl: ENOENT');
  const folder = runtimeDir(process.getuid?.() ?? 0, process.env.XDG_RUNTIME_DIR);
  const env = bus === 'user' ? {XDG_RUNTIME_DIR: folder, DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder}/bus`} : {};
  try {
    const {stdout} = await run(program, [`--${bus}`, ...words], {env, timeout: patienceMs});
    return stdout;
  } catch (error) {
    const {stderr = '', message} = error as Error & {stderr?: string};
    throw failed(stderr.trim() || message);
  }
}
