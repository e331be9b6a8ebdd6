import type { EndpointInfo } from "../catalog/catalog_entries.ts";
import type { GenerateOptions } from "../options/options.ts";
import type { ServerName } from "../server_name.ts";
import type { PrefillOutcome } from "../prefill_outcome.ts";

/** The kind of text that the model has to complete in a probe. */
export type ProbeKind = "word" | "digit";

/** How a prefill reaches the model: see the option `prefillVia`. */
export type PrefillVia = "chat" | "completions";

/** How one endpoint of a model handled the prefills of a probe. */
export interface ProbedEndpoint extends
  Pick<
    EndpointInfo,
    | "provider"
    | "tag"
    | "quantization"
    | "promptUsdPerMillion"
    | "completionUsdPerMillion"
  > {
  /** How the prefills were sent. */
  readonly prefillVia: PrefillVia;
  /**
   * The value of the option `server` that they were sent with, or `null` if they were sent according to the
   * client's options. Other values are tried only on a server whose kind is unknown.
   */
  readonly server: ServerName | null;
  /**
   * Whether the model had to complete an invented word or a digit. A model is probed with a digit if it
   * starts over after a word, at a server other than OpenRouter or at all endpoints, because it may be too
   * weak for that.
   */
  readonly probe: ProbeKind;
  /** The most frequent outcome of prefilled reasoning, or `null` if no request was answered. */
  readonly reasoningOutcome: PrefillOutcome | null;
  /** The fraction of prefilled reasoning that the model continued, from 0 to 1. */
  readonly reasoningContinuationRate: number;
  /** The most frequent outcome of prefilled content after reasoning, or `null` if no request was answered. */
  readonly contentOutcome: PrefillOutcome | null;
  /** The fraction of prefilled content that the model continued, from 0 to 1. */
  readonly contentContinuationRate: number;
  /** The median latency in milliseconds, or `null` if no request was answered. */
  readonly latencyMs: number | null;
  /** The message of the first failed request, or `null` if none failed. */
  readonly error: string | null;
}

/** The result of probing all endpoints of a model. */
export interface PrefillReport {
  /** The probed model. */
  readonly model: string;
  /** The time of the probe, in ISO 8601. */
  readonly probedAt: string;
  /** The number of seeds for each of the two prompts and each endpoint. */
  readonly nSeeds: number;
  /** The number of requests that the probe sent. */
  readonly requests: number;
  /** The cost of the probe, in US dollars. */
  readonly costUsd: number;
  /** The endpoints, once for each way to send a prefill. */
  readonly endpoints: readonly ProbedEndpoint[];
}

/** Options of `RolloutsClient.probePrefill`. The client's options are the defaults. */
export interface ProbeOptions extends
  Pick<
    GenerateOptions,
    | "model"
    | "apiKey"
    | "baseUrl"
    | "server"
    | "temperature"
    | "topP"
    | "reasoning"
    | "timeoutMs"
    | "maxElapsedMs"
    | "maxCostUsd"
    | "requestsPerMinute"
    | "maxConcurrency"
    | "cacheDir"
    | "useCache"
    | "durable"
    | "onCacheError"
    | "signal"
    | "verbose"
  > {
  /**
   * The number of seeds for each of the two prompts and each endpoint.
   * @default {3}
   */
  nSeeds?: number;
}
