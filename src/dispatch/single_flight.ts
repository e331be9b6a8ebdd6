import { type StopSignal, StopSource } from "./stop_signal.ts";

interface Flight<T> {
  readonly result: Promise<T>;
  readonly cancel: StopSource;
  waiting: number;
}

/** Work that is asked for twice at the same time is done once, and shared. */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();

  /** Whether work goes on under a key. */
  has(key: string): boolean {
    return this.#flights.has(key);
  }

  /**
   * Joins the work that goes on under `key`, or starts it. It is ended when the last who
   * waited for it has given up. Who joined work that then fails does it again in their own way:
   * another caller's key, limits or end are no reason of theirs.
   *
   * @throws The signal's reason, where it is aborted first; else what the work throws.
   */
  async run(
    key: string,
    signal: StopSignal,
    start: (cancel: StopSignal) => Promise<T>,
  ): Promise<T> {
    for (;;) {
      signal.throwIfAborted();
      const joined = this.#flights.get(key);
      if (joined === undefined) {
        return await this.#wait(key, this.#start(key, start), signal);
      }
      try {
        return await this.#wait(key, joined, signal);
      } catch {
        this.#forget(key, joined);
      }
    }
  }

  #wait(key: string, flight: Flight<T>, signal: StopSignal): Promise<T> {
    flight.waiting++;
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        if (--flight.waiting === 0) {
          this.#forget(key, flight);
          flight.cancel.abort(signal.reason);
        }
        reject(signal.reason);
      };
      signal.addEventListener("abort", giveUp, { once: true });
      flight.result.then(resolve, reject).finally(() =>
        signal.removeEventListener("abort", giveUp)
      );
    });
  }

  #start(
    key: string,
    start: (cancel: StopSignal) => Promise<T>,
  ): Flight<T> {
    const cancel = new StopSource();
    const flight: Flight<T> = {
      cancel,
      waiting: 0,
      result: start(cancel).finally(() => this.#forget(key, flight)),
    };
    this.#flights.set(key, flight);
    return flight;
  }

  #forget(key: string, flight: Flight<T>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
