import type { Outcome } from "../outcome.ts";
import { refusedForMoney } from "../scheduler/refused_for_money.ts";
import type { Send } from "../scheduler/with_retries.ts";
import type { AbortSignalLike } from "../abort_signal_like.ts";
import { isApiKey } from "../options/is_api_key.ts";
import { requestHeaders } from "../request/request_headers.ts";
import type { AttemptJob } from "./attempt_job.ts";
import { digest } from "./digest.ts";
import type { Gate } from "./gate.ts";
import type { KeySeal } from "./key_seal.ts";
import { QueueError } from "./redis_error.ts";

/** What attempts are made with. */
export interface AttemptRunnerOptions {
  /** The only address to which requests, and keys, are sent. */
  readonly baseUrl: string;
  /** The key of this worker; undefined where it has none. */
  readonly apiKey: string | undefined;
  /** Opens keys that come with jobs; null where no secret is known. */
  readonly seal: KeySeal | null;
  /** Lets requests start. */
  readonly gate: Gate;
  /** Sends them. */
  readonly send: Send;
}

/** Who may end an attempt. */
export interface AttemptStops {
  /** It is not sent any more, where it waits. */
  readonly stop: AbortSignalLike;
  /** It is given up, though it is paid. */
  readonly cancel: AbortSignalLike;
}

/** Makes the attempts that stand in a queue. */
export class AttemptRunner {
  readonly #options: AttemptRunnerOptions;

  /** Makes it. */
  constructor(options: AttemptRunnerOptions) {
    this.#options = options;
  }

  /**
   * Makes an attempt, when the limits allow.
   *
   * @throws The reason of the signal that is aborted.
   */
  async run(
    id: string,
    job: AttemptJob,
    { stop, cancel }: AttemptStops,
  ): Promise<Outcome> {
    const { gate, send } = this.#options;
    const apiKey = await this.#keyFor(id, job);
    if (typeof apiKey !== "string") return apiKey;
    const { sealedKey: _, trace: __, ...request } = job;
    const account = digest(this.#options.baseUrl, apiKey);
    const pass = await gate.enter({ ...job.limits, account }, stop);
    if ("refused" in pass) {
      const message = refusedForMoney({
        spentUsd: pass.spentUsd,
        maxCostUsd: job.limits.maxCostUsd!,
        worstUsd: job.limits.worstCaseUsd!,
      });
      return failure({ kind: "unsent", why: "budget", message });
    }
    let outcome: Outcome | null = null;
    try {
      const headers = requestHeaders(apiKey);
      outcome = await send({ ...request, headers }, cancel);
      return outcome;
    } finally {
      // The answer does not wait for it.
      pass.leave(outcome ?? GIVEN_UP).catch(() => {});
    }
  }

  /** The key for a job, or why it is not sent: whoever can write into Redis must not have a key sent to a place of his own. */
  async #keyFor(id: string, job: AttemptJob): Promise<string | Outcome> {
    const { baseUrl, seal } = this.#options;
    const paths = [`${baseUrl}/chat/completions`, `${baseUrl}/completions`];
    if (!paths.includes(job.url)) {
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
    const { apiKey } = this.#options;
    if (isApiKey(apiKey)) return apiKey;
    return refused(
      "a worker of the queue has no OPENROUTER_API_KEY, and the run brings none: " +
        "set it for the worker, or ROLLOUTS_QUEUE_SECRET for both",
    );
  }
}

/** What was given up may be billed in full. */
const GIVEN_UP: Outcome = failure({
  kind: "worker",
  message: "given up",
  retryable: true,
});

function refused(message: string): Outcome {
  return failure({ kind: "worker", message, retryable: false });
}

function failure(
  failure: (Outcome & { type: "failure" })["failure"],
): Outcome {
  return { type: "failure", failure };
}
