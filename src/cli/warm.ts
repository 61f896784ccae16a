/** One run after a build that loads every chunk, so that V8's code cache holds them all before the first learner comes. */

/** Loads what the screens and the commands load; starts nothing. */
export async function warm(): Promise<number> {
  await Promise.all([
    import('./learn.ts'),
    import('./program.ts'),
    import('./describe.ts'),
    import('../course/index.ts'),
    import('../engine/index.ts'),
    import('./commands/run.ts'),
    import('./commands/verify.ts'),
    import('./commands/labs.ts'),
  ]);
  const {flushCompileCache} = await import('node:module');
  flushCompileCache?.();
  return 0;
}
