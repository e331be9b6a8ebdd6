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

/** Creates the error of the class that belongs to its status. */
function apiError(message: string, details: ApiErrorDetails): ApiError {
  switch (details.status) {
    case 400:
      return new BadRequestError(message, details);
    case 401:
      return new AuthenticationError(message, details);
    case 402:
      return new PaymentRequiredError(message, details);
    case 403:
      return new PermissionError(message, details);
    case 404:
      return new NotFoundError(message, details);
    case 409:
      return new ConflictError(message, details);
    case 422:
      return new UnprocessableEntityError(message, details);
    case 429:
      return new RateLimitError(message, details);
    default:
      return details.status >= 500
        ? new InternalServerError(message, details)
        : new ApiError(message, details);
  }
}
