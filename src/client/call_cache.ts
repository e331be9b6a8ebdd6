import type { ClaimOwners, HeldOwner } from "../cache/claim_owners.ts";
import type { SampleCache, SaveContext } from "../cache/sample_cache.ts";
import { SampleClaim } from "../cache/sample_claim.ts";
import type { Claim } from "../scheduler/with_retries.ts";
import { CacheError } from "../errors.ts";
import type { Notices } from "../notices.ts";
import type { Settings } from "../options/settings.ts";
import type { Response } from "../response.ts";
import { joinPath } from "../platform/join_path.ts";

/** What a call's cache is made of. */
export interface CallCacheOptions {
  /** The call's options. */
  readonly settings: Settings;
  /** The samples on disk. */
  readonly samples: SampleCache;
  /** Told what fails. */
  readonly notices: Notices;
}

/** The claim of a sample that no other process can want. */
const UNCLAIMED: Claim & Disposable = {
  look: () => "ours",
  take: () => "ours",
  release: () => {},
  [Symbol.dispose]: () => {},
};

/**
 * The cache as one call uses it: read, claimed and written, as `useCache` and `onCacheError` say.
 * What the disk refuses is said once.
 */
export class CallCache implements Disposable {
  readonly #options: CallCacheOptions;
  /** The samples on disk, whether or not the call uses them. */
  readonly samples: SampleCache;
  #held: HeldOwner | null = null;

  /** Makes it; nothing is read yet. */
  constructor(options: CallCacheOptions) {
    this.#options = options;
    this.samples = options.samples;
  }

  /** Where the call's samples are kept, below the cache directory as it was given; null where they are not. */
  get path(): string | null {
    const { useCache, cacheDir } = this.#options.settings;
    return useCache ? joinPath(cacheDir, ...this.samples.directory) : null;
  }

  /** A name for the samples, which only the same request has; null where they are not kept. */
  get sharedName(): string | null {
    return this.#nameIn(this.samples.path);
  }

  /** The same, whatever machine the cache directory is on, and wherever. */
  get portableName(): string | null {
    return this.#nameIn(this.samples.directory.join("/"));
  }

  /**
   * The call's samples that are there.
   *
   * @throws {CacheError} Where they cannot be read, and the call is to stop then.
   */
  load(): Map<number, Response> {
    const { useCache, seed, nSamples } = this.#options.settings;
    if (!useCache) return new Map();
    return this.samples.load(seed, nSamples, (error) => this.#failed(error));
  }

  /**
   * The sample of a seed; null where it is not there.
   *
   * @throws {CacheError} Where it cannot be read, and the call is to stop then.
   */
  find(seed: number): Response | null {
    if (!this.#options.settings.useCache) return null;
    try {
      return this.samples.find(seed);
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  /** The prompt's first sample that is there; null where none is, or it cannot be read. */
  first(): Response | null {
    if (!this.#options.settings.useCache) return null;
    return this.samples.first((error) => this.#failed(error));
  }

  /**
   * Shows that samples can be kept before the first is paid, and makes ready to claim them in the
   * directory; `claimOwners` is null where they are claimed elsewhere.
   *
   * @throws {CacheError} Where they cannot be kept, and the call is to stop then.
   */
  prepare(claimOwners: ClaimOwners | null): void {
    if (!this.#options.settings.useCache) return;
    try {
      this.samples.prepare();
      this.#held = claimOwners?.hold(this.samples.root) ?? null;
    } catch (error) {
      this.#failed(error);
    }
  }

  /**
   * The right to request a sample, among processes that share the cache. It outlives the call:
   * another may wait for the sample.
   */
  claim(seed: number): Claim & Disposable {
    if (this.#held === null) return UNCLAIMED;
    const { notices } = this.#options;
    return new SampleClaim({
      held: this.#held.again(),
      place: this.samples.claimPlace(seed),
      find: () => this.find(seed),
      warn: (message) => notices.warn(message, "claims"),
    });
  }

  /**
   * Keeps a sample, which is paid: the caller gets it though it cannot be kept. `stop` has no more
   * requests started then.
   */
  keep(
    response: Response,
    context: SaveContext,
    stop: (reason: CacheError) => void,
  ): Response {
    if (!this.#options.settings.useCache) return response;
    try {
      return this.samples.save(response, context);
    } catch (error) {
      try {
        this.#failed(error);
      } catch (reason) {
        if (!(reason instanceof CacheError)) throw reason;
        this.#tellFailed(reason);
        stop(reason);
      }
      return response;
    }
  }

  /** Gives back the right to claim. */
  [Symbol.dispose](): void {
    this.#held?.[Symbol.dispose]();
    this.#held = null;
  }

  #nameIn(place: string): string | null {
    const { useCache, requireContinuation } = this.#options.settings;
    if (!useCache) return null;
    const name = `${place} ${this.samples.digest}`;
    // A call that may refuse an answer must not refuse it for another.
    return requireContinuation ? `${name} strict` : name;
  }

  #failed(error: unknown): void {
    const { onCacheError } = this.#options.settings;
    if (!(error instanceof CacheError) || onCacheError === "stop") throw error;
    this.#tellFailed(error);
  }

  #tellFailed({ message }: CacheError): void {
    const { settings: { cacheDir }, notices } = this.#options;
    notices.warn(`the cache fails: ${message}`, cacheDir);
  }
}
