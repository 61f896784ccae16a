/** The place where a lab is played: one stage, the host's terminal, containers with theirs. Knows no steps and no checks. */
import {randomBytes} from 'node:crypto';
import {setTimeout as delay} from 'node:timers/promises';
import {
  type Container,
  type ContainerSpec,
  type Engine,
  EngineError,
  type Facts,
  installShellFiles,
  type Process,
  type Stage,
  type StageOptions,
  shellEnv,
  shellProcess,
  type TerminalSize,
} from '../../engine/index.ts';
import type {Typist} from '../demo/typist.ts';
import type {Side} from '../lab.ts';
import {infoOf} from './errors.ts';
import {type RunResult, SideTerminal} from './side.ts';
import type {Emit} from './stream.ts';

export type Sides = Record<Side, Facts | null>;

export interface SceneOptions extends StageOptions {
  kind: 'private' | 'real-host';
  /** Of terminals that `sizes` does not name; 80×24 by default. */
  size?: TerminalSize;
  /** As the screen has them now. */
  sizes?: ReadonlyMap<Side, TerminalSize>;
  /** Added to the environment of the host's shell. */
  env?: Record<string, string>;
  /** Ids of the containers that the lab may start: absent ones are null in a sample. */
  containers: readonly string[];
  /** Types what the lab types while somebody looks; undefined: all at once. */
  typist?: () => Typist | undefined;
  /** Told as soon as there is a stage, before anything runs on it. */
  onStage?: (stage: Stage) => void;
}

const DEFAULT_SIZE: TerminalSize = {cols: 80, rows: 24};
/** A program may close its terminal and live on. */
const ENDED_MS = 1000;
const SHELL = /^(.*\/)?(ba|da|a)?sh$/;

export class Scene {
  readonly stage: Stage;
  #options: SceneOptions;
  #emit: Emit;
  #nonce = randomBytes(12).toString('hex');
  #sides = new Map<Side, SideTerminal>();
  #sizes: Map<Side, TerminalSize>;
  #containers = new Map<string, Container>();
  #ends = new Map<string, Promise<void>>();
  #pids = new Set<number>();
  #shells = 0;
  #closed = false;

  private constructor(stage: Stage, options: SceneOptions, emit: Emit) {
    this.stage = stage;
    this.#options = options;
    this.#emit = emit;
    this.#sizes = new Map(options.sizes);
  }

