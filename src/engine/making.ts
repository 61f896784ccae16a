/** Processes that are just being made: until the keeper has answered, nobody knows whose they are. */
export class Making {
  private readonly pending = new Set<Promise<void>>();

  /** Counts a process as being made until the promise settles; gives the promise back. */
  track<T>(process: Promise<T>): Promise<T> {
    const settled = process.then(
      () => {},
      () => {},
    );
    this.pending.add(settled);
    void settled.then(() => this.pending.delete(settled));
    return process;
  }

  get busy(): boolean {
    return this.pending.size > 0;
  }

  /** Resolves when no process is being made. */
  async quiet(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
  }
}
