import type { SampleSet, SetChanges } from "../../../src/viewer/view_data.ts";

/** Applies changes to sets, which stay in the order in which they were first seen. */
export function applyChanges(
  sets: ReadonlyMap<string, SampleSet>,
  { changed, removed }: SetChanges,
): ReadonlyMap<string, SampleSet> {
  if (changed.length === 0 && removed.length === 0) return sets;
  const after = new Map(sets);
  for (const id of removed) after.delete(id);
  for (const set of changed) after.set(set.id, set);
  return after;
}
