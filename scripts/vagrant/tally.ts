/** Steps of a long run, told as they end, and counted. */

export interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

export class Tally {
  readonly count: Count = {passed: 0, failed: 0, skipped: 0};

  /** Runs a step; what it throws is its failure. @returns whether it passed */
  async step(name: string, run: () => Promise<void>): Promise<boolean> {
    const began = Date.now();
    const seconds = () => `${((Date.now() - began) / 1000).toFixed(0)} s`;
    try {
      await run();
      this.count.passed += 1;
      console.log(`ok      ${name} (${seconds()})`);
      return true;
    } catch (error) {
      this.count.failed += 1;
      console.log(
        `not ok  ${name} (${seconds()})\n${indented(error instanceof Error ? error.message : String(error))}`,
      );
      return false;
    }
  }

  /** Counts steps that could not be tried. */
  skip(name: string, why: string): void {
    this.count.skipped += 1;
    console.log(`skipped ${name}: ${why}`);
  }

  /** The last line of the run. */
  sum(): string {
    const {passed, failed, skipped} = this.count;
    return `${passed} passed, ${failed} failed, ${skipped} skipped`;
  }
}

const indented = (text: string) => text.replace(/^/gm, '        ');
