/** A vitest reporter for guests: one line of JSON for each file of tests, as soon as it has ended. */
import type {Reporter, TestModule} from 'vitest/node';

export interface ModuleResult {
  /** Relative to the project. */
  file: string;
  passed: number;
  skipped: number;
  failed: {name: string; message: string}[];
}

export default class ModuleReporter implements Reporter {
  onTestModuleEnd(module: TestModule): void {
    const result: ModuleResult = {
      file: module.relativeModuleId,
      passed: 0,
      skipped: 0,
      failed: module.errors().map(({message}) => ({name: 'the file itself', message})),
    };
    for (const test of module.children.allTests()) {
      const {state, errors} = test.result();
      if (state === 'passed') result.passed += 1;
      else if (state === 'failed') result.failed.push({name: test.fullName, message: errors[0]?.message ?? ''});
      else result.skipped += 1;
    }
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
}
