/** The part of `AbortSignal` that this package uses. Every `AbortSignal` has it. */
export interface AbortSignalLike {
  /** Whether the signal is aborted. */
  readonly aborted: boolean;
  /** The reason of the abort. */
  readonly reason: unknown;
  /** Throws the reason if the signal is aborted. */
  throwIfAborted(): void;
  /** Calls a listener once when the signal is aborted. */
  addEventListener(
    type: "abort",
    listener: () => void,
    options: { readonly once: true },
  ): void;
  /** Removes a listener. */
  removeEventListener(type: "abort", listener: () => void): void;
}
