/** Labs proved by `glassbox verify --json` in a guest, each known as soon as its line has come. */
import {readdirSync} from 'node:fs';
import path from 'node:path';
import {type CgroupLayout, type GuestEnd, runInGuest} from '../../../scripts/vm/guest.ts';
import {NoGuest} from '../../../scripts/vm/needs.ts';
import {quoted} from '../../../scripts/vm/quoted.ts';
import type {LabReport} from '../../../src/course/index.ts';

export const PROJECT = path.resolve(import.meta.dirname, '../../..');
/** Under TCG, Node is about that much slower than on the machine itself. */
export const PATIENCE = 12;
/** Also for every program in a guest that is not told otherwise. */
export const GUEST_ENV = {
  GLASSBOX_NODE: process.execPath,
  GLASSBOX_PATIENCE: String(PATIENCE),
  XDG_STATE_HOME: '/tmp/state',
  XDG_CONFIG_HOME: '/tmp/config',
};

/** One run of `glassbox verify` within a guest. */
export interface Section {
  name: string;
  /** Arguments of `glassbox verify`. */
  verify: readonly string[];
  /** A line of sh to be carried out before. */
  before?: string | undefined;
}

export interface PassOptions {
  cgroup: CgroupLayout;
  /** The guest's first process is systemd. */
  systemd?: boolean;
  sections: readonly Section[];
  /** Seconds for the whole guest. */
  timeout: number;
  memory?: number;
}

/** Folders of labs/, in order: "01-uts". */
export function labFolders(): string[] {
  return readdirSync(path.join(PROJECT, 'labs'), {withFileTypes: true})
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort();
}

/** "07" of "07-cgroup-cpu". */
export const numberOf = (folder: string): string => folder.slice(0, 2);

export class Pass {
  /** Settles when the guest is gone. */
  readonly end: Promise<GuestEnd | NoGuest>;
  readonly #abort = new AbortController();
  readonly #reports = new Map<string, PromiseWithResolvers<LabReport>>();
  #section = '';
  #line = '';
  #errors = '';

  constructor({cgroup, systemd = false, sections, timeout, memory = 2048}: PassOptions) {
    const script = sections.map(({name, verify, before}) =>
      [
        `echo ${quoted(`section ${name}`)}`,
        before,
        `sh bin/glassbox verify --json ${verify.map(quoted).join(' ')}`,
        'echo',
      ]
        .filter(line => line !== undefined)
        .join('\n'),
    );
    this.end = runInGuest(script.join('\n'), {
      cgroup,
      systemd,
      timeout,
      memory,
      env: GUEST_ENV,
      signal: this.#abort.signal,
      stdout: chunk => this.#read(chunk.toString()),
      stderr: chunk => {
        this.#errors = `${this.#errors}${chunk}`.slice(-4000);
      },
    }).catch(error => {
      if (error instanceof NoGuest) return error;
      throw error;
    });
    this.end.catch(() => {}); // told to each who asks
  }

  /** @returns undefined: the guest is gone, and no report came */
  async report(section: string, number: string): Promise<LabReport | undefined> {
    const {promise} = this.#waiting(`${section} ${number}`);
    // Also what is asked for only after the end: a report that came wins, being first.
    return await Promise.race([promise, this.end.then(() => undefined)]);
  }

  /** What can be said of a guest that gave no report. */
  async lastWords(): Promise<string> {
    const end = await this.end;
    if (end instanceof NoGuest) return end.message;
    const what = end.kind === 'exited' ? `status ${end.status}` : `${end.kind}; the console:\n${end.console}`;
    return `the guest ended after ${end.seconds.toFixed(0)} s: ${what}\nstderr: ${this.#errors}`;
  }

  /** Ends the guest, where it still runs. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.end.catch(() => {});
  }

  #read(text: string): void {
    const lines = (this.#line + text).split('\n');
    this.#line = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('section ')) this.#section = line.slice('section '.length);
      if (!/^[[,]\{/.test(line)) continue;
      const report = JSON.parse(line.slice(1)) as LabReport;
      this.#waiting(`${this.#section} ${report.number}`).resolve(report);
    }
  }

  #waiting(key: string): PromiseWithResolvers<LabReport> {
    const known = this.#reports.get(key) ?? Promise.withResolvers<LabReport>();
    this.#reports.set(key, known);
    return known;
  }
}
