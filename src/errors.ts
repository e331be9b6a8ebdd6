/** What every error of this package extends. */
export class RolloutsError extends Error {
  /** The class, as text: it survives where the class itself does not. */
  override name = "RolloutsError";
}

/** What an {@linkcode ApiError} knows beside its message. */
export interface ApiErrorDetails {
  /** The HTTP status, or the code that stood in a body sent with status 200. */
  readonly status: number;
  /** The API's own word for what went wrong, where it gave one. */
  readonly code: string | null;
  /** The provider that failed, where it is known. */
  readonly provider: string | null;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** How long the API asks to wait, in milliseconds; null where it does not say. */
  readonly retryAfterMs: number | null;
}

/** The API answered, and the answer is an error. */
export class ApiError extends RolloutsError implements ApiErrorDetails {
  /** The class, as text: it survives where the class itself does not. */
  override name = "ApiError";
  readonly status: number;
  readonly code: string | null;
  readonly provider: string | null;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;

  /** Makes the error from its message and what is known of it. */
  constructor(message: string, details: ApiErrorDetails) {
    super(message);
    this.status = details.status;
    this.code = details.code;
    this.provider = details.provider;
    this.retryable = details.retryable;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** No answer came: the connection failed, broke, or is not permitted. */
export class NetworkError extends RolloutsError {
  /** The class, as text: it survives where the class itself does not. */
  override name = "NetworkError";
  /** False where the program may not use the network at all. */
  readonly retryable: boolean;

  /** Makes the error. */
  constructor(message: string, retryable: boolean) {
    super(message);
    this.retryable = retryable;
  }
}

/** The answer was not there whole when `timeoutMs` had passed. Worth a retry. */
export class RequestTimeoutError extends RolloutsError {
  /** The class, as text: it survives where the class itself does not. */
  override name = "RequestTimeoutError";
}

/** What came back is no answer: cut short, not JSON, or without choices. Worth a retry. */
export class ResponseError extends RolloutsError {
  /** The class, as text: it survives where the class itself does not. */
  override name = "ResponseError";
}

/** A cache file or directory could not be read or written. */
export class CacheError extends RolloutsError {
  /** The class, as text: it survives where the class itself does not. */
  override name = "CacheError";
  /** The file or directory. */
  readonly path: string;

  /** Makes the error for one path. */
  constructor(message: string, path: string, options?: ErrorOptions) {
    super(message, options);
    this.path = path;
  }
}

/** `cacheOnly` is set and the sample is not in the cache. */
export class CacheMissError extends RolloutsError {
  /** The class, as text: it survives where the class itself does not. */
  override name = "CacheMissError";
}

/** A worker crashed or did not load. */
export class WorkerError extends RolloutsError {
  /** The class, as text: it survives where the class itself does not. */
  override name = "WorkerError";
}

/** The request was not started, since `maxCostUsd` could have been passed. */
export class BudgetError extends RolloutsError {
  /** The class, as text: it survives where the class itself does not. */
  override name = "BudgetError";
}

/** The request was not started, since the client was stopped, or its queue drained. */
export class StoppedError extends RolloutsError {
  /** The class, as text: it survives where the class itself does not. */
  override name = "StoppedError";
}

/**
 * The model does not go on with the beginning of its own text: it began anew or refused where
 * `requireContinuation` is set, or is known not to.
 */
export class PrefillError extends RolloutsError {
  /** The class, as text: it survives where the class itself does not. */
  override name = "PrefillError";
}
