// Tests that boot guests: `npm run test:vm`. Not among the projects of the root's configuration, for they take minutes.
import {defineConfig} from 'vitest/config';

const full = process.env.GLASSBOX_VM_FULL === '1';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/vm/*.vm.ts', ...(full ? ['test/vm/full/*.vm.ts'] : [])],
    // Both processors are a guest's.
    fileParallelism: false,
    // A guest that takes too long is ended by its own limit, which says more.
    testTimeout: 3 * 3600_000,
    hookTimeout: 3 * 3600_000,
    pool: 'forks',
  },
});
