import type { AbortSignalLike } from "../abort_signal_like.ts";
import { LightAbortController } from "./light_abort_controller.ts";

export interface StopSignals {
  /** Aborted when nothing new may start. Aborted by {@linkcode StopController.abort} too. */
  readonly stopSignal: AbortSignalLike;
  /** Aborted when work in progress must end, too. */
  readonly abortSignal: AbortSignalLike;
}

/**
 * An `AbortController` with two verbs: `stop` starts no more requests but lets those in flight, which
 * are paid for, finish. `abort` aborts them, too.
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

  /** Prevents new work from starting. */
  stop(reason: unknown): void {
    this.#stop.abort(reason);
  }

  /** Aborts all work. */
  abort(reason: unknown): void {
    this.#abort.abort(reason);
    this.#stop.abort(reason);
  }
}
