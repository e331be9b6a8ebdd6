/** The part of an `AbortSignal` that dispatch needs. */
export interface StopSignal {
  /** Whether it is aborted. */
  readonly aborted: boolean;
  /** Why. */
  readonly reason: unknown;
  /** Throws the reason, where it is aborted. */
  throwIfAborted(): void;
  /** Has a listener called once, when it is aborted. */
  addEventListener(
    type: "abort",
    listener: () => void,
    options: { readonly once: true },
  ): void;
  /** Takes a listener off. */
  removeEventListener(type: "abort", listener: () => void): void;
}

/**
 * An `AbortController` and its signal in one, for each of 100,000 samples: it costs a tenth of theirs,
 * and taking a listener off does not go through all the others.
 */
export class StopSource implements StopSignal {
  #listeners: Set<() => void> | null = null;
  #aborted = false;
  #reason: unknown = undefined;

  /** Whether it is aborted. */
  get aborted(): boolean {
    return this.#aborted;
  }

  /** Why. */
  get reason(): unknown {
    return this.#reason;
  }

  /** Throws the reason, where it is aborted. */
  throwIfAborted(): void {
    if (this.#aborted) throw this.#reason;
  }

  /** Aborts it, and tells the listeners; nothing where it is aborted already. */
  abort(reason: unknown): void {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason;
    const listeners = this.#listeners;
    this.#listeners = null;
    for (const listener of listeners ?? []) listener();
  }

  /** Has a listener called once, when it is aborted. */
  addEventListener(_type: "abort", listener: () => void): void {
    (this.#listeners ??= new Set()).add(listener);
  }

  /** Takes a listener off. */
  removeEventListener(_type: "abort", listener: () => void): void {
    this.#listeners?.delete(listener);
  }
}

/** A signal that is aborted when the first of two is. */
export function eitherSignal(one: StopSignal, other: StopSignal): StopSignal {
  return new EitherSignal(one, other);
}

/** A class, since an object with getters of its own takes ten times as long to make. */
class EitherSignal implements StopSignal {
  readonly #one: StopSignal;
  readonly #other: StopSignal;

  constructor(one: StopSignal, other: StopSignal) {
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
