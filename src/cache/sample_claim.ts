import { CacheError } from "../errors.ts";
import type { Response } from "../response.ts";
import type { ClaimOwner } from "./claim_owner.ts";

/** What a claim needs to know. */
export interface SampleClaimOptions {
  /** Who claims. */
  readonly owner: ClaimOwner;
  /** The claim's path. */
  readonly path: string;
  /** The sample, where it is there. */
  readonly find: () => Response | null;
  /** How long another process's claim is respected, in milliseconds. */
  readonly limitMs: number;
  /** The time, in milliseconds. */
  readonly now: () => number;
  /** Told why no claim can be made. */
  readonly tell: (message: string) => void;
}

/** The right to request a sample, among processes that share a cache directory. */
export class SampleClaim {
  readonly #options: SampleClaimOptions;
  #isHeld = false;
  #isFree = false;
  #refusedMs: number | null = null;

  /** Makes a claim that is not taken yet. */
  constructor(options: SampleClaimOptions) {
    this.#options = options;
  }

  /**
   * Takes the claim: "ours" to request; "elsewhere" where another process is at it; or the sample,
   * where that process has brought it in. Where no claim can be made, or another has
   * been respected for long enough, the sample is ours without one.
   *
   * @throws What `find` throws.
   */
  take(): Response | "ours" | "elsewhere" {
    if (this.#isHeld || this.#isFree) return "ours";
    const { owner, path, find, limitMs, now, tell } = this.#options;
    try {
      this.#isHeld = owner.take(path);
    } catch (error) {
      if (!(error instanceof CacheError)) throw error;
      this.#isFree = true;
      tell(`a sample is requested without a claim: ${error.message}`);
    }
    // Between the listing and now another process may have written it and given its claim back.
    const there = find();
    if (there !== null) {
      this.release();
      return there;
    }
    if (this.#isHeld || this.#isFree) return "ours";
    this.#refusedMs ??= now();
    this.#isFree = now() - this.#refusedMs >= limitMs;
    return this.#isFree ? "ours" : "elsewhere";
  }

  /** Gives the claim back, if it is held. */
  release(): void {
    const { owner, path } = this.#options;
    if (this.#isHeld) owner.release(path);
    this.#isHeld = false;
  }
}
