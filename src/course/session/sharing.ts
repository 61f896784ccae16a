/** Samples follow each other closely and are all kept in the stream: what did not change is kept once. */

/**
 * The new value with every part that equals the old one replaced by it; the old value itself where nothing differs. Plain
 * data only: records, lists, and what === compares.
 */
export function shared<T>(old: unknown, fresh: T): T {
  if (old === fresh || typeof old !== 'object' || typeof fresh !== 'object' || old === null || fresh === null) {
    return fresh;
  }
  if (Array.isArray(old) !== Array.isArray(fresh)) return fresh;
  const before = old as Record<string, unknown>;
  const after = fresh as Record<string, unknown>;
  const keys = Object.keys(after);
  const parts = keys.map(key => shared(before[key], after[key]));
  if (keys.length === Object.keys(before).length && keys.every((key, i) => key in before && before[key] === parts[i])) {
    return old as T;
  }
  return (Array.isArray(fresh) ? parts : Object.fromEntries(keys.map((key, i) => [key, parts[i]]))) as T;
}
