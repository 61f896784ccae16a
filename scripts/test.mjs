// Runs every kind of test and adds up what each runner itself counted. Nothing is assumed: a runner that leaves no
// count is a failure, and so is one that ends badly without having counted a failed test.
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {$, chalk} from 'zx';

$.verbose = false;
const total = {passed: 0, failed: 0, skipped: 0};
const scratch = mkdtempSync(path.join(tmpdir(), 'glassbox-test-'));
const only = process.argv.slice(2);

/** Runs a command with its output shown; its exit status decides together with what it counted. */
async function shown(title, run, count) {
  console.log(chalk.bold(`\n── ${title}`));
  const began = Date.now();
  const result = await run().nothrow();
  const counted = count(result);
  if (!counted) {
    console.log(`${title}: left no count (status ${result.exitCode})`);
    total.failed += 1;
  } else {
    if (result.exitCode !== 0 && counted.failed === 0 && !counted.excused) counted.failed = 1;
    total.passed += counted.passed;
    total.failed += counted.failed;
    total.skipped += counted.skipped;
    console.log(
      `${title}: ${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped, ${((Date.now() - began) / 1000).toFixed(1)} s`,
    );
  }
}

/** A check that is one test: it passes by its exit status. */
const single = result =>
  result.exitCode === 0 ? {passed: 1, failed: 0, skipped: 0} : {passed: 0, failed: 1, skipped: 0};

/** Shows the output while it also is kept for counting. */
function watched(run) {
  run.stdout.on('data', data => process.stdout.write(data));
  return run;
}

const live = $({stdio: ['ignore', 'inherit', 'inherit']});

if (only.length === 0) {
  await shown('types', () => live`npx --no-install tsc --noEmit`, single);
  await shown('style and lint', () => live`npx --no-install biome check .`, single);
  await shown(
    'native tests',
    () => watched($`make -s -C native check 2>&1`),
    result => {
      const lines = result.stdout.split('\n');
      const passed = lines.filter(line => /^ok\b/.test(line)).length;
      const failed = lines.filter(line => /^not ok\b/.test(line)).length;
      return passed + failed > 0 ? {passed, failed, skipped: 0} : undefined;
    },
  );
  // Two minutes of fuzzing count as one test.
  await shown(
    'native fuzzing',
    () => live`sh scripts/node.sh scripts/fuzz/main.ts --minutes 2`,
    result => (result.exitCode === 3 ? {passed: 0, failed: 0, skipped: 1, excused: true} : single(result)),
  );
  await shown('native for arm64, cross-compiled', () => live`make -s -C native arm64`, single);
}

const report = path.join(scratch, 'vitest.json');
await shown(
  'vitest',
  () => live`npx --no-install vitest run --reporter=default --reporter=json --outputFile.json=${report} ${only}`,
  () => {
    try {
      const json = JSON.parse(readFileSync(report, 'utf8'));
      // A file that cannot even be loaded has no tests to count, yet it is a failure.
      const broken = json.testResults.filter(
        file => file.status === 'failed' && file.assertionResults.length === 0,
      ).length;
      return {
        passed: json.numPassedTests,
        failed: json.numFailedTests + broken,
        skipped: json.numPendingTests + json.numTodoTests,
      };
    } catch {
      return undefined;
    }
  },
);

if (only.length === 0) {
  await shown(
    'labs in guests',
    // In this group of processes, so that Ctrl-C reaches them all. What guests tell of themselves is for `npm run test:vm`.
    () => watched($({detached: false})`sh scripts/vm/test.sh labs 2>&1`),
    result => {
      const [, ...counts] =
        /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(result.stdout.trimEnd().split('\n').at(-1)) ?? [];
      const [passed, failed, skipped] = counts.map(Number);
      return counts.length > 0 ? {passed, failed, skipped} : undefined;
    },
  );
}

rmSync(scratch, {recursive: true, force: true});
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
