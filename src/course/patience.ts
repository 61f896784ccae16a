/**
 * How much slower than usual this machine is: every limit for a command that hangs is that much longer. 1 where
 * GLASSBOX_PATIENCE is not set or is no number from 1 to 100. Judgments do not depend on it.
 */
export function patience(env: NodeJS.ProcessEnv = process.env): number {
  const text = env.GLASSBOX_PATIENCE ?? '';
  const factor = /^\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : 1;
  return factor >= 1 && factor <= 100 ? factor : 1;
}
