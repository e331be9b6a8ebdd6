import type { CacheKeyInput } from "../request/cache_key_input.ts";
import type { SampledRequest } from "../response.ts";

/** The request that an entry is compared with. */
export interface EntryRequest extends CacheKeyInput {
  /** The request that the sample reports. */
  readonly sampled?: SampledRequest;
}
