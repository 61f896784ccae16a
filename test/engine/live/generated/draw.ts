/** Words of which generators are made. */
import fc from 'fast-check';

/** What the specifications may name of the machine. */
export interface Places {
  /** A root with /bin/true, /proc, /dev, /sys, /tmp and /etc/file. */
  root: string;
  /** A folder to be shown. */
  shared: string;
  /** PID of a container with namespaces of its own, and its id. */
  peer: {pid: number; id: string};
  /** What the stage can limit, by v2's names, and the version of each. */
  versions: Readonly<Record<string, 1 | 2>>;
  /** One that can be throttled. */
  disk?: {major: number; minor: number};
}

export const some = <T>(list: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...list);
export const few = <T>(list: readonly T[], least = 0, most = 3): fc.Arbitrary<T[]> =>
  fc.subarray([...list], {minLength: least, maxLength: Math.min(most, list.length)});
export const flag = fc.boolean();
/** Almost always one of the first: what a kernel refuses must not hide the rest. */
export const mostly = <T>(list: readonly T[], refused: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({weight: 40, arbitrary: some(list)}, {weight: 1, arbitrary: some(refused)});
/** With each key or without it. */
export const maybe = <T extends object>(shape: {[K in keyof T]: fc.Arbitrary<T[K]>}): fc.Arbitrary<Partial<T>> =>
  fc.record(shape, {requiredKeys: []}) as fc.Arbitrary<Partial<T>>;
/** Without what is undefined. */
export const without = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
