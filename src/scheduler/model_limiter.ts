import type { AbortSignalLike } from "../abort_signal_like.ts";
import type { Limiter, Permit } from "../limiter.ts";
import type { Outcome } from "../outcome.ts";
import type { AdaptiveLimiter } from "./adaptive_limiter.ts";
import { limitedScope } from "./classify_outcome.ts";

/**
 * Limits the requests of one model of an account. The API limits some models by themselves, so each
 * has a limit and pauses of its own, below those of the account: a model that must wait stops no
 * other one.
 */
export class ModelLimiter implements Limiter {
  readonly #model: AdaptiveLimiter;
  readonly #account: AdaptiveLimiter;

  constructor(model: AdaptiveLimiter, account: AdaptiveLimiter) {
    this.#model = model;
    this.#account = account;
  }

  get limit(): number {
    return Math.min(this.#model.limit, this.#account.limit);
  }

  get inFlight(): number {
    return this.#account.inFlight;
  }

  async acquire(
    signal: AbortSignalLike,
    maxPauseMs = Infinity,
  ): Promise<Permit> {
    for (;;) {
      const ofModel = await this.#model.acquire(signal, maxPauseMs);
      try {
        const ofAccount = this.#account.tryAcquire() ??
          await this.#account.acquire(signal, maxPauseMs);
        if (!this.#model.isPaused) return new ModelPermit(ofModel, ofAccount);
        ofAccount.release(null);
        ofModel.release(null);
      } catch (reason) {
        ofModel.release(null);
        throw reason;
      }
    }
  }

  tryAcquire(): Permit | null {
    const ofModel = this.#model.tryAcquire();
    if (ofModel === null) return null;
    const ofAccount = this.#account.tryAcquire();
    if (ofAccount !== null) return new ModelPermit(ofModel, ofAccount);
    ofModel.release(null);
    return null;
  }
}

/** Both permits as one. A failure counts for what the API limits; an answer counts for both. */
class ModelPermit implements Permit {
  readonly #ofModel: Permit;
  readonly #ofAccount: Permit;

  constructor(ofModel: Permit, ofAccount: Permit) {
    this.#ofModel = ofModel;
    this.#ofAccount = ofAccount;
  }

  release(outcome: Outcome | null): void {
    const scope = limitedScope(outcome);
    this.#ofModel.release(scope === "account" ? null : outcome);
    this.#ofAccount.release(scope === "model" ? null : outcome);
  }
}
