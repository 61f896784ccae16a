/** The machine before and after: what a lab must not change. */
import {readdirSync, readFileSync} from 'node:fs';

export interface HostSnapshot {
  /** What is compared as a whole: name -> text. */
  values: Record<string, string>;
}

const FILES = ['/proc/sys/kernel/hostname', '/proc/sys/kernel/domainname'];
/** Lines are objects that were made and must be gone; of the columns only those that don't change by use. */
const IPC = ['/proc/sysvipc/msg', '/proc/sysvipc/sem', '/proc/sysvipc/shm'];

/** Reads the machine's names, IPC objects, mounts of ours, and cgroups of ours. */
export function hostSnapshot(): HostSnapshot {
  const values: Record<string, string> = {};
  for (const file of FILES) values[file] = read(file).trim();
  for (const file of IPC) {
    const rows = read(file)
      .split('\n')
      .slice(1)
      .filter(line => line.trim() !== '');
    values[file] = rows
      .map(line => line.trim().split(/\s+/).slice(0, 2).join(':'))
      .sort()
      .join(' ');
  }
  values['/sys/fs/cgroup'] = cgroups('/sys/fs/cgroup', 3).join(' ');
  return {values};
}

/** What differs, language-free: "/proc/sysvipc/msg: 0:0, before: ". Empty: nothing. */
export function hostChanges(before: HostSnapshot, after: HostSnapshot): string[] {
  return Object.entries(after.values)
    .filter(([name, value]) => before.values[name] !== value)
    .map(([name, value]) => `${name}: ${value || '–'} (${before.values[name] || '–'})`);
}

/** Folders that bear our name. Others come and go with the machine's own work. */
function cgroups(dir: string, depth: number): string[] {
  if (depth === 0) return [];
  let names: string[];
  try {
    names = readdirSync(dir, {withFileTypes: true}).flatMap(entry => (entry.isDirectory() ? [entry.name] : []));
  } catch {
    return [];
  }
  return names.flatMap(name => {
    const path = `${dir}/${name}`;
    return name.startsWith('glassbox') ? [path] : cgroups(path, depth - 1);
  });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
