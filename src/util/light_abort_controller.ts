import type { AbortSignalLike } from "../abort_signal_like.ts";

/**
 * An `AbortController` that is its own signal. Creating one costs a tenth of the platform's, and
 * removing a listener takes constant time, which matters with 100,000 samples.
 */
export class LightAbortController implements AbortSignalLike {
  /** Most signals have at most one listener, and a set is large. */
  #listener: (() => void) | null = null;
  #otherListeners: Set<() => void> | null = null;
  #aborted = false;
  #reason: unknown = undefined;

  get aborted(): boolean {
    return this.#aborted;
  }

  get reason(): unknown {
    return this.#reason;
  }

  throwIfAborted(): void {
    if (this.#aborted) throw this.#reason;
  }

  /** Aborts with a reason and notifies the listeners. Later calls do nothing. */
  abort(reason: unknown): void {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason;
    const listener = this.#listener;
    const others = this.#otherListeners;
    this.#listener = null;
    this.#otherListeners = null;
    listener?.();
    for (const other of others ?? []) other();
  }

  addEventListener(_type: "abort", listener: () => void): void {
    if (this.#listener === null && this.#otherListeners === null) {
      this.#listener = listener;
    } else if (this.#listener !== listener) {
      (this.#otherListeners ??= new Set()).add(listener);
    }
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    if (this.#listener === listener) this.#listener = null;
    else this.#otherListeners?.delete(listener);
  }
}
