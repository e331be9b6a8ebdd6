import type { ArchivedEntry, SampleArchive } from "../../mod.ts";
import { placeNames } from "./place_names.ts";

/** The first entry of a model in a directory; null where there is none. */
export function firstEntry(
  archive: SampleArchive,
  place: string,
  model: string,
): ArchivedEntry | null {
  for (
    const { entry, problem } of archive.samples(
      archive.prompt(placeNames(place)),
    )
  ) {
    if (problem === null && entry?.model === model) return entry;
  }
  return null;
}
