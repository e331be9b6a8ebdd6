import type { AbortSignalLike } from "../abort_signal_like.ts";
import { LightAbortController } from "./light_abort_controller.ts";

/** The two ways in which work ends early. */
export interface StopSignals {
  /** Aborted when nothing new may start. Aborted by {@linkcode StopController.abort} too. */
  readonly stopSignal: AbortSignalLike;
  /** Aborted when work in progress ends as well. */
  readonly abortSignal: AbortSignalLike;
}

/**
 * An `AbortController` with two verbs: `stop` lets requests in flight finish, since they are paid
 * for, and starts no more; `abort` ends those too.
 */
export class StopController implements StopSignals {
  readonly #stop = new LightAbortController();
  readonly #abort = new LightAbortController();

  get stopSignal(): AbortSignalLike {
    return this.#stop;
  }

  get abortSignal(): AbortSignalLike {
    return this.#abort;
  }

  /** Starts nothing new. */
  stop(reason: unknown): void {
    this.#stop.abort(reason);
  }

  /** Ends everything. */
  abort(reason: unknown): void {
    this.#abort.abort(reason);
    this.#stop.abort(reason);
  }
}
