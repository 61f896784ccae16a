/** The machine before and after: what a lab must not change. */
import {readFileSync} from 'node:fs';

export interface HostSnapshot {
  /** What is compared as a whole: name -> text. */
  values: Record<string, string>;
}

const FILES = ['/proc/sys/kernel/hostname', '/proc/sys/kernel/domainname'];
/** Lines are objects that were made and must be gone; of the columns only those that don't change by use. */
const IPC = ['/proc/sysvipc/msg', '/proc/sysvipc/sem', '/proc/sysvipc/shm'];

/** Reads the machine's names and IPC objects. Folders, mounts and cgroups bear a stage's id: see Leftovers. */
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
  return {values};
}

/** What differs, language-free: "/proc/sysvipc/msg: 0:0, before: ". Empty: nothing. */
export function hostChanges(before: HostSnapshot, after: HostSnapshot): string[] {
  return Object.entries(after.values)
    .filter(([name, value]) => before.values[name] !== value)
    .map(([name, value]) => `${name}: ${value || '–'} (${before.values[name] || '–'})`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
