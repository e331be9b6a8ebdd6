import type { Claim, Taken } from "../scheduler/with_retries.ts";
import type { Response } from "../response.ts";

/** What a wish is made of. */
export interface SampleWishOptions {
  /** The sample, where it is in the cache. */
  readonly find: () => Response | null;
  /** Tells other coordinators that the sample is wanted here, too. */
  readonly announce: () => Promise<void>;
  /** Tells them that it is not any more. */
  readonly withdraw: () => Promise<void>;
  /** Told that the sample is here, or given up. */
  readonly onEnd: () => void;
}

/**
 * The right to request a sample through a queue: everyone has it, since all ask for the same job. What is
 * announced is that its result is wanted here, too, so that nobody removes it before.
 */
export class SampleWish implements Claim, Disposable {
  readonly #options: SampleWishOptions;
  #isAnnounced = false;

  /** Makes a wish that is not announced yet. */
  constructor(options: SampleWishOptions) {
    this.#options = options;
  }

  /**
   * The sample, where another coordinator has written it.
   *
   * @throws What `find` throws.
   */
  look(): Taken {
    return this.#options.find() ?? "ours";
  }

  /**
   * Announces the wish; the sample, where another coordinator has written it.
   *
   * @throws What `find` throws.
   */
  async take(): Promise<Taken> {
    this.#isAnnounced = true;
    await this.#options.announce();
    // Whoever wrote it before that has removed the job, and whoever writes it from now on leaves it.
    const there = this.#options.find();
    if (there !== null) await this.release();
    return there ?? "ours";
  }

  /** Takes the wish back. */
  async release(): Promise<void> {
    if (!this.#isAnnounced) return;
    this.#isAnnounced = false;
    await this.#options.withdraw();
  }

  /** Takes it back, where it is not yet. */
  [Symbol.dispose](): void {
    this.release();
    this.#options.onEnd();
  }
}
