import type { AnswerRule } from "../resampling/mod.ts";
import type { SetHead } from "./cache_indexer.ts";
import type { SetSamples, ViewAnswerRule } from "./view_data.ts";

/** How a cache is shown. */
export interface CacheViewOptions {
  /** The rules by which answers can be asked for. */
  readonly rules: ReadonlyMap<ViewAnswerRule, AnswerRule>;
  /** The right answer to a prompt; null where it is not known. */
  readonly truthOf: (prompt: SetSamples["prompt"]) => string | null;
  /** Whether a set is shown. */
  readonly isChosen: (head: SetHead) => boolean;
  /** Says what is to be known, such as what could not be read. */
  readonly tell: (message: string) => void;
  /**
   * Whether texts are searched. Where they are not, no index is kept.
   *
   * @default {true}
   */
  readonly isSearched?: boolean;
}
