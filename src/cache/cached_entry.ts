import type { CacheDirectory } from "./cache_path.ts";
import { readSampleFileName } from "./sample_file_name.ts";
import type { CacheRoute } from "../request/cache_key_input.ts";
import type { Prompt } from "../prompt.ts";
import type { Response } from "../response.ts";

/** The content of a cache file, read without a request to compare it with. */
export interface CachedEntry {
  /** The requested model. */
  readonly model: string;
  /** The prompt as the caller passed it. */
  readonly prompt: Prompt;
  /** The prefill, including `<think>`, or `null` if the prompt has none. */
  readonly prefill: string | null;
  /** The other fields of the request body, without `seed`, by their API names. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The URL that was requested, or `null` for OpenRouter's chat endpoint. */
  readonly endpoint: string | null;
  /** How the request was sent, or `null` for the usual way. */
  readonly route: CacheRoute | null;
  /** The sample. */
  readonly response: Response;
  /** The place of the file, or `null` if an entry of the Python package has too few fields to derive it. */
  readonly location: EntryLocation | null;
}

/** The place of an entry in the cache directory. */
export interface EntryLocation {
  /** The path segments of the prompt directory. */
  readonly segments: readonly [string, string, string, string];
  /** Whether the parameters segment is complete: entries of the Python package omit some parameters. */
  readonly isComplete: boolean;
  /** The file names that the entry may have. */
  readonly names: readonly string[];
}

/**
 * Explains why a file is never returned: it is in the wrong place. Returns `null`
 * if it is in the right place.
 */
export function misplacement(
  { location, response: { seed } }: CachedEntry,
  segments: CacheDirectory,
  name: string,
): string | null {
  if (readSampleFileName(name)?.seed !== seed) return `its seed is ${seed}`;
  if (location === null) return null;
  const isHere = location.segments.every((expected, index) =>
    index === 1 && !location.isComplete
      ? canExtend(segments[1], expected)
      : segments[index] === expected
  );
  if (!isHere) return `it belongs to ${location.segments.join("/")}`;
  return location.names.includes(name)
    ? null
    : "its name is that of another request";
}

/** Whether a parameters segment can belong to an entry, with parameters that the entry does not store. */
function canExtend(segment: string, stored: string): boolean {
  const [known = "", provider] = stored.split(/(?=_provider)/);
  return (segment === known || segment.startsWith(`${known}_`)) &&
    (provider === undefined || segment.includes(provider));
}
