import type { PrefillReport } from "./prefill_report.ts";

/** A probe that several calls wait for. It ends when the last of them has left. */
export class SharedProbe {
  readonly #controller = new AbortController();
  readonly #report: Promise<PrefillReport>;
  #waiting = 0;

  /** Starts it. */
  constructor(start: (signal: AbortSignal) => Promise<PrefillReport>) {
    this.#report = start(this.#controller.signal);
    // Each who waits is told of a failure.
    this.#report.catch(() => {});
  }

  /** Whether all have left it. */
  get isAbandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  /**
   * Waits for the report.
   *
   * @throws What the probe throws, or the signal's reason where it is aborted.
   */
  async join(signal: AbortSignal | undefined): Promise<PrefillReport> {
    signal?.throwIfAborted();
    let leave = () => {};
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal?.reason);
    });
    signal?.addEventListener("abort", leave, { once: true });
    this.#waiting++;
    try {
      return await Promise.race([this.#report, left]);
    } finally {
      signal?.removeEventListener("abort", leave);
      if (--this.#waiting === 0) this.#controller.abort(signal?.reason);
    }
  }
}
