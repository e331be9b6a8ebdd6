import type { JsonObject } from "../util/json_object.ts";
import { createRandom, hashText, pick } from "./random.ts";

/** A status other than 200, with the API's error body. */
export interface StatusFault {
  /** The type of fault. */
  readonly type: "status";
  /** The HTTP status, from 400 to 599. */
  readonly status: number;
  /**
   * The error's message.
   *
   * @default {"Provider returned error"}
   */
  readonly message?: string;
  /** The `Retry-After` header: seconds, or a date. */
  readonly retryAfter?: number | Date;
  /** Sent as `error.metadata`. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Sent as `error.availability`. */
  readonly availability?: {
    /** Whether the client may retry. */
    readonly retryable: boolean;
    /** After how many seconds. */
    readonly retry_after?: number;
  };
  /** The headers `X-RateLimit-Limit`, `-Remaining` and `-Reset`. */
  readonly rateLimit?: {
    /** Requests allowed. */
    readonly limit: number;
    /** Requests left. */
    readonly remaining: number;
    /** When the limit resets, in Unix milliseconds. */
    readonly reset: number;
  };
}

/** An error reported after status 200 was sent. */
export interface LateErrorFault {
  /**
   * - "error_in_200": a top-level `error` and no `choices`
   * - "choice_error": `choices[0].error`, finish reason "error", and half of the content
   * - "stream_error": half of the stream, then an event with an `error`
   */
  readonly type: "error_in_200" | "choice_error" | "stream_error";
  /**
   * The error's code.
   *
   * @default {502}
   */
  readonly code?: number;
  /**
   * The error's message.
   *
   * @default {"Provider returned error"}
   */
  readonly message?: string;
  /** Added to `error.metadata`, which always has `error_type`, `provider_name` and `raw`. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** An HTML page instead of JSON. */
export interface HtmlFault {
  /** The type of fault. */
  readonly type: "html_body";
  /**
   * The HTTP status.
   *
   * @default {502}
   */
  readonly status?: number;
}

/** A fault without settings. */
export interface PlainFault {
  /**
   * - "connection_reset": `fetch` rejects
   * - "truncated_body": the second half of the body is missing
   * - "whitespace_only": nothing but the keep-alive white space
   * - "empty_choices": `choices: []`
   * - "stall_before": no response at all, until the client disconnects
   * - "stall_mid_body": half of the body, then nothing
   * - "endless_whitespace": keep-alive white space without end
   * - "endless_body": a body without end, as fast as the client reads it
   */
  readonly type:
    | "connection_reset"
    | "truncated_body"
    | "whitespace_only"
    | "empty_choices"
    | "stall_before"
    | "stall_mid_body"
    | "endless_whitespace"
    | "endless_body";
}

/**
 * A failure of one request.
 *
 * @example
 * ```ts
 * import type { Fault } from "@rollouts/client/testing";
 *
 * const fault: Fault = { type: "status", status: 429, retryAfter: 1 };
 * ```
 */
export type Fault = StatusFault | LateErrorFault | HtmlFault | PlainFault;

/** The name of a type of fault. */
export type FaultType = Fault["type"];

/** The request that a {@linkcode FaultFunction} decides on. */
export interface FaultContext {
  /** The request's seed, or null if it has none. */
  readonly seed: number | null;
  /** The number of this attempt at the sample, from 1. */
  readonly attempt: number;
  /** How many completions were requested before this one, over all samples. */
  readonly index: number;
  /** How many completions are in progress, including this one. */
  readonly inFlight: number;
  /** The first model that the request names. */
  readonly model: string | undefined;
  /** The path of the URL. */
  readonly path: string;
  /** The parsed body. */
  readonly body: unknown;
  /** The request's API key. */
  readonly apiKey: string;
  /** A hash of the sample: the same for each attempt, and different for each sample. */
  readonly sampleHash: number;
}

/** Returns the fault of a request, or null if it succeeds. */
export type FaultFunction = (context: FaultContext) => Fault | null;

/** Random faults, the same ones on every run. */
export interface FaultRates {
  /** The share of attempts that fail, from 0 to 1. */
  readonly rate: number;
  /** The faults to choose from, all equally likely. */
  readonly faults: readonly Fault[];
  /**
   * The random seed: another seed makes other samples fail.
   *
   * @default {0}
   */
  readonly seed?: number;
  /**
   * The last attempt at a sample that can fail.
   *
   * @default {Infinity}
   */
  readonly maxAttempt?: number;
}

/** Which requests fail, and how: all of them, a random share, or those that a function chooses. */
export type FaultPlan = Fault | FaultRates | FaultFunction;

/** The message of errors that come from the provider. */
export const PROVIDER_ERROR = "Provider returned error";

/** Finds the fault that a plan has for a request, or null. */
export function findFault(
  plan: FaultPlan | null,
  context: FaultContext,
): Fault | null {
  if (plan === null) return null;
  if (typeof plan === "function") return plan(context);
  return "rate" in plan ? drawFault(plan, context) : plan;
}

/** Returns the `error` object that is sent after status 200. */
export function lateError(
  fault: LateErrorFault,
  providerName: string,
): JsonObject {
  const { code = 502, message = PROVIDER_ERROR } = fault;
  const metadata = {
    error_type: code === 429 ? "rate_limit_exceeded" : "provider_unavailable",
    provider_name: providerName,
    raw: "upstream connect error",
    ...fault.metadata,
  };
  return { code, message, metadata };
}

function drawFault(rates: FaultRates, context: FaultContext): Fault | null {
  const { rate, faults, seed = 0, maxAttempt = Infinity } = rates;
  if (context.attempt > maxAttempt || faults.length === 0) return null;
  // Drawn by sample, because the order of arrival differs from run to run.
  const random = createRandom(
    hashText(`${seed}|${context.attempt}`, context.sampleHash),
  );
  return random() < rate ? pick(random, faults) : null;
}
