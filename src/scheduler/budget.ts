import { BudgetError } from "../errors.ts";
import { refusedForMoney } from "./refused_for_money.ts";
import type { AbortSignalLike } from "../abort_signal_like.ts";
import { WaitQueue } from "../util/wait_queue.ts";

/** Money set aside for a request under way. */
export interface Reservation {
  /** Gives it back, less what the request cost, in US dollars. */
  settle(costUsd: number): void;
}

/**
 * A limit of what requests may cost. A request starts only where what is spent and what those
 * under way can cost at their worst leave room for its own worst case; else it waits until
 * others have ended, and is refused where none is under way.
 */
export class Budget {
  /** The limit, in US dollars. */
  readonly maxCostUsd: number;
  readonly #queue = new WaitQueue();
  #spentUsd = 0;
  #reservedUsd = 0;
  #underWay = 0;

  /** Makes a budget of which nothing is spent. */
  constructor(maxCostUsd: number) {
    this.maxCostUsd = maxCostUsd;
  }

  /** What requests have cost, in US dollars. */
  get spentUsd(): number {
    return this.#spentUsd;
  }

  /**
   * Sets aside what a request can cost at its worst, in US dollars.
   *
   * @throws {BudgetError} Where there is no room for it.
   * @throws The signal's reason, where it is aborted first.
   */
  async reserve(
    worstUsd: number,
    signal: AbortSignalLike,
  ): Promise<Reservation> {
    signal.throwIfAborted();
    while (!this.#hasRoom(worstUsd)) {
      if (this.#underWay === 0) throw this.#refusal(worstUsd);
      await this.#queue.wait(signal);
    }
    this.#reservedUsd += worstUsd;
    this.#underWay++;
    let isSettled = false;
    return {
      settle: (costUsd) => {
        if (isSettled) return;
        isSettled = true;
        this.#underWay--;
        // Nothing under way: no rounding error may stay behind.
        this.#reservedUsd = this.#underWay === 0
          ? 0
          : this.#reservedUsd - worstUsd;
        this.#spentUsd += costUsd;
        // Each looks for itself whether there is room for its own.
        for (let i = this.#queue.length; i > 0; i--) this.#queue.admitNext();
      },
    };
  }

  #hasRoom(worstUsd: number): boolean {
    return this.#spentUsd + this.#reservedUsd + worstUsd <= this.maxCostUsd;
  }

  #refusal(worstUsd: number): BudgetError {
    const spent = { spentUsd: this.#spentUsd, maxCostUsd: this.maxCostUsd };
    return new BudgetError(refusedForMoney({ ...spent, worstUsd }));
  }
}
