import type { CachedPrompt } from "../cache/cache_reader.ts";

/** The names of the directories in a directory. */
export function segmentsOf(directory: string): CachedPrompt["segments"] {
  const [model = "", parameters = "", prefix = "", key = ""] = directory.split(
    "/",
  );
  return [model, parameters, prefix, key];
}
