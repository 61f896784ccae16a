/** A session that says what a test tells it to say, and remembers what the screen asked of it. */
import type {Event, EventBody, Lab, Session, ShowEvent, Side, Typist} from '../../../src/course/index.ts';
import type {Facts, JournalEntry, TerminalSize} from '../../../src/engine/index.ts';

export class FakeSession implements Session {
  readonly lab: Lab;
  readonly events: Event[] = [];
  /** Method name and arguments, in order. */
  readonly calls: [name: string, ...args: unknown[]][] = [];
  /** Called for each request, so that a test can answer it. */
  onCall: (name: string, ...args: unknown[]) => void = () => {};
  private readonly listeners = new Set<(event: Event) => void>();
  private waiting: (() => void)[] = [];
  private seq = 0;

  constructor(lab: Lab) {
    this.lab = lab;
  }

  emit(...bodies: EventBody[]): void {
    for (const body of bodies) {
      const event = {...body, seq: this.seq, ms: this.seq++} as Event;
      if (event.type !== 'bytes') this.events.push(event);
      for (const listener of this.listeners) listener(event);
    }
  }

  print(side: Side, text: string): void {
    this.emit({type: 'bytes', side, data: Buffer.from(text)});
  }

  /** Arguments of every call of `name`. */
  asked(name: string): unknown[][] {
    return this.calls.filter(([one]) => one === name).map(([, ...args]) => args);
  }

  /** Resolves once `name` was asked `count` times in all; a test's own time limit ends the waiting. */
  async whenAsked(name: string, count = 1): Promise<void> {
    while (this.asked(name).length < count) await new Promise<void>(resolve => this.waiting.push(resolve));
  }

  /** Resolves once the learner's bytes to a side are `text`. */
  async whenTyped(side: Side, text: string): Promise<void> {
    while (this.typed(side).length < text.length) await new Promise<void>(resolve => this.waiting.push(resolve));
  }

  /** What the learner typed into a side, as one string. */
  typed(side: Side): string {
    return this.asked('type')
      .filter(([to, , options]) => to === side && !(options as {emulator?: boolean} | undefined)?.emulator)
      .map(([, data]) => Buffer.from(data as Uint8Array).toString())
      .join('');
  }

  onEvent(listener: (event: Event) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async call(name: string, ...args: unknown[]): Promise<void> {
    this.calls.push([name, ...args]);
    this.onCall(name, ...args);
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  start = () => this.call('start');
  advance = () => this.call('advance');
  next = () => this.call('next');
  back = () => this.call('back');
  goTo = (step: string, ...how: unknown[]) => this.call('goTo', step, ...how);
  xray = (pid: number | null) => void this.call('xray', pid);
  resetStep = () => this.call('resetStep');
  resetLab = () => this.call('resetLab');
  solution = (check: string, run: boolean) => this.call('solution', check, run);
  ablate = (container: string, without: string) => this.call('ablate', container, without);
  /** As a session does: what is shown goes into the stream. */
  show = (event: ShowEvent) => this.emit(event);
  typist: Typist | undefined;
  setTypist = (typist: Typist | undefined) => {
    this.typist = typist;
  };
  refresh = () => this.call('refresh');
  end = (reason: 'finished' | 'left' | 'failed') => this.call('end', reason);
  predict = (id: string, choice: string | null) => void this.call('predict', id, choice);
  hint = (check?: string) => void this.call('hint', check);
  pause = (side: Side) => void this.call('pause', side);
  resume = (side: Side) => void this.call('resume', side);
  resize = (side: Side, size: TerminalSize) => void this.call('resize', side, size);
  type = (side: Side, data: Uint8Array | string, options?: {emulator?: boolean}) =>
    void this.call('type', side, typeof data === 'string' ? Buffer.from(data) : data, options);
}

const uts = (id: bigint) => ({uts: id, pid: 4026531836n});

/** Facts of a side: enough for the screens. */
export function factsOf(hostname: string, utsId: bigint, pid: bigint): Facts {
  return {hostname, pid, nspid: pid, ns: uts(utsId)};
}

export function entry(call: string, args: string[], patch: Partial<JournalEntry> = {}): JournalEntry {
  return {who: 'child', call, args, result: 0n, startNs: 0n, durationNs: 210_000n, purpose: '', ...patch};
}

/** The stage stands, the host's terminal is open, and the first step waits for its container. */
export function begin(session: FakeSession): void {
  session.emit(
    {
      type: 'session-started',
      lab: 'uts',
      labDir: '',
      version: '0',
      kernel: '6.1.0',
      stage: 'private',
      seed: 's',
      vars: {name: 'tiger'},
      root: true,
    },
    {type: 'stage-ready', keeperPid: 100, dir: '/run/x', journal: []},
    {type: 'terminal-opened', side: 'host', cols: 58, rows: 10},
    {type: 'facts', sides: {host: factsOf('vm', 1001n, 200n)}, changed: ['host']},
    {type: 'step-entered', step: 'name', index: 0, of: 2},
    {type: 'pending', block: {kind: 'container', id: 'box', at: 1}},
    {
      type: 'check',
      id: 'renamed',
      verdict: 'cannot-judge',
      reason: {code: 'no-container', params: {id: 'box'}},
      values: {},
    },
  );
  session.print('host', 'host# ');
}

/** The container runs, and its terminal is open; the prediction is asked. */
export function containerUp(session: FakeSession): void {
  session.emit(
    {type: 'container-started', id: 'box', pid: 300},
    {type: 'terminal-opened', side: 'box', cols: 58, rows: 10},
    {
      type: 'journal',
      who: 'box',
      entries: [
        entry('clone3', ['{flags=CLONE_NEWUTS}', '88'], {who: 'keeper', result: 300n}),
        entry('execve', ['"/bin/sh"', '["sh"]']),
      ],
    },
    {type: 'facts', sides: {host: factsOf('vm', 1001n, 200n), box: factsOf('vm', 1002n, 300n)}, changed: ['box']},
    {type: 'check', id: 'renamed', verdict: 'fail', values: {'box.hostname': 'vm'}},
    {type: 'prediction-asked', id: 'who'},
    {type: 'pending', block: {kind: 'predict', id: 'who', at: 2}},
  );
  session.print('box', 'box# ');
}
