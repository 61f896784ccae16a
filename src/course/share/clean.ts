/** Text from another user's program: nothing in it may steer the terminal on which it is shown. */

const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** The same value without control characters in its strings; tabs and newlines stay. */
export function clean<T>(value: T): T {
  return cleaned(value) as T;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(CONTROL, '');
  if (Array.isArray(value)) return value.map(cleaned);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key.replace(CONTROL, ''), cleaned(one)]));
}
