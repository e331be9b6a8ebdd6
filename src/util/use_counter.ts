/** Counts the users of a resource. */
export class UseCounter {
  readonly #onUnused: () => void;
  #users = 0;

  /** @param onUnused Called when the last user has left. */
  constructor(onUnused: () => void) {
    this.#onUnused = onUnused;
  }

  /** Adds a user, who leaves by disposing of the result. */
  use(): Disposable {
    this.#users++;
    return {
      [Symbol.dispose]: () => {
        if (--this.#users === 0) this.#onUnused();
      },
    };
  }
}
