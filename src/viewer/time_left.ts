/** How long work is observed before its end is estimated, in milliseconds. */
const OBSERVED_MS = 2_000;

/** Estimates the end of work from its speed since the first observation. */
export class TimeLeft {
  readonly #now: () => number;
  #first: { readonly done: number; readonly atMs: number } | null = null;

  /** Starts without observations. `now` returns a time in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Observes the work; returns the seconds that the rest will take, or `null` if that is unknown. */
  seconds(done: number, total: number): number | null {
    const atMs = this.#now();
    const first = this.#first ??= { done, atMs };
    const observedMs = atMs - first.atMs;
    if (observedMs < OBSERVED_MS || done <= first.done) return null;
    const perUnitMs = observedMs / (done - first.done);
    return Math.ceil((total - done) * perUnitMs / 1_000);
  }
}
