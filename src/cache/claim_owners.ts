import { BEAT_MS, ClaimOwner } from "./claim_owner.ts";

/** Waits; rejects where the signal is aborted first. */
type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** An owner for as long as it is held. */
export interface HeldOwner extends Disposable {
  /** The owner. */
  readonly owner: ClaimOwner;
  /** Holds it once more. */
  again(): HeldOwner;
}

interface Entry {
  readonly owner: ClaimOwner;
  readonly beating: AbortController;
  holders: number;
}

/** The owners of claims, one for each cache directory that is in use. */
export class ClaimOwners {
  readonly #sleep: Sleep;
  readonly #entries = new Map<string, Entry>();

  /** Makes an empty set. */
  constructor({ sleep }: { readonly sleep: Sleep }) {
    this.#sleep = sleep;
  }

  /**
   * The owner in a cache directory, given by its absolute path, which lives until the last who holds it has disposed of it.
   *
   * @throws {CacheError} Where there cannot be one.
   */
  hold(root: string): HeldOwner {
    const entry = this.#entries.get(root) ?? this.#open(root);
    entry.holders++;
    return {
      owner: entry.owner,
      again: () => this.hold(root),
      [Symbol.dispose]: () => {
        if (--entry.holders > 0) return;
        this.#entries.delete(root);
        entry.beating.abort();
        entry.owner.close();
      },
    };
  }

  #open(root: string): Entry {
    const owner = new ClaimOwner(root);
    const entry = { owner, beating: new AbortController(), holders: 0 };
    this.#entries.set(root, entry);
    this.#beat(owner, entry.beating.signal).catch(() => {
      // It ends by an abort, and in no other way.
    });
    return entry;
  }

  async #beat(owner: ClaimOwner, signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.#sleep(BEAT_MS, signal);
      owner.beat();
    }
  }
}
