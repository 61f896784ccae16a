/**
 * `npm run fuzz -- --minutes N`: fuzzes the native decoder, interpreter and keeper (native/fuzz), half of the time each.
 * Exit status 3: there is no clang with libFuzzer here.
 */
import path from 'node:path';
import {parseArgs} from 'node:util';
import {$} from 'zx';

const usage = 'Usage: npm run fuzz -- [--minutes N]    (N: more than 0, 1 by default)';
$.verbose = false;
$.stdio = ['ignore', 'inherit', 'inherit'];

/** Seconds to fuzz for; undefined: the command line is none. */
function seconds(): number | undefined {
  try {
    const {values} = parseArgs({options: {minutes: {type: 'string', default: '1'}}});
    const minutes = Number(values.minutes);
    return minutes > 0 && minutes <= 7 * 24 * 60 ? Math.ceil(minutes * 60) : undefined;
  } catch {
    return undefined;
  }
}

async function main(): Promise<number> {
  const time = seconds();
  if (time === undefined) {
    console.error(usage);
    return 2;
  }
  const able = await $({
    input: 'int LLVMFuzzerTestOneInput(const char *d, unsigned long n) { return (int)(n + !d) * 0; }',
    stdio: ['pipe', 'ignore', 'ignore'],
  })`clang -fsanitize=fuzzer,address,undefined -x c -o /dev/null -`.nothrow();
  if (able.exitCode !== 0) {
    console.error(
      'The fuzzers need clang with libFuzzer, which is not here. On Debian: apt-get install clang libclang-rt-14-dev',
    );
    return 3;
  }
  // Plans as the engine makes them today, beside the kept corpus: what it no longer makes is still tried.
  await $`${process.execPath} ${path.join(import.meta.dirname, 'seeds.ts')} native/build/fuzz/seeds`;
  return (await $`make -s -C native fuzz TIME=${time}`.nothrow()).exitCode ?? 1;
}

process.exitCode = await main();
