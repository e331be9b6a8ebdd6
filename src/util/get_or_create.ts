/** Returns the value of a key in a map. Creates and adds it if there is none. */
export function getOrCreate<K, V>(
  map: {
    get(key: K): V | undefined;
    set(key: K, value: V): unknown;
  },
  key: K,
  create: () => V,
): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}
