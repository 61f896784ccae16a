/** The session's host side: a keeper that lives in namespaces of its own, or on the machine itself. */
import {randomBytes} from 'node:crypto';
import {rmSync} from 'node:fs';
import {release} from 'node:os';
import path from 'node:path';
import {type Membership, membershipOf} from './cgroup/member.ts';
import {planStageGroupsUndo} from './cgroup/plan.ts';
import {checkDelegation, listed, settleGroups} from './cgroup/settle.ts';
import type {StageGroups} from './cgroup/trees.ts';
import {EngineContainer, type StageAccess} from './container.ts';
import {enter} from './enter.ts';
import {EngineError} from './errors.ts';
import {createFactReader, type FactReader} from './facts/read.ts';
import {readFilesystems} from './host/kernel.ts';
import {Keeper} from './keeper.ts';
import {type Ledger, ledgerFile, ledgerFolder, markOf, newLedger, writeLedger} from './ledger.ts';
import {Making} from './making.ts';
import {inNetwork, Networks} from './network/index.ts';
import {Notes} from './notes.ts';
import {encodeContainer} from './plan/cache.ts';
import {encode} from './plan/encode.ts';
import type {MutatePlan} from './plan/mutate.ts';
import {planStageUndo} from './plan/stage.ts';
import type {Plan} from './plan/types.ts';
import {type EngineProcess, launch} from './process.ts';
import {createProcessReader} from './processes.ts';
import {sightOf} from './program.ts';
import {prepareRoot} from './rootfs/prepare.ts';
import {checkId, checkRealHost, parseSpec} from './spec.ts';
import {buildStage} from './stage-build.ts';
import {factContextOf} from './stage-facts.ts';
import type {Others} from './strays.ts';
import {adoptOrphans} from './subreaper.ts';
import {reapOwn, sweepLedger, switchedByOthers} from './sweep.ts';
import type {
  Container,
  ContainerSpec,
  EngineErrorInfo,
  Facts,
  Journal,
  NamespaceType,
  Process,
  ProcessRow,
  ProcessSpec,
  Stage,
  StageOptions,
} from './types.ts';

const stageKey = 1;

export class EngineStage implements Stage, StageAccess {
  readonly id: string;
  readonly kind: 'private' | 'real-host';
  readonly dir: string;
  readonly keeper: Keeper;
  /** Whether setgroups(2) is possible; settled when the stage is built. */
  mayGroups: boolean;
  readonly marker: readonly string[];
  readonly mutate?: MutatePlan;
  private readonly ledger: Ledger;
  private readonly groups: StageGroups | undefined;
  private entries: Journal = [];
  private readonly containers = new Map<string, EngineContainer>();
  private readonly spawned = new Set<EngineProcess>();
  private readonly lostListeners = new Set<(why: EngineErrorInfo) => void>();
  private readonly reader: FactReader;
  private readonly family: () => ProcessRow[];
  readonly making = new Making();
  readonly networks: Networks;
  private closing: Promise<void> | undefined;
  private entered = 0;
  private readonly notes: Notes;

  private constructor(keeper: Keeper, ledger: Ledger, groups?: StageGroups, mutate?: MutatePlan) {
    this.groups = groups;
    if (mutate) this.mutate = mutate;
    this.keeper = keeper;
    this.ledger = ledger;
    this.id = ledger.id;
    this.kind = ledger.kind;
    this.dir = ledger.dir;
    this.notes = new Notes(ledger, keeper);
    const note = (bridges: readonly string[], table: string) => this.notes.networks(bridges, table);
    this.networks = new Networks({keeper, id: this.id, kind: this.kind, note});
    this.mayGroups = ledger.uid === 0;
    // On the machine itself nothing else tells our daemons from others.
    this.marker = ledger.kind === 'real-host' ? [`GLASSBOX_STAGE=${ledger.id}`] : [];
    this.reader = createFactReader(
      factContextOf(
        {id: this.id, kind: this.kind, dir: this.dir, keeperPid: keeper.pid, groups},
        keeper,
        this.containers,
      ),
    );
    this.family = createProcessReader({
      keeperPid: keeper.pid,
      containers: () => [...this.containers.values()],
      hostPids: () => this.livingPids(),
      making: () => this.making.busy,
    });
    keeper.onLost(why => void this.lost(why));
    adoptOrphans(keeper.ended);
  }

