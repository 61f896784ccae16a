/** What is still there of a stage that was closed: the honest answer to "nothing left behind". */
import {readdirSync, readFileSync} from 'node:fs';

/** Processes by number and start time, so that a reused number is not taken for the old process. */
export class Leftovers {
  #processes = new Map<number, string>();
  #stages = new Set<string>();

  /** Remembers a process that must be gone in the end. */
  process(pid: number): void {
    const start = startTime(pid);
    if (start) this.#processes.set(pid, start);
  }

  stage(id: string): void {
    this.#stages.add(id);
  }

  /** What is left, language-free: 'process 123 (sh)', '/run/glassbox/ID', 'mount …', '/sys/fs/cgroup/…'. Empty: nothing. */
  find(): string[] {
    const left: string[] = [];
    for (const [pid, start] of this.#processes) {
      if (startTime(pid) === start) left.push(`process ${pid} (${commandOf(pid)})`);
    }
    const own = (text: string) => [...this.#stages].some(id => id !== '' && text.includes(id));
    for (const name of list('/run/glassbox')) if (own(name)) left.push(`/run/glassbox/${name}`);
    for (const line of lines('/proc/self/mountinfo')) {
      const point = line.split(' ')[4] ?? '';
      if (own(point)) left.push(`mount ${point}`);
    }
    // Other sessions have groups there too, which come and go while we look.
    left.push(...cgroups('/sys/fs/cgroup', 3).filter(own));
    return left;
  }
}

/** Field 22 of /proc/PID/stat (proc(5)); a zombie counts as gone: only its parent has not looked yet. */
function startTime(pid: number): string | undefined {
  const [, state, rest] = /\) (\S) (.*)$/s.exec(read(`/proc/${pid}/stat`)) ?? [];
  return state === undefined || state === 'Z' || state === 'X' ? undefined : rest?.split(' ')[18];
}

function commandOf(pid: number): string {
  return read(`/proc/${pid}/comm`).trim();
}

function lines(file: string): string[] {
  return read(file).split('\n');
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function list(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

/** Folders that bear our name, at most `depth` levels down. */
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
