import { createRandom, hashText } from "./random.ts";

/** A status other than 200, with the API's error body. */
export interface StatusFault {
  /** Which fault it is. */
  readonly type: "status";
  /** The HTTP status, from 400 to 599. */
  readonly status: number;
  /** The error's message. */
  readonly message?: string;
  /** `Retry-After`: seconds, or a date. */
  readonly retryAfter?: number | Date;
  /** `error.metadata`. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** `error.availability`. */
  readonly availability?: {
    /** Whether the client may try again. */
    readonly retryable: boolean;
    /** After how many seconds. */
    readonly retry_after?: number;
  };
  /** `X-RateLimit-Limit`, `-Remaining` and `-Reset` (Unix milliseconds). */
  readonly rateLimit?: {
    /** Requests allowed. */
    readonly limit: number;
    /** Requests left. */
    readonly remaining: number;
    /** When the limit starts anew, in Unix milliseconds. */
    readonly reset: number;
  };
}

/** An error that comes after status 200 was sent. */
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
  /** The error's message. */
  readonly message?: string;
  /** More for `error.metadata`, which has `error_type`, `provider_name` and `raw` already. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** A page of HTML in place of JSON. */
export interface HtmlFault {
  /** Which fault it is. */
  readonly type: "html_body";
  /**
   * The HTTP status.
   *
   * @default {502}
   */
  readonly status?: number;
}

/** A fault that needs no settings. */
export interface PlainFault {
  /**
   * - "connection_reset": `fetch` rejects
   * - "truncated_body": the second half of the body is missing
   * - "whitespace_only": nothing but the keep-alive white space
   * - "empty_choices": `choices: []`
   * - "stall_before": nothing at all, until the client gives up
   * - "stall_mid_body": half of the body, and then nothing
   * - "endless_whitespace": keep-alive white space for ever
   */
  readonly type:
    | "connection_reset"
    | "truncated_body"
    | "whitespace_only"
    | "empty_choices"
    | "stall_before"
    | "stall_mid_body"
    | "endless_whitespace";
}

/**
 * Something that goes wrong with one request.
 *
 * @example
 * ```ts
 * import type { Fault } from "@rollouts/client/testing";
 *
 * const fault: Fault = { type: "status", status: 429, retryAfter: 1 };
 * ```
 */
export type Fault = StatusFault | LateErrorFault | HtmlFault | PlainFault;

/** The name of a kind of fault. */
export type FaultType = Fault["type"];

/** What a {@linkcode FaultFunction} is told about a request. */
export interface FaultContext {
  /** The request's seed, or null where it has none. */
  readonly seed: number | null;
  /** The how-manieth try of this sample it is, from 1. */
  readonly attempt: number;
  /** How many generations the server was asked for before, over all samples. */
  readonly index: number;
  /** How many generations run, with this one. */
  readonly inFlight: number;
  /** The first model that the request names. */
  readonly model: string | undefined;
  /** The path of the URL. */
  readonly path: string;
  /** The parsed body. */
  readonly body: unknown;
  /** The key that it came with. */
  readonly apiKey: string;
  /** A hash of the sample: the same for every try, another for every other sample. */
  readonly sampleHash: number;
}

/** Says what goes wrong with a request: null for nothing. */
export type FaultFunction = (context: FaultContext) => Fault | null;

/** Faults by chance, but the same ones on every run. */
export interface FaultRates {
  /** The share of the tries that fail, from 0 to 1. */
  readonly rate: number;
  /** What can go wrong, each as likely as the others. */
  readonly kinds: readonly Fault[];
  /**
   * Another seed strikes other samples.
   *
   * @default {0}
   */
  readonly seed?: number;
  /**
   * Later tries of a sample than this one never fail.
   *
   * @default {Infinity}
   */
  readonly maxAttempt?: number;
}

/** Which requests fail, and how: all of them, some by chance, or as a function says. */
export type FaultPlan = Fault | FaultRates | FaultFunction;

/** Makes the one form of a fault plan of the others. */
export function faultFunction(plan: FaultPlan | null): FaultFunction {
  if (plan === null) return () => null;
  if (typeof plan === "function") return plan;
  return "rate" in plan ? (context) => drawFault(plan, context) : () => plan;
}

function drawFault(rates: FaultRates, context: FaultContext): Fault | null {
  const { rate, kinds, seed = 0, maxAttempt = Infinity } = rates;
  if (context.attempt > maxAttempt || kinds.length === 0) return null;
  // Drawn from the sample and not in the order of arrival, which differs from run to run.
  const draw = createRandom(
    hashText(`${seed}|${context.attempt}`, context.sampleHash),
  );
  if (draw() >= rate) return null;
  return kinds[Math.floor(draw() * kinds.length)] ?? null;
}
