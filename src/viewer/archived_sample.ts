import type { ArchivedSample, SampleArchive } from "../../mod.ts";
import { fileFacts } from "../platform/cache_files.ts";
import { joinPath } from "../platform/join_path.ts";
import { placeNames } from "./place_names.ts";

/** Where a file is. */
export interface SamplePlace {
  /** Its directory below the cache's, its names with `/` between them. */
  readonly place: string;
  /** Its name. */
  readonly name: string;
}

/**
 * A sample of a cache; null where the file has vanished, or the name is none of a sample's. Links are not
 * followed, and no name leads out of the directory.
 *
 * @throws {CacheError} Where it is there and cannot be read.
 */
export function archivedSample(
  archive: SampleArchive,
  { place, name }: SamplePlace,
): ArchivedSample | null {
  const seed = SAMPLE_NAME.exec(name)?.[1];
  if (seed === undefined) return null;
  const names = placeNames(place);
  const path = joinPath(archive.cacheDir, ...names);
  const facts = fileFacts(`${path}/${name}`);
  if (facts === null) return null;
  const file = { name, seed: Number(seed), isFile: facts.isFile };
  const prompt = {
    key: names[3],
    place: names,
    path,
    files: [file],
    others: [],
  };
  const [sample] = archive.samples(prompt);
  return sample ?? null;
}

const SAMPLE_NAME = /^seed_(\d{5,16})(?:-[0-9a-f]{16})?\.json$/;
