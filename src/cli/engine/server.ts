/** What a supervisor answers on its socket: one request per connection. */
import {chmodSync} from 'node:fs';
import {createServer, type Server, type Socket} from 'node:net';
import {type ExitStatus, errorInfo, type Process, type ProcessSpec, type Resources} from '../../engine/index.ts';
import {CliFailure} from '../failure.ts';
import type {Box} from './box.ts';
import type {Details, Happening} from './events/types.ts';
import {cannot} from './failure.ts';
import {inspect, statistics} from './inspect.ts';
import {OwnProcess} from './running.ts';
import type {BoxStatus, Entry} from './types.ts';
import {KIND, onFrames, parseJson, sendFrame, sendJson} from './wire.ts';

/** What a request is about; filled as the container comes and goes. */
export interface Supervised {
  entry: Entry;
  box?: Box;
  status(): BoxStatus;
  /** What it printed, where it is detached. */
  log(): Buffer;
  /** Resolves when it has ended and everything is taken down. */
  over: Promise<BoxStatus>;
  /** To whoever listens. */
  tell(event: Happening, details?: Details): void;
  /** Connects with whoever listens. */
  greet(): void;
  /** Kills it, takes everything down, forgets it. */
  remove(): Promise<void>;
}

type Params = Record<string, unknown>;
type Method = (it: Supervised, params: Params) => Promise<unknown>;

function boxOf({box, entry, status}: Supervised): Box {
  if (!box) throw cannot('state', {name: entry.name, state: status().state, expected: 'running'});
  return box;
}

function groupOf(it: Supervised): Box {
  const box = boxOf(it);
  if (!box.grouped) {
    const {name} = it.entry;
    throw box.job.asItIs ? cannot('bundle.no-group', {name}) : cannot('no-group', {name});
  }
  return box;
}

const METHODS: Readonly<Record<string, Method>> = {
  status: async it => it.status(),
  inspect: async it => inspect(it.entry, boxOf(it), it.status()),
  stats: async it => {
    const box = groupOf(it);
    return statistics((await box.stage.facts(it.entry.id)) ?? {});
  },
  kill: async (it, {signal}) => boxOf(it).signal(typeof signal === 'number' ? signal : String(signal)),
  pause: async it => groupOf(it).pause(),
  unpause: async it => groupOf(it).unpause(),
  // The engine judges what comes: whoever may connect may do as much with an engine of his own.
  update: async (it, {resources}) => groupOf(it).container.update(resources as Resources),
  logs: async it => it.log().toString('base64'),
  wait: async it => it.over,
  greet: async it => it.greet(),
  remove: async it => it.remove(),
};

/** Errors as data: those of the engine, and those with words of the command's. */
function failureOf(error: unknown): Record<string, unknown> {
  if (error instanceof CliFailure) return {failure: {code: error.code, params: error.params, status: error.status}};
  const {code, params, call} = errorInfo(error);
  return {error: {code, params, call}};
}

/** Listens at a socket that only this user may open. Rejects with the system's error. */
export async function serve(file: string, it: Supervised): Promise<Server> {
  const server = createServer(socket => answer(socket, it));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(file, resolve);
  });
  chmodSync(file, 0o600);
  // It ends with the container, not with whoever still asks.
  server.unref();
  return server;
}

function answer(socket: Socket, it: Supervised): void {
  let asked = false;
  let session: Session | undefined;
  socket.on('error', () => {});
  socket.on('close', () => session?.left());
  onFrames(socket, (kind, content) => {
    if (asked) {
      session?.hear(kind, content);
      return;
    }
    asked = true;
    const {method = '', params = {}} = parseJson(content) ?? {};
    if (method === 'exec') {
      session = new Session(socket, it, params as Params);
      return;
    }
    const carryOut = METHODS[String(method)];
    const result = carryOut ? carryOut(it, params as Params) : Promise.reject(cannot('protocol'));
    result.then(
      ok => void sendJson(socket, {ok: ok ?? null}),
      error => void sendJson(socket, failureOf(error)),
    );
  });
}

/** Columns or rows of a terminal: struct winsize has 16 bits for each (ioctl_tty(2)). */
const isSide = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) > 0 && Number(value) < 65536;

/** A further process inside, for the one who asked: with whom it goes. */
class Session {
  private readonly socket: Socket;
  private process: Process | undefined;
  private running: OwnProcess | undefined;
  private gone = false;
  /** What came before the process was there. */
  private early: (() => void)[] = [];

  constructor(socket: Socket, it: Supervised, {process}: Params) {
    this.socket = socket;
    this.start(it, process as ProcessSpec).catch(error => {
      sendJson(socket, failureOf(error));
      socket.end();
    });
  }

  private async start(it: Supervised, spec: ProcessSpec): Promise<void> {
    const box = boxOf(it);
    // In a frozen group it would freeze, and whoever waits for it too.
    box.check('running');
    this.process = await box.container.exec(spec);
    it.tell('exec', {pid: this.process.pid, command: spec.args});
    const running = new OwnProcess(this.process);
    this.running = running;
    if (this.gone) this.left();
    sendJson(this.socket, {ok: {pid: this.process.pid}});
    running.output((stream, data) => {
      if (sendFrame(this.socket, stream, data)) return;
      running.pause();
      this.socket.once('drain', () => running.resume());
    });
    for (const act of this.early.splice(0)) act();
    const exit: ExitStatus = await running.done;
    this.process.terminal?.close();
    sendJson(this.socket, {exit});
    this.socket.end();
  }

  hear(kind: number, content: Buffer): void {
    if (!this.running) {
      const copy = Buffer.from(content);
      this.early.push(() => this.hear(kind, copy));
      return;
    }
    if (kind === KIND.stdin) {
      if (content.length === 0) this.running.endInput();
      else {
        // Never by pausing the socket: signals come by it too, and its end.
        const took = (): void => void sendJson(this.socket, {took: content.length});
        if (this.running.write(content, took)) took();
      }
      return;
    }
    const {resize, signal, hangUp} = parseJson(content) ?? {};
    if (hangUp === true) this.running.hangUp();
    if (typeof signal === 'string') this.running.signal(signal);
    const {cols, rows} = (resize ?? {}) as {cols?: unknown; rows?: unknown};
    if (isSide(cols) && isSide(rows)) this.running.resize({cols, rows});
  }

  /** Whoever asked for it has gone: it must not stay behind. */
  left(): void {
    this.gone = true;
    this.running?.signal('SIGKILL');
    // What it still has to say is heard by nobody, but must be read for its end to come.
    this.running?.resume();
  }
}
