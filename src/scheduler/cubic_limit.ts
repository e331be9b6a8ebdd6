/** The limit at the start, unless the user sets one. */
export const START_LIMIT = 64;

/** The highest limit, unless the user sets one. */
export const MAX_LIMIT = 512;

/** The share of the limit that remains after a cut: beta of RFC 9438. */
export const CUT_FACTOR = 0.7;

/** How fast the limit grows again: C of RFC 9438, with rounds of answers instead of seconds. */
export const GROWTH_FACTOR = 0.4;

/**
 * A limit of requests in flight that learns from their outcomes: CUBIC (RFC 9438), the congestion
 * control of TCP in Linux, macOS and Windows, after a slow start. The limit doubles with each round
 * of answers until the first cut. A cut leaves 70% of it, once for all requests that were in flight
 * by then. From there it grows fast, then slowly around the limit before the cut, then fast again
 * in search of a higher one.
 *
 * CUBIC counts time in seconds; here a round of as many answers as the limit allows is one unit of
 * time, because answers take from one second to ten minutes. `deno run scripts/simulate_limits.ts`
 * compares it with additive increase: docs/limits.md has the results.
 */
export class CubicLimit {
  readonly #max: number;
  #window: number;
  /** The limit at which the growth slows down. */
  #plateau = 0;
  /** The number of rounds from the last cut to the plateau. */
  #roundsToPlateau = 0;
  /** The number of rounds since the last cut. */
  #rounds = 0;
  #cuts = 0;

  /** Uses `maxConcurrency` from the first request and never exceeds it. */
  constructor(maxConcurrency: number | undefined) {
    this.#max = maxConcurrency ?? MAX_LIMIT;
    this.#window = maxConcurrency ?? START_LIMIT;
  }

  /** The maximum number of requests in flight. */
  get limit(): number {
    return Math.floor(this.#window);
  }

  get cuts(): number {
    return this.#cuts;
  }

  /** A request was answered; `saturated` means that the limit was reached. */
  answered({ saturated }: { readonly saturated: boolean }): void {
    if (!saturated) return;
    if (this.#cuts === 0) {
      this.#window = Math.min(this.#max, this.#window + 1);
      return;
    }
    this.#rounds += 1 / this.limit;
    const sincePlateau = this.#rounds - this.#roundsToPlateau;
    const cubed = sincePlateau * sincePlateau * sincePlateau;
    const grown = this.#plateau + GROWTH_FACTOR * cubed;
    this.#window = Math.min(this.#max, Math.max(this.#window, grown));
  }

  /** A request was refused; `cutsBefore` is the number of cuts when it started. */
  throttled(cutsBefore: number): void {
    // Requests that started before the last cut do not indicate the limit after it.
    if (cutsBefore !== this.#cuts) return;
    // Fast convergence: a cut below the last plateau means that the account allows fewer requests now.
    const plateau = this.#window < this.#plateau
      ? this.#window * (1 + CUT_FACTOR) / 2
      : this.#window;
    this.#window = Math.max(1, this.#window * CUT_FACTOR);
    this.#plateau = Math.max(this.#window, plateau);
    this.#roundsToPlateau = ((this.#plateau - this.#window) / GROWTH_FACTOR) **
      (1 / 3);
    this.#rounds = 0;
    this.#cuts++;
  }
}
