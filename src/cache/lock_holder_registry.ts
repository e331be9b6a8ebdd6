import type { Clock } from "../util/clock.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";
import { UseCounter } from "../util/use_counter.ts";
import { BlockLocks } from "./block_locks.ts";
import { HEARTBEAT_MS, LockHolder } from "./lock_holder.ts";

/** The locks of a cache directory, whose holder is kept open until it is disposed of. */
export interface HeldLockHolder extends Disposable {
  readonly locks: BlockLocks;
  /** Holds it once more. */
  again(): HeldLockHolder;
}

interface Entry {
  readonly holder: LockHolder;
  readonly locks: BlockLocks;
  readonly closed: LightAbortController;
  readonly uses: UseCounter;
}

/** The lock holders of this process, one for each cache directory in use. */
export class LockHolderRegistry {
  readonly #clock: Pick<Clock, "sleep">;
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Pick<Clock, "sleep">) {
    this.#clock = clock;
  }

  /**
   * Returns the holder of a cache directory, given by its absolute path. It is closed with its last user.
   *
   * @throws {CacheError} If its file cannot be created.
   */
  hold(root: string): HeldLockHolder {
    const entry = this.#entries.get(root) ?? this.#open(root);
    return {
      ...entry.uses.use(),
      locks: entry.locks,
      again: () => this.hold(root),
    };
  }

  #open(root: string): Entry {
    const holder = new LockHolder(root);
    const closed = new LightAbortController();
    const uses = new UseCounter(() => {
      this.#entries.delete(root);
      closed.abort(null);
      holder.close();
    });
    const locks = new BlockLocks(holder);
    const entry = { holder, locks, closed, uses };
    this.#entries.set(root, entry);
    this.#sendHeartbeats(entry);
    return entry;
  }

  async #sendHeartbeats({ holder, locks, closed }: Entry): Promise<void> {
    while (!closed.aborted) {
      await this.#clock.sleep(HEARTBEAT_MS, closed).catch(() => {});
      if (!closed.aborted) holder.heartbeat(locks.count);
    }
  }
}
