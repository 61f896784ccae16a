/** Life of a container: creating → created → running → stopped, and then removed. */
import {closeSync, writeSync} from 'node:fs';
import {setTimeout as delay} from 'node:timers/promises';
import type {Membership} from './cgroup/member.ts';
import {EngineError} from './errors.ts';
import type {Keeper} from './keeper.ts';
import type {Making} from './making.ts';
import {explainNat, type Lease, type Networks} from './network/index.ts';
import {encodeContainer} from './plan/cache.ts';
import {planContainer} from './plan/container.ts';
import {encode} from './plan/encode.ts';
import {planExec} from './plan/exec.ts';
import type {MutatePlan} from './plan/mutate.ts';
import {lastCapability, mayMakeDevices, mayMove} from './privileges.ts';
import {type EngineProcess, launch} from './process.ts';
import {sightInside, sightOf} from './program.ts';
import {filesAmong} from './sources.ts';
import {parseProcess, parseResources} from './spec.ts';
import {type Others, type Strays, strayFinder} from './strays.ts';
import type {
  Container,
  ContainerSpec,
  ContainerState,
  ExitStatus,
  Journal,
  Process,
  ProcessSpec,
  Resources,
  Terminal,
} from './types.ts';

/** What a container needs from its stage. */
export interface StageAccess {
  readonly keeper: Keeper;
  /** Its folder. */
  readonly dir: string;
  readonly mayGroups: boolean;
  /** Environment that every process of this stage gets besides its own. */
  readonly marker: readonly string[];
  /** Changes the plan of a container before it is carried out. */
  readonly mutate?: MutatePlan;
  /** Processes that have other owners than this container. */
  others(than: EngineContainer): Others;
  readonly making: Making;
  readonly networks: Networks;
  removed(container: EngineContainer): void;
  /** The cgroup that a container asks for. Throws 'cgroup.not-on-stage'. */
  membership(id: string, spec: ContainerSpec): Membership | undefined;
  /** A container runs whose daemons nobody would kill if everything of ours were killed. */
  note(): void;
}

export class EngineContainer implements Container {
  readonly id: string;
  readonly spec: ContainerSpec;
  private readonly stage: StageAccess;
  private main: EngineProcess | undefined;
  private readonly inside = new Set<EngineProcess>();
  private current: ContainerState = 'creating';
  private readonly listeners = new Set<(state: ContainerState) => void>();
  private executed: Promise<void> = Promise.resolve();
  private removing: Promise<void> | undefined;
  private execs = 0;
  private strays: Strays | undefined;
  private readonly cgroup: Membership | undefined;

  /** Its place on a bridge. */
  private lease: Lease | undefined;

  constructor(stage: StageAccess, id: string, spec: ContainerSpec) {
    this.stage = stage;
    this.id = id;
    this.spec = spec;
    this.cgroup = stage.membership(id, spec);
  }

  /** Creates the container's first process, held before execve or not. Rejects as launch() does. */
  launch(hold: boolean): Promise<void> {
    return this.stage.making.track(this.launchMain(hold)).catch(async error => {
      await this.cgroup?.remove();
      await this.leaveNetwork();
      throw explainNat(error);
    });
  }

  private async launchMain(hold: boolean): Promise<void> {
    const {keeper, marker} = this.stage;
    const {network} = this.spec;
    if (network?.mode === 'bridge') this.lease = await this.stage.networks.join(this.id, network);
    const {process, executed} = await launch(keeper, {
      id: this.id,
      process: this.spec.process,
      sight: sightInside(this.spec, keeper.pid, this.stage.dir),
      plan: start => {
        const wiring = this.lease?.wiring;
        const files = filesAmong(this.spec, keeper.pid);
        const {dir, mutate} = this.stage;
        const group = this.cgroup?.planned;
        const options = {...this.rights, ...start, hold, marker, group, wiring, files, dir};
        // A wiring is no other container's.
        if (!mutate && !wiring) return encodeContainer(this.spec, options);
        const plan = planContainer(this.spec, options);
        return encode(mutate ? mutate(plan, this.id) : plan);
      },
    });
    this.main = process;
    this.executed = executed;
    this.strays = strayFinder(this.spec, process.pid, keeper.pid);
    if (this.strays || marker.length > 0) this.stage.note();
    this.become(hold ? 'created' : 'running');
    void process.wait().then(() => this.become('stopped'));
  }

  /** What plans have to know of this machine and stage. */
  private get rights() {
    const {mayGroups} = this.stage;
    return {mayGroups, mayMakeDevices: mayMakeDevices(), mayMove: mayMove(), lastCapability: lastCapability()};
  }

  private get process(): EngineProcess {
    if (!this.main) throw new EngineError({code: 'container.not-created', params: {id: this.id}});
    return this.main;
  }

