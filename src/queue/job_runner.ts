import type { AbortSignalLike } from "../abort_signal_like.ts";
import { BudgetError } from "../errors.ts";
import { type Failure, type Outcome, workerFailure } from "../outcome.ts";
import { requestHeaders } from "../request/request_headers.ts";
import type { Transport } from "../transport.ts";
import { digest } from "./digest.ts";
import type {
  DistributedLimiter,
  DistributedPermit,
} from "./distributed_limiter.ts";
import type { KeySeal } from "./key_seal.ts";
import { QueueError } from "./queue_error.ts";
import type { RequestJob } from "./request_job.ts";

export interface JobRunnerOptions {
  /** The only base URL that requests, and keys, are sent to. */
  readonly baseUrl: string;
  /**
   * Returns the worker's own key, or `null` if it has none and the server may need none. Throws if the
   * server needs one, or the key must not be sent to it.
   */
  readonly apiKey: () => string | null;
  /** Opens keys that come with jobs; `null` without a secret. */
  readonly seal: KeySeal | null;
  readonly limiter: DistributedLimiter;
  readonly transport: Transport;
}

/** The signals that end a job. */
export interface JobSignals {
  /** Ends the wait for a permit. */
  readonly stop: AbortSignalLike;
  /** Aborts the request in flight, although it may be billed. */
  readonly abort: AbortSignalLike;
}

/** Sends the requests of a queue. */
export class JobRunner {
  readonly #options: JobRunnerOptions;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
  }

  /**
   * Sends the request of a job when the limits allow it.
   *
   * @throws The reason of the signal that is aborted.
   */
  async run(
    id: string,
    job: RequestJob,
    { stop, abort }: JobSignals,
  ): Promise<Outcome> {
    const { baseUrl, limiter, transport } = this.#options;
    const { sealedKey: _, trace: __, ...request } = job;
    let apiKey: string | null;
    let permit: DistributedPermit;
    try {
      apiKey = await this.#apiKey(id, job);
      const account = digest(baseUrl, apiKey ?? "");
      const { limits, model } = job;
      permit = await limiter.acquire({ ...limits, account, model }, stop);
    } catch (error) {
      const failure = refusalOf(error);
      if (failure === null) throw error;
      return { type: "failure", failure };
    }
    let outcome: Outcome = ABORTED;
    try {
      const headers = requestHeaders(apiKey);
      const options = { signal: abort };
      outcome = await transport.send({ ...request, headers }, options);
      return outcome;
    } finally {
      // The answer does not wait for it.
      permit.release(outcome).catch(() => {});
    }
  }

  /**
   * Returns the key for a job, or `null` to send none. Write access to Redis must not be enough to steal keys.
   *
   * @throws {QueueError} If this worker is not allowed to send the request, or has no key.
   */
  async #apiKey(id: string, job: RequestJob): Promise<string | null> {
    const { baseUrl, seal, apiKey } = this.#options;
    const urls = [`${baseUrl}/chat/completions`, `${baseUrl}/completions`];
    if (!urls.includes(job.url)) {
      throw new QueueError(
        `the queue worker sends requests only to ${baseUrl}, not to ${job.url}: set its --base-url`,
      );
    }
    if (job.sealedKey === null) {
      try {
        return apiKey();
      } catch (cause) {
        throw new QueueError(
          `the queue worker has no API key that it may use (${
            (cause as Error).message
          }), and the run sends none: set OPENROUTER_API_KEY for the worker, or ROLLOUTS_QUEUE_SECRET for both`,
          { cause },
        );
      }
    }
    if (seal !== null) return await seal.open(job.sealedKey, [job.url, id]);
    throw new QueueError(
      "cannot decrypt the API key of the job: set ROLLOUTS_QUEUE_SECRET for the queue worker",
    );
  }
}

/** An aborted request may be billed in full. */
const ABORTED = workerFailure("aborted", { retryable: true });

/** Returns the failure of a request that is not sent, or `null` for other errors. */
function refusalOf(error: unknown): Failure | null {
  if (error instanceof BudgetError) {
    return { kind: "unsent", why: "budget", message: error.message };
  }
  return error instanceof QueueError
    ? { kind: "worker", message: error.message, retryable: false }
    : null;
}
