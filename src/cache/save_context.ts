import type { CacheError } from "../errors.ts";

/** The data that is stored in addition to the sample. */
export interface SaveContext {
  /** Returns the provider's whole answer, as JSON. */
  readonly rawJson: () => string;
  /** The body that was sent, without the seed. Equal for all samples of a call. */
  readonly sentBody: Readonly<Record<string, unknown>>;
  /** Called with the error if later samples could not be stored either. */
  readonly stop: (reason: CacheError) => void;
}
