import type { CachedEntry } from "../cache/cached_entry.ts";
import type { GrowingSet } from "./known_sets.ts";
import { askedText, promptText } from "./prompt_text.ts";
import { beginning } from "./sample_head.ts";
import type { GrowingSummary } from "./set_summary.ts";

/** What of a set no entry tells. */
export interface SetRowParts {
  /** The set's id. */
  readonly id: string;
  /** The model; the directory's name where no entry tells. */
  readonly model: string;
  /** The directory below the cache's. */
  readonly directory: string;
  /** What its samples add up to. */
  readonly summary: GrowingSummary;
}

/** How much of a prompt stands in a list. */
const PROMPT_START = 300;

/** A set as lists show it, from one of its entries; null where none can be used. */
export function setRow(
  entry: CachedEntry | null,
  { id, model, directory, summary }: SetRowParts,
): GrowingSet {
  const prefill = entry?.prefill ?? null;
  const asked = entry === null ? "" : askedText(entry.prompt, prefill);
  return {
    id,
    model,
    promptStart: beginning(asked, PROMPT_START),
    promptLength: entry === null ? 0 : promptText(entry.prompt).length,
    prefillStart: prefill === null ? null : beginning(prefill, PROMPT_START),
    parameters: entry?.parameters ?? {},
    path: directory,
    summary,
  };
}