  private become(state: ContainerState): void {
    if (this.current === 'stopped' || this.current === state) return;
    this.current = state;
    for (const listener of [...this.listeners]) listener(state);
  }

  get pid(): number {
    return this.process.pid;
  }

  get state(): ContainerState {
    return this.current;
  }

  get terminal(): Terminal | undefined {
    return this.process.terminal;
  }

  get journal(): Journal {
    return this.process.journal;
  }

  get stdout(): NodeJS.ReadableStream | undefined {
    return this.process.stdout;
  }

  get stderr(): NodeJS.ReadableStream | undefined {
    return this.process.stderr;
  }

  get stdin(): NodeJS.WritableStream | undefined {
    return this.process.stdin;
  }

  signal(signal: string | number): void {
    this.process.signal(signal);
  }

  wait(): Promise<ExitStatus> {
    return this.process.wait();
  }

  onChange(listener: (state: ContainerState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Rejects with 'container.state' when it was started before, with 'call.failed' when execve failed. */
  async start(): Promise<void> {
    const start = this.current === 'created' ? this.process.take('start') : undefined;
    if (start === undefined) {
      const params = {id: this.id, state: this.current, expected: 'created'};
      throw new EngineError({code: 'container.state', params});
    }
    try {
      writeSync(start, 's');
    } finally {
      closeSync(start);
    }
    await this.executed;
    this.become('running');
  }

  /** Rejects with 'container.state' when the container does not run. */
  exec(process: ProcessSpec): Promise<Process> {
    return this.stage.making.track(this.launchInside(process));
  }

  private async launchInside(process: ProcessSpec): Promise<Process> {
    const pidfd = this.process.pidfd;
    if (this.current !== 'running' || pidfd === undefined) {
      const params = {id: this.id, state: this.current, expected: 'running'};
      throw new EngineError({code: 'container.state', params});
    }
    const {keeper, marker} = this.stage;
    const spec = parseProcess(process);
    const launched = await launch(keeper, {
      id: `${this.id}.${++this.execs}`,
      process: spec,
      sight: sightOf(this.pid),
      plan: start =>
        encode(
          planExec(this.spec, spec, {
            ...this.rights,
            ...start,
            marker,
            first: this.pid,
            group: this.cgroup?.planned,
          }),
        ),
      fds: [pidfd],
    });
    this.inside.add(launched.process);
    void launched.process.wait().then(() => launched.process.forget());
    return launched.process;
  }

  /** Whether a process shares all namespaces that were made for this container. */
  claims(pid: number): boolean {
    return this.strays?.claim(pid) ?? false;
  }

  /** PIDs that this container is known to have. */
  pids(): number[] {
    return [this.main, ...this.inside].filter(p => p && !p.status).map(p => p!.pid);
  }

  remove(): Promise<void> {
    this.removing ??= this.removeOnce();
    return this.removing;
  }

  private get member(): Membership {
    if (!this.cgroup) throw new EngineError({code: 'container.no-cgroup', params: {id: this.id}});
    return this.cgroup;
  }

  async update(resources: Resources): Promise<void> {
    await this.member.update(parseResources(resources));
  }

  async pause(): Promise<void> {
    await this.member.freeze();
  }

  async resume(): Promise<void> {
    await this.member.thaw();
  }

  private async removeOnce(): Promise<void> {
    const living = [this.main, ...this.inside].filter(p => p !== undefined && !p.status) as EngineProcess[];
    // On v1 a frozen process does not even die.
    if (living.length > 0 || this.strays) await this.cgroup?.thaw();
    for (const process of living) process.kill();
    for (const process of living) await process.wait();
    await this.removeStrays();
    await this.removeGroup();
    await this.leaveNetwork();
    this.release();
    this.become('stopped');
    this.stage.removed(this);
  }

  private async removeGroup(): Promise<void> {
    if (!this.cgroup || this.cgroup.removeEmpty()) return;
    await this.cgroup.kill(this.stage.others(this).pids);
    await this.cgroup.remove();
  }

  /** With the keeper gone, all that it had made is gone or swept. */
  private async leaveNetwork(): Promise<void> {
    if (this.lease && !this.stage.keeper.isLost) await this.stage.networks.leave(this.lease);
  }

  /** Closes what is held here of its processes. */
  release(): void {
    this.main?.release();
    for (const process of this.inside) process.release();
  }

  /** Daemons that slipped away. With a PID namespace of its own the kernel has killed them all. */
  private async removeStrays(): Promise<void> {
    if (!this.strays) return;
    for (let ms = 1; this.strays.suspects(this.stage.others(this)).length > 0; ms = Math.min(ms * 2, 50)) {
      await this.stage.making.quiet();
      if (this.strays.kill(this.stage.others(this)) === 0) return;
      // An orphan's children become the keeper's when it dies: again, until there are none.
      await delay(ms);
    }
  }
}
