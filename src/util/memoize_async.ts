/**
 * Returns a function that calls `load` once for each key and returns the same promise from then on.
 * A failed call is forgotten, so that the next one tries again.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * let calls = 0;
 * const load = memoizeAsync((key: string) => Promise.resolve(`${key} ${++calls}`));
 * assertEquals(await load("a"), "a 1");
 * assertEquals(await load("a"), "a 1");
 * ```
 */
export function memoizeAsync<T, Key extends string | void = void>(
  load: (key: Key) => Promise<T>,
): (key: Key) => Promise<T> {
  const loaded = new Map<Key, Promise<T>>();
  return (key) => {
    const known = loaded.get(key);
    if (known !== undefined) return known;
    const promise = load(key);
    loaded.set(key, promise);
    promise.catch(() => loaded.delete(key));
    return promise;
  };
}
