import {
  ApiError,
  type ApiErrorDetails,
  AuthenticationError,
  BadRequestError,
  BudgetError,
  ConflictError,
  InternalServerError,
  NetworkError,
  NotFoundError,
  PaymentRequiredError,
  PermissionError,
  RateLimitError,
  RequestTimeoutError,
  ResponseError,
  type RolloutsError,
  StoppedError,
  UnprocessableEntityError,
  WorkerError,
} from "./errors.ts";
import type { Failure } from "./outcome.ts";

/** Creates the error for a failure, which crosses threads as plain data. */
export function errorFromFailure(failure: Failure): RolloutsError {
  switch (failure.kind) {
    case "api":
      return apiError(failure.message, failure);
    case "network":
      return new NetworkError(failure.message, failure.retryable);
    case "timeout":
      return new RequestTimeoutError(failure.message);
    case "response":
      return new ResponseError(failure.message);
    case "worker":
      return new WorkerError(failure.message);
    case "unsent":
      return failure.why === "budget"
        ? new BudgetError(failure.message)
        : new StoppedError(failure.message);
  }
}

/** The classes of the common statuses. */
const CLASSES: ReadonlyMap<number, typeof ApiError> = new Map([
  [400, BadRequestError],
  [401, AuthenticationError],
  [402, PaymentRequiredError],
  [403, PermissionError],
  [404, NotFoundError],
  [409, ConflictError],
  [422, UnprocessableEntityError],
  [429, RateLimitError],
]);

function apiError(message: string, details: ApiErrorDetails): ApiError {
  const { status } = details;
  const Class = CLASSES.get(status) ??
    (status >= 500 ? InternalServerError : ApiError);
  return new Class(message, details);
}
