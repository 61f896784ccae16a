import {defineConfig} from 'vitest/config';
import {patience} from './src/course/patience.ts';

// Live tests look at the whole machine before and after (processes, mounts, host name), so they run one file at a time.
const live = ['test/engine/**/*.test.ts', 'test/course/{session,run,verify,progress,rehearse}/**/*.test.ts', 'test/course/quiz/live*.test.ts', 'test/cli/**/*.test.ts', 'test/flows/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {name: 'pure', include: ['test/**/*.test.{ts,tsx}'], exclude: live, testTimeout: 20_000},
      },
      {
        extends: true,
        test: {name: 'live', include: live, fileParallelism: false, testTimeout: 60_000 * patience(), hookTimeout: 60_000 * patience()},
      },
    ],
    pool: 'forks',
    reporters: ['default'],
    env: {GLASSBOX_TEST: '1'},
    expect: {poll: {timeout: 1000 * patience()}},
  },
});
