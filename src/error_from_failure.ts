import {
  ApiError,
  BudgetError,
  NetworkError,
  RequestTimeoutError,
  ResponseError,
  type RolloutsError,
  StoppedError,
  WorkerError,
} from "./errors.ts";
import type { Failure } from "./outcome.ts";

/** The error that a failure, which crossed threads as plain data, stands for. */
export function errorFromFailure(failure: Failure): RolloutsError {
  switch (failure.kind) {
    case "api":
      return new ApiError(failure.message, failure);
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
