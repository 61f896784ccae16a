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

export class Notes {
  private readonly ledger: Ledger;
  private readonly keeper: Keeper;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  /** The undoing of everything else. */
  private undo: Plan | undefined;

  constructor(ledger: Ledger, keeper: Keeper) {
    this.ledger = ledger;
    this.keeper = keeper;
  }

  private write(): void {
    writeLedger(path.dirname(this.ledger.dir), this.ledger);
  }

  /** Notes what the containers' daemons would be known by. Not at once: most containers are gone before. */
  containers(all: () => Iterable<EngineContainer>): void {
    if (this.stopped) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (this.stopped || this.keeper.isLost) return;
      const live = [...all()].filter(c => c.state !== 'creating' && c.state !== 'stopped');
      // Only those that were made for a container: a joined one has innocent processes.
      const own = live.filter(c => namespacesOf(c.spec).fresh.has('mount'));
      this.ledger.mountNamespaces = own.map(c => mountNamespaceId(c.pid)).filter(id => id !== undefined);
      this.ledger.processes = live.map(c => markOf(c.pid)).filter(mark => mark !== undefined);
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
