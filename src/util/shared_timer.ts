/** A function that runs at a time, unless it is cancelled. */
export interface Timeout {
  readonly dueMs: number;
  readonly run: () => void;
}

/** The timers of the platform, which tests replace. */
export interface TimerPlatform {
  setTimeout(run: () => void, delayMs: number): ReturnType<typeof setTimeout>;
  clearTimeout(timer: ReturnType<typeof setTimeout> | undefined): void;
  readonly performance: { now(): number };
}

/**
 * Runs functions after a delay, with one timer of the platform for all of them. A platform's timer takes
 * several microseconds to create and to clear; here, most timeouts are cancelled long before they are due.
 */
export class SharedTimer {
  readonly #platform: TimerPlatform;
  readonly #timeouts = new Set<Timeout>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer fires; `Infinity` without a timer. */
  #fireMs = Infinity;

  /** Uses the timers of `platform`. */
  constructor(platform: TimerPlatform = globalThis) {
    this.#platform = platform;
  }

  /** Runs a function after `delayMs` milliseconds. */
  start(run: () => void, delayMs: number): Timeout {
    const nowMs = this.#platform.performance.now();
    const timeout: Timeout = { dueMs: nowMs + delayMs, run };
    this.#timeouts.add(timeout);
    if (timeout.dueMs < this.#fireMs) this.#arm(timeout.dueMs, nowMs);
    return timeout;
  }

  /** Cancels a timeout. Nothing remains of the last one that would keep the process alive. */
  cancel(timeout: Timeout): void {
    if (this.#timeouts.delete(timeout) && this.#timeouts.size === 0) {
      this.#disarm();
    }
  }

  #arm(fireMs: number, nowMs: number): void {
    this.#platform.clearTimeout(this.#timer);
    this.#fireMs = fireMs;
    this.#timer = this.#platform.setTimeout(
      () => this.#fire(),
      // Negative if the event loop is late, which Node and Deno warn of.
      Math.max(0, fireMs - nowMs),
    );
  }

  #disarm(): void {
    this.#platform.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#fireMs = Infinity;
  }

  #fire(): void {
    const firedMs = this.#fireMs;
    this.#disarm();
    let nextMs = Infinity;
    const due: Timeout[] = [];
    for (const timeout of this.#timeouts) {
      if (timeout.dueMs <= firedMs) due.push(timeout);
      else nextMs = Math.min(nextMs, timeout.dueMs);
    }
    if (nextMs < Infinity) this.#arm(nextMs, this.#platform.performance.now());
    for (const timeout of due) {
      // An earlier one may have cancelled it.
      if (this.#timeouts.delete(timeout)) timeout.run();
    }
  }
}
