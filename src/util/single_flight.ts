import type { AbortSignalLike } from "../abort_signal_like.ts";
import { StopController, type StopSignals } from "./stop_controller.ts";

interface Flight<T> {
  readonly result: Promise<T>;
  readonly controller: StopController;
  callers: number;
}

/** Runs concurrent work with the same key once, and shares the result. */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();
  readonly #sharesFailure: boolean;

  /**
   * @param sharesFailure Whether a failure is shared too. If not, callers that joined work that fails
   * run it again with their own key, limits, and signals.
   */
  constructor(
    { sharesFailure = false }: { readonly sharesFailure?: boolean } = {},
  ) {
    this.#sharesFailure = sharesFailure;
  }

  has(key: string): boolean {
    return this.#flights.has(key);
  }

  /**
   * Joins the work in progress under `key`, or starts it. The work is aborted or stopped when the
   * last caller that waits for it is.
   *
   * @throws The reason of the caller's signal that is aborted first, or what the work throws.
   */
  async run(
    key: string,
    caller: StopSignals,
    start: (signals: StopSignals) => Promise<T>,
  ): Promise<T> {
    const { abortSignal, stopSignal } = caller;
    for (;;) {
      abortSignal.throwIfAborted();
      const joined = this.#flights.get(key);
      if (joined === undefined) {
        // A caller that starts work passes its own stop signal on to it.
        return await this.#wait(key, this.#start(key, start), abortSignal);
      }
      stopSignal.throwIfAborted();
      try {
        return await this.#wait(key, joined, abortSignal, stopSignal);
      } catch (error) {
        if (stopSignal.aborted || this.#sharesFailure) throw error;
        this.#forget(key, joined);
      }
    }
  }

  #wait(
    key: string,
    flight: Flight<T>,
    abortSignal: AbortSignalLike,
    stopSignal?: AbortSignalLike,
  ): Promise<T> {
    flight.callers++;
    return new Promise((resolve, reject) => {
      const leave = () => {
        abortSignal.removeEventListener("abort", onAbort);
        stopSignal?.removeEventListener("abort", onStop);
      };
      const onAbort = () => {
        leave();
        if (--flight.callers === 0) {
          this.#forget(key, flight);
          flight.controller.abort(abortSignal.reason);
        }
        reject(abortSignal.reason);
      };
      const onStop = () => {
        if (flight.callers === 1) {
          flight.controller.stop(stopSignal?.reason);
          return;
        }
        leave();
        flight.callers--;
        reject(stopSignal?.reason);
      };
      abortSignal.addEventListener("abort", onAbort, { once: true });
      stopSignal?.addEventListener("abort", onStop, { once: true });
      flight.result.then(resolve, reject).finally(leave);
    });
  }

  #start(
    key: string,
    start: (signals: StopSignals) => Promise<T>,
  ): Flight<T> {
    const controller = new StopController();
    const flight: Flight<T> = {
      controller,
      callers: 0,
      result: start(controller).finally(() => this.#forget(key, flight)),
    };
    this.#flights.set(key, flight);
    return flight;
  }

  #forget(key: string, flight: Flight<T>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
