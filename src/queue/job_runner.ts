import type { AbortSignalLike } from "../abort_signal_like.ts";
import { isApiKey } from "../options/is_api_key.ts";
import type { Failure, Outcome } from "../outcome.ts";
import { requestHeaders } from "../request/request_headers.ts";
import { budgetMessage } from "../scheduler/budget.ts";
import type { Transport } from "../transport.ts";
import { digest } from "./digest.ts";
import type { DistributedLimiter } from "./distributed_limiter.ts";
import type { KeySeal } from "./key_seal.ts";
import { QueueError } from "./queue_error.ts";
import type { RequestJob } from "./request_job.ts";

/** Options of {@linkcode JobRunner}. */
export interface JobRunnerOptions {
  /** The only base URL that requests, and keys, are sent to. */
  readonly baseUrl: string;
  /** The worker's own key. */
  readonly apiKey: string | undefined;
  /** Opens keys that come with jobs; `null` without a secret. */
  readonly seal: KeySeal | null;
  readonly limiter: DistributedLimiter;
  /** Sends the requests. */
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
    const apiKey = await this.#apiKey(id, job);
    if (typeof apiKey !== "string") return apiKey;
    const account = digest(baseUrl, apiKey);
    const permit = await limiter.acquire({ ...job.limits, account }, stop);
    if ("refused" in permit) {
      const message = budgetMessage({
        spentUsd: permit.spentUsd,
        maxCostUsd: job.limits.maxCostUsd!,
        worstCaseUsd: job.limits.worstCaseUsd!,
      });
      return failed({ kind: "unsent", why: "budget", message });
    }
    let outcome: Outcome = ABORTED;
    try {
      const headers = requestHeaders(apiKey);
      outcome = await transport.send({ ...request, headers }, {
        signal: abort,
      });
      return outcome;
    } finally {
      // The answer does not wait for it.
      permit.release(outcome).catch(() => {});
    }
  }

  /** Returns the key for a job, or why there is none. Write access to Redis must not be enough to steal keys. */
  async #apiKey(id: string, job: RequestJob): Promise<string | Outcome> {
    const { baseUrl, seal, apiKey } = this.#options;
    const urls = [`${baseUrl}/chat/completions`, `${baseUrl}/completions`];
    if (!urls.includes(job.url)) {
      return refused(
        `a worker of the queue sends requests to ${baseUrl} alone, not to ${job.url}: its --base-url says where`,
      );
    }
    if (job.sealedKey !== null) {
      if (seal === null) {
        return refused(
          "the key that came with the job cannot be opened: a worker of the queue has no ROLLOUTS_QUEUE_SECRET",
        );
      }
      try {
        return await seal.open(job.sealedKey, [job.url, id]);
      } catch (error) {
        if (!(error instanceof QueueError)) throw error;
        return refused(error.message);
      }
    }
    if (isApiKey(apiKey)) return apiKey;
    return refused(
      "a worker of the queue has no OPENROUTER_API_KEY, and the run brings none: " +
        "set it for the worker, or ROLLOUTS_QUEUE_SECRET for both",
    );
  }
}

/** An aborted request may be billed in full. */
const ABORTED: Outcome = failed({
  kind: "worker",
  message: "aborted",
  retryable: true,
});

function refused(message: string): Outcome {
  return failed({ kind: "worker", message, retryable: false });
}

function failed(failure: Failure): Outcome {
  return { type: "failure", failure };
}
