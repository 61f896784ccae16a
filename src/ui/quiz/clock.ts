/** Time that is left, as a clock shows it. */
const MINUTES = 60;

/** '1:02:03', '12:31': rounded up, so that 0:00 is the end. */
export function clock(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < MINUTES) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / MINUTES)}:${two(minutes % MINUTES)}:${two(seconds % 60)}`;
}