  /** Rejects with 'call.failed' (the whole journal with it), 'native.missing', 'stage.folder'; nothing is left then. */
  static async open(options: StageOptions = {}): Promise<EngineStage> {
    const {kind = 'private', controllers: wanted = []} = options;
    const folder = ledgerFolder();
    const id = randomBytes(4).toString('hex');
    const dir = path.join(folder, id);
    const delegated = checkDelegation(wanted);
    const undoing = (where: 'keeper' | 'engine', groups?: StageGroups): Plan =>
      planStageUndo(dir, ledgerFile(folder, id), folder, groups ? planStageGroupsUndo(groups, where) : []);
    const uid = process.getuid?.() ?? 0;
    const ledger = newLedger({id, kind, uid, dir, undo: undoing('engine')});
    writeLedger(folder, ledger);
    let keeper: Keeper | undefined;
    try {
      keeper = await Keeper.start();
      ledger.owners = [process.pid, keeper.pid, keeper.guardPid].map(markOf).filter(mark => mark !== undefined);
      const settling = {id, keeperPid: keeper.pid, wanted, others: () => switchedByOthers(folder, id)};
      const groups = delegated && (await settleGroups(delegated, settling));
      Object.assign(ledger, {...(groups && listed(groups)), undo: undoing('engine', groups)});
      writeLedger(folder, ledger);
      const stage = new EngineStage(keeper, ledger, groups, options.mutate);
      await stage.build(options, undoing('keeper', groups), uid);
      return stage;
    } catch (error) {
      await keeper?.quit();
      await sweepLedger(ledger);
      throw error;
    }
  }

  private async build(options: StageOptions, undo: Plan, uid: number): Promise<void> {
    await this.keeper.pushUndo(stageKey, 1, encode(undo));
    const user = uid === 0 ? undefined : {uid, gid: process.getgid?.() ?? uid};
    const {kind, dir, groups} = this;
    const built = await buildStage(this.keeper, {kind, dir, hostname: options.hostname, user, groups});
    this.entries = built.journal;
    this.mayGroups = built.mayGroups;
  }

  get journal(): Journal {
    return this.entries;
  }

  get keeperPid(): number {
    return this.keeper.pid;
  }

  private taken = (id: string): boolean =>
    this.containers.has(id) || [...this.spawned].some(p => p.id === id && !p.status);

  private checkOpen(): void {
    if (this.keeper.isLost) throw new EngineError({code: 'keeper.lost', params: {pid: this.keeper.pid}});
    if (this.closing) throw new EngineError({code: 'stage.closed', params: {id: this.id}});
  }

  spawn(id: string, process: ProcessSpec): Promise<Process> {
    return this.making.track(this.launchHere(id, process));
  }

  private async launchHere(id: string, process: ProcessSpec): Promise<Process> {
    this.checkOpen();
    checkId(id, this.taken);
    const spec = parseSpec({process});
    const {keeper, mayGroups, marker} = this;
    const {process: launched} = await launch(keeper, {
      id,
      process: spec.process,
      sight: sightOf(keeper.pid),
      plan: start => encodeContainer(spec, {...start, mayGroups, marker}),
    });
    this.spawned.add(launched);
    return launched;
  }

  async enter(target: number | string, namespaces: readonly NamespaceType[], process: ProcessSpec): Promise<Process> {
    this.checkOpen();
    const {keeper, mayGroups, marker} = this;
    const entry = {id: `enter.${++this.entered}`, target, namespaces, process, options: {mayGroups, marker}};
    const launched = await this.making.track(enter(keeper, entry, id => this.containers.get(id)));
    this.spawned.add(launched);
    return launched;
  }

