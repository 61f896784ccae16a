/** What a stage that lives writes into its ledger: who would have to be killed, and which devices removed, if all of us were. */
import path from 'node:path';
import type {EngineContainer} from './container.ts';
import type {Keeper} from './keeper.ts';
import {type Ledger, markOf, writeLedger} from './ledger.ts';
import {mountNamespaceId} from './library.ts';
import {planNetworkUndo} from './network/index.ts';
import {encode} from './plan/encode.ts';
import {namespacesOf} from './plan/namespaces.ts';
import type {Plan} from './plan/types.ts';

/** Key of the keeper's undo plan for networks; the stage's own is 1. */
const networkKey = 2;

/** What a container's processes are known by, should all of us be killed. */
interface Sign {
  first: Ledger['processes'][number];
  /** Id of a mount namespace that was made for it. */
  mounts: string | undefined;
}

export class Notes {
  private readonly ledger: Ledger;
  private readonly keeper: Keeper;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private readonly signs = new WeakMap<EngineContainer, Sign>();
  /** The undoing of everything else. */
  private undo: Plan | undefined;

  constructor(ledger: Ledger, keeper: Keeper) {
    this.ledger = ledger;
    this.keeper = keeper;
  }

  private write(): void {
    writeLedger(path.dirname(this.ledger.dir), this.ledger);
  }

  /**
   * Kept for as long as the container is there: its first process may be dead, of the keeper's death even before we hear
   * of that, while its daemons live.
   */
  private signOf(container: EngineContainer): Sign | undefined {
    const known = this.signs.get(container);
    if (known || container.state === 'creating' || container.state === 'stopped') return known;
    const first = markOf(container.pid);
    if (!first) return undefined;
    // Only those that were made for a container: a joined one has innocent processes.
    const own = namespacesOf(container.spec).fresh.has('mount');
    const sign = {first, mounts: own ? mountNamespaceId(container.pid) : undefined};
    this.signs.set(container, sign);
    return sign;
  }

  /** Notes what the containers' daemons would be known by. Not at once: most containers are gone before. */
  containers(all: () => Iterable<EngineContainer>): void {
    if (this.stopped) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (this.stopped || this.keeper.isLost) return;
      const signs = [...all()].map(c => this.signOf(c)).filter(sign => sign !== undefined);
      this.ledger.mountNamespaces = signs.map(sign => sign.mounts).filter(id => id !== undefined);
      this.ledger.processes = signs.map(sign => sign.first);
      this.write();
    }, 20).unref();
  }

  /** Notes what is about to be made on the machine itself, or is gone from it: bridges, and the session's table. */
  async networks(bridges: readonly string[], table: string): Promise<void> {
    this.undo ??= this.ledger.undo;
    const main = bridges.length === 0 ? [] : planNetworkUndo(bridges, table);
    this.ledger.undo = {...this.undo, main: [...main, ...this.undo.main]};
    this.write();
    await this.keeper.dropUndo(networkKey);
    if (main.length > 0) await this.keeper.pushUndo(networkKey, 1, encode({main}));
  }

  /** The ledger is about to go. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }
}