  /**
   * Builds the stage and waits for the prompt of the host's terminal.
   * @throws EngineError where the engine cannot; nothing is left then
   */
  static async open(engine: Engine, options: SceneOptions, emit: Emit): Promise<Scene> {
    const {kind, hostname, mutate, controllers} = options;
    const stage = await engine.stage({
      kind,
      ...(hostname === undefined ? {} : {hostname}),
      ...(mutate ? {mutate} : {}),
      ...(controllers ? {controllers} : {}),
    });
    const scene = new Scene(stage, options, emit);
    options.onStage?.(stage);
    try {
      emit({type: 'stage-ready', keeperPid: stage.keeperPid, dir: stage.dir, journal: [...stage.journal]});
      installShellFiles(stage, {nonce: scene.#nonce, root: isRoot()});
      await scene.#openHost();
    } catch (error) {
      await scene.close();
      throw error;
    }
    return scene;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** PIDs of all that was started here, also of what has ended. */
  get pids(): ReadonlySet<number> {
    return this.#pids;
  }

  side(name: Side): SideTerminal | undefined {
    return this.#sides.get(name);
  }

  /** Ctrl-C wherever the lab waits for a command of its own. */
  interrupt(): void {
    for (const side of this.#sides.values()) if (side.waiting) side.shell?.interrupt();
  }

  running(id: string): boolean {
    return this.#containers.has(id);
  }

  /**
   * Starts a container and its terminal; one of the same name is removed first.
   * @throws EngineError where a call failed; its journal was emitted before
   */
  async start(id: string, spec: ContainerSpec, without?: string): Promise<void> {
    await this.remove(id);
    const isShell =
      spec.process.terminal === true && SHELL.test(spec.process.args[0] ?? '') && spec.process.args.length === 1;
    let container: Container;
    try {
      container = await this.stage.run(id, this.#dress(id, spec, isShell));
    } catch (error) {
      const journal = error instanceof EngineError ? error.info.journal : undefined;
      if (journal) this.#emit({type: 'journal', who: id, entries: [...journal]});
      throw error;
    }
    this.#containers.set(id, container);
    this.#pids.add(container.pid);
    this.#emit({type: 'container-started', id, pid: container.pid, ...(without === undefined ? {} : {without})});
    this.#emit({type: 'journal', who: id, entries: [...container.journal]});
    const side = this.#attach(id, container, isShell ? kindOf(spec) : null);
    const gone = container.wait().then(() => this.#gone(id, container));
    this.#ends.set(id, gone);
    await side?.shell?.ready();
  }

  /** Removes a container, if it is there. */
  async remove(id: string): Promise<void> {
    const container = this.#containers.get(id);
    if (!container) return;
    await container.remove();
    await this.#gone(id, container);
  }

  /**
   * Types a command into a side and waits until its prompt is back.
   * @param options.run id of the run block, for the events
   * @param options.watched somebody looks on: the typist types, where there is one
   * @returns undefined: that side has no terminal with a shell
   */
  async run(
    name: Side,
    command: string,
    options: {run?: string; enters?: boolean; timeoutMs?: number; watched?: boolean} = {},
  ): Promise<RunResult | undefined> {
    const side = this.#sides.get(name);
    if (!side?.open || !side.shell) return undefined;
    const {run, watched = false, ...rest} = options;
    const typist = watched ? this.#options.typist?.() : undefined;
    side.run = run;
    side.waiting = true;
    try {
      const result = await side.shell.run(command, {...rest, ...(typist && {typist})});
      // The terminal's end is heard before the process's: what comes next is to see the container gone.
      if (result.why === 'ended') await Promise.race([this.#ends.get(name), delay(ENDED_MS)]);
      return result;
    } finally {
      side.run = undefined;
      side.waiting = false;
    }
  }

  /** Facts of the host and of every container of the lab, read now. */
  async sample(): Promise<Sides> {
    const names = ['host', ...this.#options.containers];
    const read = async (name: Side): Promise<[Side, Facts | null]> => {
      if (name !== 'host' && !this.#containers.has(name)) return [name, null];
      return [name, (await this.stage.facts(name)) ?? null];
    };
    return Object.fromEntries(await Promise.all(names.map(read)));
  }

  /** Sides whose terminal has a shell at its prompt. */
  shells(): Side[] {
    return [...this.#sides].flatMap(([name, side]) => (side.open && side.shell?.state === 'idle' ? [name] : []));
  }

  /** Another shell takes the host's terminal; the one before lives on unseen, with its jobs. @param ready before its first byte */
  async renewHost(ready: () => void): Promise<void> {
    const old = this.#sides.get('host');
    this.#sides.delete('host');
    old?.leave();
    ready();
    await this.#openHost();
  }

  resize(name: Side, size: TerminalSize): void {
    this.#sizes.set(name, size);
    this.#sides.get(name)?.resize(size);
  }

  /** Ends everything here and waits until nothing is left. Safe to call twice. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const side of this.#sides.values()) side.close();
    await this.stage.close();
  }

  async #openHost(): Promise<void> {
    const {env = {}} = this.#options;
    const root = isRoot();
    const entries = Object.entries({LANG: 'C.UTF-8', ...env}).map(([name, value]) => `${name}=${value}`);
    const spec = shellProcess('bash', {nonce: this.#nonce, dir: this.stage.dir, root, env: entries});
    const shell = await this.stage.spawn(`shell-${++this.#shells}`, {...spec, consoleSize: this.#consoleSize('host')});
    this.#pids.add(shell.pid);
    this.#emit({type: 'journal', who: 'host', entries: [...shell.journal]});
    const side = this.#attach('host', shell, 'bash');
    // A learner's `exit` ends the host's shell; the lab needs one, so the next takes its place.
    void shell
      .wait()
      .then(async () => {
        side?.close();
        if (!this.#closed && this.#sides.get('host') === side) await this.#openHost();
      })
      .catch(
        error =>
          this.#closed || this.#emit({type: 'error', error: infoOf(error), where: 'host-terminal', fatal: false}),
      );
    await side?.shell?.ready();
  }

  #attach(name: Side, process: Process, kind: 'bash' | 'sh' | null): SideTerminal | undefined {
    const terminal = process.terminal;
    if (!terminal) return undefined;
    const shell = kind && {kind, nonce: this.#nonce, pid: process.pid};
    const side = new SideTerminal({name, terminal, shell, emit: this.#emit});
    this.#sides.set(name, side);
    return side;
  }

  /** Once for each container, however it went: by itself, or removed by us. */
  async #gone(id: string, container: Container): Promise<void> {
    if (this.#containers.get(id) !== container) return;
    this.#containers.delete(id);
    this.#sides.get(id)?.close();
    this.#sides.delete(id);
    if (!this.#closed) this.#emit({type: 'container-gone', id, status: await container.wait()});
    await container.remove();
  }

  /** The container's shell gets the environment that makes its prompts tell when a command ends, and the screen's size. */
  #dress(id: string, spec: ContainerSpec, isShell: boolean): ContainerSpec {
    const {process: program} = spec;
    if (program.terminal !== true) return spec;
    const sized = {...program, consoleSize: this.#consoleSize(id, program.consoleSize)};
    if (!isShell) return {...spec, process: sized};
    const kind = kindOf(spec);
    const home = kind === 'bash' ? [`HOME=${this.stage.dir}`] : [];
    const root = (program.user?.uid ?? 0) === 0;
    const env = shellEnv(kind, {nonce: this.#nonce, dir: '/', root, env: [...(program.env ?? []), ...home]});
    return {...spec, process: {...sized, env}};
  }

  #consoleSize(name: Side, wanted?: {height: number; width: number}): {height: number; width: number} {
    const size = this.#sizes.get(name) ?? this.#options.size;
    if (!size && wanted) return wanted;
    const {rows, cols} = size ?? DEFAULT_SIZE;
    return {height: rows, width: cols};
  }
}

/** bash reads our rc file from its home on the stage; in a root of its own it has none, and is followed as plain sh is. */
function kindOf(spec: ContainerSpec): 'bash' | 'sh' {
  return /(^|\/)bash$/.test(spec.process.args[0] ?? '') && !spec.root ? 'bash' : 'sh';
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