  create(id: string, spec: ContainerSpec): Promise<Container> {
    return this.make(id, spec, true);
  }

  run(id: string, spec: ContainerSpec): Promise<Container> {
    return this.make(id, spec, false);
  }

  private async make(id: string, given: ContainerSpec, hold: boolean): Promise<Container> {
    this.checkOpen();
    // "host" is the name of the host side in facts and labs.
    checkId(id, taken => taken === 'host' || this.taken(taken));
    const spec = parseSpec(given);
    const joined = (one: ContainerSpec): ContainerSpec => inNetwork(one, name => this.containers.get(name));
    joined(spec); // refused, where it is, before folders are made
    if (this.kind === 'real-host') checkRealHost(spec);
    const base = `/proc/${this.keeper.pid}/root`;
    const hasAufs = (): boolean => readFilesystems(release()).includes('aufs');
    const rooted = joined(prepareRoot(spec, {id, dir: this.dir, base, hasAufs}));
    const container = new EngineContainer(this, id, rooted);
    this.containers.set(id, container);
    try {
      await container.launch(hold);
    } catch (error) {
      this.containers.delete(id);
      throw error;
    }
    return container;
  }

  container(id: string): Container | undefined {
    return this.containers.get(id);
  }

  removed(container: EngineContainer): void {
    if (this.containers.get(container.id) === container) this.containers.delete(container.id);
  }

  membership(id: string, spec: ContainerSpec): Membership | undefined {
    return membershipOf(this.keeper, this.groups, this.kind, id, spec);
  }

  /**
   * Notes on disk what a container's daemons would be known by, should everything be killed at once. Only where the
   * kernel would not kill them itself.
   */
  note(): void {
    this.notes.containers(() => this.containers.values());
  }

  others(than: EngineContainer): Others {
    const others = [...this.containers.values()].filter(c => c !== than);
    return {
      pids: new Set([...others.flatMap(c => c.pids()), ...this.livingPids()]),
      claim: pid => others.some(c => c.claims(pid)),
    };
  }

  /** Of what was started on the host side. */
  private livingPids(): number[] {
    return [...this.spawned].filter(p => !p.status).map(p => p.pid);
  }

  facts(who: string): Promise<Facts | undefined> {
    return this.reader.side(who);
  }

  async processes(): Promise<ProcessRow[]> {
    return this.keeper.isLost ? [] : this.family();
  }

  inspect(pid: number): Promise<Facts | undefined> {
    return this.reader.process(pid);
  }

  onLost(listener: (why: EngineErrorInfo) => void): () => void {
    this.lostListeners.add(listener);
    return () => this.lostListeners.delete(listener);
  }

  /** The keeper was killed. Where its guard died too, the rest is ours to sweep. */
  private async lost(why: EngineErrorInfo): Promise<void> {
    const pids = [...this.containers.values()].flatMap(c => c.pids()).concat([...this.spawned].map(p => p.pid));
    this.release();
    await sweepLedger(this.ledger).catch(() => {}); // the ledger stays: the next start tries again
    for (const pid of [...pids, this.keeper.pid]) reapOwn(pid);
    for (const listener of [...this.lostListeners]) listener(why);
  }

  private release(): void {
    this.notes.stop();
    for (const container of this.containers.values()) container.release();
    for (const process of this.spawned) process.release();
    this.spawned.clear();
  }

  close(): Promise<void> {
    this.closing ??= this.closeOnce();
    return this.closing;
  }

  private async closeOnce(): Promise<void> {
    this.notes.stop();
    await Promise.allSettled([...this.containers.values()].map(c => c.remove()));
    for (const process of this.spawned) process.kill();
    // What an ordinary user's stage on the machine itself has in its folder; a tmpfs goes with its mount.
    if (this.kind === 'real-host' && this.ledger.uid !== 0) rmSync(this.dir, {recursive: true, force: true});
    await this.keeper.quit();
    this.release();
    await sweepLedger(this.ledger);
  }
}
