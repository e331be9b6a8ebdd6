/** From how many requests in flight the limit is found by trial. */
export const START_LIMIT = 64;

/** How many are never passed. */
export const MAX_LIMIT = 512;

/**
 * A limit of requests in flight that learns from what they come to: additive increase,
 * multiplicative decrease (Chiu and Jain 1989), with the slow start of TCP. It doubles after each
 * round of answers until the first cut; from there it grows by a sixteenth a round. A cut
 * halves it, once for all requests that were under way by then.
 */
export class AimdLimit {
  readonly #max: number;
  #limit: number;
  #clean = 0;
  #cuts = 0;

  /** Makes it; a limit that the user gives is used from the first request, and never passed. */
  constructor(maxConcurrency: number | undefined) {
    this.#max = maxConcurrency ?? MAX_LIMIT;
    this.#limit = maxConcurrency ?? START_LIMIT;
  }

  /** How many may be in flight. */
  get limit(): number {
    return this.#limit;
  }

  /** How often it was cut. */
  get cuts(): number {
    return this.#cuts;
  }

  /** A request was answered; `saturated` says whether the limit held others back. */
  answered({ saturated }: { readonly saturated: boolean }): void {
    if (!saturated || ++this.#clean < this.#limit) return;
    this.#clean = 0;
    const grown = this.#cuts === 0
      ? this.#limit * 2
      : this.#limit + Math.ceil(this.#limit / 16);
    this.#limit = Math.min(this.#max, grown);
  }

  /** A request was sent away, which began when there had been `cutsBefore` cuts. */
  throttled(cutsBefore: number): void {
    // Those that were under way at the last cut tell nothing about the limit after it.
    if (cutsBefore !== this.#cuts) return;
    this.#limit = Math.max(1, Math.floor(this.#limit / 2));
    this.#clean = 0;
    this.#cuts++;
  }
}
