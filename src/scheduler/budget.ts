import type { AbortSignalLike } from "../abort_signal_like.ts";
import { BudgetError } from "../errors.ts";
import { formatUsd } from "../util/format_usd.ts";
import { WaitQueue } from "../util/wait_queue.ts";

/** Money set aside for a request in flight. */
export interface Reservation {
  /** Replaces the reserved amount by the cost of the request, in US dollars. */
  commit(costUsd: number): void;
}

/** Amounts in US dollars. */
export interface BudgetState {
  readonly spentUsd: number;
  readonly maxCostUsd: number;
  /** The most that the refused request can cost. */
  readonly worstCaseUsd: number;
}

/**
 * Limits the cost of requests. A request starts only if the money spent, the worst-case costs of those in
 * flight, and its own worst case stay within the limit. Otherwise it waits until others
 * have finished, and is refused if none is in flight.
 */
export class Budget {
  readonly maxCostUsd: number;
  readonly #parent: Budget | null;
  readonly #queue = new WaitQueue();
  #spentUsd = 0;
  #reservedUsd = 0;
  #inFlight = 0;

  /** @param parent A budget that limits the same requests and others. */
  constructor(maxCostUsd: number, parent: Budget | null = null) {
    this.maxCostUsd = Math.min(maxCostUsd, parent?.maxCostUsd ?? Infinity);
    this.#parent = parent;
  }

  get spentUsd(): number {
    return this.#spentUsd;
  }

  /**
   * Reserves the most that a request can cost, in US dollars.
   *
   * @throws {BudgetError} If the limit does not allow it.
   * @throws The signal's reason, if it is aborted first.
   */
  async reserve(
    worstCaseUsd: number,
    signal: AbortSignalLike,
  ): Promise<Reservation> {
    const own = await this.#reserve(worstCaseUsd, signal);
    if (this.#parent === null) return own;
    try {
      const parents = await this.#parent.reserve(worstCaseUsd, signal);
      return {
        commit: (costUsd) => {
          own.commit(costUsd);
          parents.commit(costUsd);
        },
      };
    } catch (error) {
      own.commit(0);
      throw error;
    }
  }

  async #reserve(
    worstCaseUsd: number,
    signal: AbortSignalLike,
  ): Promise<Reservation> {
    signal.throwIfAborted();
    while (!this.#hasRoom(worstCaseUsd)) {
      if (this.#inFlight === 0) {
        const { maxCostUsd, spentUsd } = this;
        throw new BudgetError(
          budgetMessage({ spentUsd, maxCostUsd, worstCaseUsd }),
        );
      }
      await this.#queue.wait(signal);
    }
    this.#reservedUsd += worstCaseUsd;
    this.#inFlight++;
    let isCommitted = false;
    return {
      commit: (costUsd) => {
        if (isCommitted) return;
        isCommitted = true;
        this.#inFlight--;
        // With nothing in flight, no rounding error may remain.
        this.#reservedUsd = this.#inFlight === 0
          ? 0
          : this.#reservedUsd - worstCaseUsd;
        this.#spentUsd += costUsd;
        this.#queue.admitAll();
      },
    };
  }

  #hasRoom(worstCaseUsd: number): boolean {
    const plannedUsd = this.#spentUsd + this.#reservedUsd + worstCaseUsd;
    return plannedUsd <= this.maxCostUsd;
  }
}

/** Returns the message for a request that could exceed the budget. */
export function budgetMessage(
  { spentUsd, maxCostUsd, worstCaseUsd }: BudgetState,
): string {
  return `budget reached: ${formatUsd(spentUsd)} of ${formatUsd(maxCostUsd)} ` +
    `spent, the next request may cost up to ${formatUsd(worstCaseUsd)}; ` +
    "completed samples are cached: run again with a higher maxCostUsd to continue";
}
