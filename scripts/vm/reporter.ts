/** Each test as it ends, and after them: what was not run and why, and the true count as the last line. */
import {type TestCase, type TestModule, VerboseReporter} from 'vitest/node';

export default class CountReporter extends VerboseReporter {
  override onTestRunEnd(...args: Parameters<VerboseReporter['onTestRunEnd']>): void {
    super.onTestRunEnd(...args);
    const modules = args[0] as readonly TestModule[];
    const tests = modules.flatMap(module => [...module.children.allTests()]);
    const is = (state: string) => tests.filter(test => test.result().state === state);
    // A file that cannot even be loaded has no tests to count, yet it is a failure; and so is an error outside of tests.
    const broken = modules.filter(module => module.errors().length > 0).length + args[1].length;
    const skipped = tests.filter(test => ['skipped', 'pending'].includes(test.result().state));
    for (const [why, names] of reasons(skipped)) this.ctx.logger.log(`not run: ${names.join(', ')}: ${why}`);
    this.ctx.logger.log(
      `${is('passed').length} passed, ${is('failed').length + broken} failed, ${skipped.length} skipped`,
    );
  }
}

function reasons(skipped: readonly TestCase[]): Map<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const test of skipped) {
    const result = test.result();
    const why = (result.state === 'skipped' && result.note) || 'no reason was given';
    grouped.set(why, [...(grouped.get(why) ?? []), test.fullName]);
  }
  return grouped;
}
