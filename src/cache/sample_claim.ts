import { CacheError } from "../errors.ts";
import type { Response } from "../response.ts";
import type { ClaimPlace } from "./claim_owner.ts";
import type { HeldOwner } from "./claim_owners.ts";

/** What a claim needs to know. */
export interface SampleClaimOptions {
  /** Who claims. */
  readonly held: HeldOwner;
  /** Where the claim is made. */
  readonly place: ClaimPlace;
  /** The sample, where it is there. */
  readonly find: () => Response | null;
  /** Told why no claim can be made. */
  readonly warn: (message: string) => void;
}

/** The right to request a sample, among processes that share a cache directory. */
export class SampleClaim implements Disposable {
  readonly #options: SampleClaimOptions;
  #isHeld = false;

  /** Makes a claim that is not taken yet. */
  constructor(options: SampleClaimOptions) {
    this.#options = options;
  }

  /**
   * Whether the claim would be had: what {@linkcode SampleClaim.take} would return, taking nothing.
   *
   * @throws What `find` throws.
   */
  look(): Response | "ours" | "elsewhere" {
    const { held: { owner }, place, find } = this.#options;
    return find() ?? (owner.isTaken(place) ? "elsewhere" : "ours");
  }

  /**
   * Takes the claim: "ours" to request; "elsewhere" where another process is at it; or the sample,
   * where that process has brought it in. Where no claim can be made, the sample is
   * ours without one.
   *
   * @throws What `find` throws.
   */
  take(): Response | "ours" | "elsewhere" {
    const { held: { owner }, place, find, warn } = this.#options;
    let isOurs = true;
    try {
      this.#isHeld ||= owner.take(place);
      isOurs = this.#isHeld;
    } catch (error) {
      if (!(error instanceof CacheError)) throw error;
      warn(
        `samples are requested without claims, so that other programs may pay for them too: ${error.message}`,
      );
    }
    // Between the listing and now another process may have written it and given its claim back.
    const there = find();
    if (there === null) return isOurs ? "ours" : "elsewhere";
    this.release();
    return there;
  }

  /** Gives the claim back, if it is held. */
  release(): void {
    const { held: { owner }, place } = this.#options;
    if (this.#isHeld) owner.release(place);
    this.#isHeld = false;
  }

  /** Gives back all there is. */
  [Symbol.dispose](): void {
    this.release();
    this.#options.held[Symbol.dispose]();
  }
}
