import type { CacheError } from "../errors.ts";

/** The data that is stored in addition to the sample. */
export interface SaveContext {
  /** The provider's whole answer, as {@linkcode compactJson} returned it. */
  readonly compactRaw: string;
  /** The body that was sent, without the seed. Equal for all samples of a call. */
  readonly sentBody: Readonly<Record<string, unknown>>;
  /** The field of that body for the seed, or `null` if none was sent. */
  readonly seedField: string | null;
  /** Called with the error if later samples could not be stored either. */
  readonly stop: (reason: CacheError) => void;
}
