import type { AbortSignalLike } from "../abort_signal_like.ts";
import type { RolloutsError } from "../errors.ts";
import { abortable } from "../util/abortable.ts";
import type { Clock } from "../util/clock.ts";
import { LightAbortController } from "../util/light_abort_controller.ts";
import { isPermanent, QueueError } from "./queue_error.ts";

/** The reply of Redis to the requests that wait in a queue. */
export interface AcquireReply {
  /** How many of the first requests got a permit. */
  readonly granted: number;
  /** Why the next request never gets one, or `null` if it can. */
  readonly refusal: RolloutsError | null;
  /** How long to wait before asking again, in milliseconds. */
  readonly waitMs: number;
}

export interface PermitBatcherOptions {
  readonly clock: Clock;
  /** Asks Redis for permits, in the order of the ids. */
  readonly acquire: (ids: readonly string[]) => Promise<AcquireReply>;
  /** Returns the permit of a request that was aborted in the meantime. */
  readonly giveBack: (id: string) => Promise<void>;
  /** Called when no request waits any longer. */
  readonly onEmpty: () => void;
}

/** The maximum number of permits to ask for at once. */
const BATCH_SIZE = 256;

/** How long to wait after Redis could not answer, in milliseconds. */
const ERROR_WAIT_MS = 500;

/** Requests of one worker that wait for permits under the same limits. One call to Redis asks for all of them. */
export class PermitBatcher {
  readonly #options: PermitBatcherOptions;
  /** By id, in order of arrival. */
  readonly #waiting = new Map<
    string,
    (refusal: RolloutsError | null) => void
  >();
  #sleep: LightAbortController | null = null;
  #isRunning = false;
  #isWoken = false;

  constructor(options: PermitBatcherOptions) {
    this.#options = options;
  }

  /**
   * Waits for a permit.
   *
   * @throws {RolloutsError} If the request never gets one.
   * @throws The signal's reason, if it is aborted first.
   */
  wait(id: string, signal: AbortSignalLike): Promise<void> {
    return abortable(signal, (resolve, reject) => {
      this.#waiting.set(id, (refusal) => {
        if (refusal === null) resolve();
        else reject(refusal);
      });
      this.#run();
      return () => {
        this.#waiting.delete(id);
        if (this.#waiting.size === 0) this.#sleep?.abort(null);
      };
    });
  }

  /** Asks Redis again without waiting: there may be free permits now. */
  wake(): void {
    this.#isWoken = true;
    this.#sleep?.abort(null);
  }

  /** One loop asks for all requests that wait, and ends with the last of them. */
  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    // Requests that arrive in this turn of the event loop are asked for together.
    await Promise.resolve();
    while (this.#waiting.size > 0) {
      this.#isWoken = false;
      const waitMs = await this.#acquire();
      if (waitMs > 0 && !this.#isWoken && this.#waiting.size > 0) {
        this.#sleep = new LightAbortController();
        await this.#options.clock.sleep(waitMs, this.#sleep).catch(() => {});
        this.#sleep = null;
      }
    }
    this.#isRunning = false;
    this.#options.onEmpty();
  }

  #refuseAll(refusal: RolloutsError): void {
    for (const [id, settle] of this.#waiting) {
      this.#waiting.delete(id);
      settle(refusal);
    }
  }

  /** Asks once, and returns how long to wait, in milliseconds. */
  async #acquire(): Promise<number> {
    const ids: string[] = [];
    for (const id of this.#waiting.keys()) {
      if (ids.push(id) === BATCH_SIZE) break;
    }
    let reply: AcquireReply;
    try {
      reply = await this.#options.acquire(ids);
    } catch (error) {
      // Redis may be out of memory. Asking twice grants a permit once.
      if (!isPermanent(error)) return ERROR_WAIT_MS;
      this.#refuseAll(
        new QueueError(
          `Redis rejects a request for permits: ${(error as Error).message}`,
        ),
      );
      return 0;
    }
    const { granted, refusal, waitMs } = reply;
    for (const id of ids.slice(0, granted)) {
      const settle = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (settle === undefined) await this.#options.giveBack(id);
      else settle(null);
    }
    const next = ids[granted];
    if (refusal !== null && next !== undefined) {
      this.#waiting.get(next)?.(refusal);
      this.#waiting.delete(next);
    }
    return waitMs;
  }
}
