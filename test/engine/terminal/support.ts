/** Real shells on a real stage, and waiting for what they say instead of sleeping. */
import {
  type CommandEvent,
  type Engine,
  type EngineError,
  installShellFiles,
  type NamespaceSpec,
  openEngine,
  Shell,
  type ShellKind,
  type Stage,
  shellProcess,
} from '../../../src/engine/index.ts';

type Finished = CommandEvent & {phase: 'finished'};

export interface TestShell {
  shell: Shell;
  /** In the machine's PID namespace. */
  pid: number;
  events: CommandEvent[];
  /** The next end of this command, or the one that was not asked for yet. */
  finished(command: string): Promise<Finished>;
  /** The next command that begins. */
  typed(): Promise<CommandEvent>;
}

export interface ShellStage {
  stage: Stage;
  /** With `namespaces`: in a container. */
  open(kind: ShellKind, namespaces?: NamespaceSpec[]): Promise<TestShell>;
  /** Kills the shells of this test. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

const nonce = 'test0nce';

export async function shellStage(): Promise<ShellStage> {
  const engine: Engine = await openEngine();
  const stage = await engine.stage();
  installShellFiles(stage, {nonce, root: true});
  let count = 0;
  const opened: {shell: Shell; kill(): Promise<unknown>}[] = [];
  return {
    stage,
    async open(kind, namespaces) {
      const id = `shell-${count++}`;
      const spec = shellProcess(kind, {nonce, dir: stage.dir, root: true});
      const process = namespaces
        ? await stage.run(id, {process: spec, linux: {namespaces}})
        : await stage.spawn(id, spec);
      const shell = new Shell(process.terminal!, {nonce, rootPid: process.pid});
      opened.push({
        shell,
        async kill() {
          try {
            process.signal('SIGKILL');
          } catch (error) {
            if ((error as EngineError).code !== 'process.gone') throw error;
          }
          await process.wait();
          process.terminal!.close();
        },
      });
      return {shell, pid: process.pid, ...follow(shell)};
    },
    async clear() {
      for (const one of opened.splice(0)) {
        one.shell.dispose();
        await one.kill();
      }
    },
    close: () => engine.close(),
  };
}

function follow(shell: Shell): Omit<TestShell, 'shell' | 'pid'> {
  const events: CommandEvent[] = [];
  const ends: Finished[] = [];
  const waiting = new Set<() => void>();
  shell.onCommand(event => {
    events.push(event);
    if (event.phase === 'finished') ends.push(event);
    for (const wake of waiting) wake();
  });
  const next = () =>
    new Promise<void>(resolve => {
      const wake = () => {
        waiting.delete(wake);
        resolve();
      };
      waiting.add(wake);
    });
  return {
    events,
    async finished(command) {
      for (;;) {
        const index = ends.findIndex(one => one.command === command);
        if (index >= 0) return ends.splice(index, 1)[0]!;
        await next();
      }
    },
    async typed() {
      const seen = events.length;
      for (;;) {
        const event = events.slice(seen).find(one => one.phase === 'typed');
        if (event) return event;
        await next();
      }
    },
  };
}

/** Resolves when the shell's state makes `done` true. */
export function until(shell: Shell, done: () => boolean): Promise<void> {
  return new Promise(resolve => {
    if (done()) return resolve();
    const stop = shell.onState(() => {
      if (!done()) return;
      stop();
      resolve();
    });
  });
}

/** Resolves when the terminal has shown `text` from now on. */
export function prints(shell: Shell, text: string): Promise<void> {
  return new Promise(resolve => {
    let seen = '';
    const stop = shell.terminal.onData(data => {
      seen += data.toString();
      if (!seen.includes(text)) return;
      stop();
      resolve();
    });
  });
}

/** Resolves at the next prompt, also where the shell was at one already. */
export function nextPrompt(shell: Shell): Promise<void> {
  return new Promise(resolve => {
    const stop = shell.onState(state => {
      if (state !== 'idle') return;
      stop();
      resolve();
    });
  });
}
