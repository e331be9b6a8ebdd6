import type { CacheError } from "../errors.ts";

/** How a sample is stored. */
export interface SaveContext {
  /** Returns the content of the sample's file. Called only if the sample is stored. */
  readonly format: () => string;
  /** Called with the error if later samples could not be stored either. */
  readonly stop: (reason: CacheError) => void;
}
