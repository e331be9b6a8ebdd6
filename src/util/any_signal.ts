import type { AbortSignalLike } from "../abort_signal_like.ts";

/** Returns a signal that is aborted when either of two signals is. */
export function anySignal(
  one: AbortSignalLike,
  other: AbortSignalLike,
): AbortSignalLike {
  return new AnySignal(one, other);
}

// A class, since creating an object literal with getters takes ten times as long.
class AnySignal implements AbortSignalLike {
  readonly #one: AbortSignalLike;
  readonly #other: AbortSignalLike;

  constructor(one: AbortSignalLike, other: AbortSignalLike) {
    this.#one = one;
    this.#other = other;
  }

  get aborted(): boolean {
    return this.#one.aborted || this.#other.aborted;
  }

  get reason(): unknown {
    return this.#one.aborted ? this.#one.reason : this.#other.reason;
  }

  throwIfAborted(): void {
    this.#one.throwIfAborted();
    this.#other.throwIfAborted();
  }

  addEventListener(
    type: "abort",
    listener: () => void,
    options: { readonly once: true },
  ): void {
    this.#one.addEventListener(type, listener, options);
    this.#other.addEventListener(type, listener, options);
  }

  removeEventListener(type: "abort", listener: () => void): void {
    this.#one.removeEventListener(type, listener);
    this.#other.removeEventListener(type, listener);
  }
}
