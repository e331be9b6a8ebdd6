/** The base class of all errors of this package. */
export class RolloutsError extends Error {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "RolloutsError";
}

/** The details of an {@linkcode ApiError}. */
export interface ApiErrorDetails {
  /** The HTTP status, or the code in the body of an error that was sent with status 200. */
  readonly status: number;
  /** The API's own code for the error, or `null` if it has none. */
  readonly code: string | null;
  /** The provider that failed, or `null` if it is unknown. */
  readonly provider: string | null;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** How long the API asks to wait, in milliseconds, or `null` if it does not. */
  readonly retryAfterMs: number | null;
  /** The headers of the answer. Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The id of the request, for the support of OpenRouter, or `null` if the answer has none. */
  readonly requestId: string | null;
}

/**
 * The API answered with an error. The common statuses have subclasses, such as
 * {@linkcode RateLimitError}.
 *
 * @example
 * ```ts
 * import { assert, assertEquals, assertRejects } from "@std/assert";
 * import { ApiError, AuthenticationError, OpenRouter } from "@rollouts/client";
 * import { MockOpenRouter } from "@rollouts/client/testing";
 *
 * await using mock = await MockOpenRouter.start({
 *   faults: { type: "status", status: 401 },
 * });
 * const openRouter = new OpenRouter({ apiKey: "sk-example", baseUrl: mock.baseUrl });
 * const error = await assertRejects(
 *   () => openRouter.generateSingle("Hi", { model: "qwen/qwen3-30b-a3b" }),
 *   ApiError,
 * );
 * assert(error instanceof AuthenticationError);
 * assertEquals([error.status, error.retryable], [401, false]);
 * ```
 */
export class ApiError extends RolloutsError implements ApiErrorDetails {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "ApiError";
  readonly status: number;
  readonly code: string | null;
  readonly provider: string | null;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestId: string | null;

  /** Creates the error from its message and details. */
  constructor(message: string, details: ApiErrorDetails) {
    super(message);
    this.status = details.status;
    this.code = details.code;
    this.provider = details.provider;
    this.retryable = details.retryable;
    this.retryAfterMs = details.retryAfterMs;
    this.headers = details.headers;
    this.requestId = details.requestId;
  }
}

/** Status 400: the request is invalid, for example because of an unknown parameter or a model slug that cannot be one. */
export class BadRequestError extends ApiError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "BadRequestError";
}

/**
 * Status 401: the API key is missing or not accepted. If no key for OpenRouter is known, nothing is sent,
 * and the error is a {@linkcode RolloutsError}.
 */
export class AuthenticationError extends ApiError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "AuthenticationError";
}

/** Status 402: the account or the key has no credit left. */
export class PaymentRequiredError extends ApiError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "PaymentRequiredError";
}

/** Status 403: the prompt was flagged, or the key is not allowed to make this request. */
export class PermissionError extends ApiError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "PermissionError";
}

/** Status 404: no provider serves the model, or the address is wrong. */
export class NotFoundError extends ApiError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "NotFoundError";
}

/** Status 409: the request conflicts with another one. */
export class ConflictError extends ApiError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "ConflictError";
}

/** Status 422: the provider cannot process the request. */
export class UnprocessableEntityError extends ApiError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "UnprocessableEntityError";
}

/** Status 429: a rate limit was reached. */
export class RateLimitError extends ApiError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "RateLimitError";
}

/** Status 500 or above: OpenRouter or the provider failed. */
export class InternalServerError extends ApiError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "InternalServerError";
}

/** There was no answer: the connection failed or is not permitted. */
export class NetworkError extends RolloutsError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "NetworkError";
  /** Whether the request may succeed later; `false` if the program has no network permission. */
  readonly retryable: boolean;

  /** Creates the error. */
  constructor(message: string, retryable: boolean) {
    super(message);
    this.retryable = retryable;
  }
}

/** The answer was not complete after `timeoutMs`, or when `maxElapsedMs` had passed. */
export class RequestTimeoutError extends RolloutsError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "RequestTimeoutError";
}

/** The answer is not a completion: it is cut short, not JSON, or empty. */
export class ResponseError extends RolloutsError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "ResponseError";
}

/** A cache file or directory could not be read or written. */
export class CacheError extends RolloutsError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "CacheError";
  /** The file or directory. */
  readonly path: string;

  /** Creates the error for a path. */
  constructor(message: string, path: string, options?: ErrorOptions) {
    super(message, options);
    this.path = path;
  }
}

/** `cacheOnly` is set and the sample is not in the cache. */
export class CacheMissError extends RolloutsError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "CacheMissError";
}

/** A worker crashed or did not load. */
export class WorkerError extends RolloutsError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "WorkerError";
}

/** The request was not sent because its cost could exceed `maxCostUsd`. */
export class BudgetError extends RolloutsError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "BudgetError";
}

/** The request was not sent because the client was stopped, or its queue was drained. */
export class StoppedError extends RolloutsError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "StoppedError";
}

/**
 * The model does not continue the prefill: it started over or refused although
 * `requireContinuation` is set, or it is known not to.
 */
export class PrefillError extends RolloutsError {
  /** The name of the class, which also identifies errors of another copy of the package. */
  override name = "PrefillError";
}
