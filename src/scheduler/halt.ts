import type { RolloutsError } from "../errors.ts";
import type { AbortSignalLike } from "../abort_signal_like.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";

/** The end of a job: no more requests are started, and those under way come to their end. */
export class Halt {
  readonly #source = new LightAbortController();
  #failure: RolloutsError | null = null;

  /** Aborted, with the reason, when the job is halted. */
  get signal(): AbortSignalLike {
    return this.#source;
  }

  /** Why the job as a whole has failed; null where it has not. */
  get failure(): RolloutsError | null {
    return this.#failure;
  }

  /** Halts the job. What is there of it still counts. */
  stop(reason: RolloutsError): void {
    this.#source.abort(reason);
  }

  /** Halts the job, which as a whole has failed. */
  fail(reason: RolloutsError): void {
    this.#failure ??= reason;
    this.#source.abort(reason);
  }
}
