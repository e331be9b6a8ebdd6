import type { AbortSignalLike } from "../abort_signal_like.ts";
import { LightAbortController } from "./light_abort_controller.ts";

/** How work that is shared, or the wait for it, may end. */
export interface FlightStops {
  /** Gives it up. */
  readonly cancel: AbortSignalLike;
  /** Lets what is paid come to its end, and begins nothing new. */
  readonly stop: AbortSignalLike;
}

interface Flight<T> {
  readonly result: Promise<T>;
  readonly cancel: LightAbortController;
  readonly stop: LightAbortController;
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
   * @throws The reason of the signal that is aborted first; else what the work throws.
   */
  async run(
    key: string,
    stops: FlightStops,
    start: (stops: FlightStops) => Promise<T>,
  ): Promise<T> {
    for (;;) {
      stops.cancel.throwIfAborted();
      const joined = this.#flights.get(key);
      if (joined === undefined) {
        return await this.#wait(key, this.#start(key, start), stops.cancel);
      }
      stops.stop.throwIfAborted();
      try {
        return await this.#wait(key, joined, stops.cancel, stops.stop);
      } catch (error) {
        if (stops.cancel.aborted || stops.stop.aborted) throw error;
        this.#forget(key, joined);
      }
    }
  }

  /** Who started the work is not stopped here: what they stop is the work itself. */
  #wait(
    key: string,
    flight: Flight<T>,
    cancel: AbortSignalLike,
    stop?: AbortSignalLike,
  ): Promise<T> {
    flight.waiting++;
    return new Promise((resolve, reject) => {
      const leave = () => {
        cancel.removeEventListener("abort", giveUp);
        stop?.removeEventListener("abort", leaveOrStop);
      };
      const giveUp = () => {
        leave();
        if (--flight.waiting === 0) {
          this.#forget(key, flight);
          flight.cancel.abort(cancel.reason);
        }
        reject(cancel.reason);
      };
      const leaveOrStop = () => {
        if (flight.waiting === 1) {
          flight.stop.abort(stop?.reason);
          return;
        }
        leave();
        flight.waiting--;
        reject(stop?.reason);
      };
      cancel.addEventListener("abort", giveUp, { once: true });
      stop?.addEventListener("abort", leaveOrStop, { once: true });
      flight.result.then(resolve, reject).finally(leave);
    });
  }

  #start(
    key: string,
    start: (stops: FlightStops) => Promise<T>,
  ): Flight<T> {
    const cancel = new LightAbortController();
    const stop = new LightAbortController();
    const flight: Flight<T> = {
      cancel,
      stop,
      waiting: 0,
      result: start({ cancel, stop }).finally(() => this.#forget(key, flight)),
    };
    this.#flights.set(key, flight);
    return flight;
  }

  #forget(key: string, flight: Flight<T>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
