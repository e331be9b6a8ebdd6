import type { ClaimOwners, HeldOwner } from "./cache/claim_owners.ts";
import type { SampleCache } from "./cache/sample_cache.ts";
import { SampleClaim } from "./cache/sample_claim.ts";
import { systemClock } from "./dispatch/clock.ts";
import type { Claim } from "./dispatch/sample_until_done.ts";
import type { KeepContext } from "./dispatch/sampler.ts";
import { CacheError } from "./errors.ts";
import type { Notices } from "./notices.ts";
import type { Settings } from "./options.ts";
import type { Response } from "./response.ts";

/** What a call's cache is made of. */
export interface CallCacheOptions {
  /** The call's options. */
  readonly settings: Settings;
  /** The samples on disk. */
  readonly samples: SampleCache;
  /** Who claims samples. */
  readonly claimOwners: ClaimOwners;
  /** Told what fails. */
  readonly notices: Notices;
}

/** The claim of a sample that no other process can want. */
const UNCLAIMED: Claim = { take: () => "ours", release: () => {} };

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

  /** Where the call's samples are kept; null where they are not. */
  get path(): string | null {
    return this.#options.settings.useCache ? this.samples.path : null;
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
   * Shows that samples can be kept before the first is paid, and makes ready to claim them.
   *
   * @throws {CacheError} Where they cannot be kept, and the call is to stop then.
   */
  prepare(): void {
    const { settings, claimOwners, notices } = this.#options;
    if (!settings.useCache) return;
    try {
      this.samples.prepare();
      this.#held = claimOwners.hold(settings.cacheDir);
    } catch (error) {
      this.#failed(error);
      notices.tell(settings, "samples are requested without claims");
    }
  }

  /** The right to request a sample, among processes that share the cache. */
  claim(seed: number): Claim {
    if (this.#held === null) return UNCLAIMED;
    const { settings, notices } = this.#options;
    return new SampleClaim({
      owner: this.#held.owner,
      path: this.samples.claimPath(seed),
      find: () => {
        try {
          return this.samples.find(seed);
        } catch (error) {
          this.#failed(error);
          return null;
        }
      },
      limitMs: settings.timeoutMs,
      now: systemClock.now,
      tell: (message) => notices.tell(settings, message),
    });
  }

  /** Keeps a sample, which is paid: the caller gets it though it cannot be kept. */
  keep(response: Response, { rawJson, stop }: KeepContext): Response {
    if (!this.#options.settings.useCache) return response;
    try {
      return this.samples.save(response, rawJson);
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
