import type { Outcome } from "../outcome.ts";

/** Returns `answer`, or the kind of the failure: `api_429`, `network`, `timeout`, `response`, `worker`, `budget`, `stopped`. */
export function outcomeName(outcome: Outcome): string {
  if (outcome.type === "answer") return "answer";
  const { failure } = outcome;
  switch (failure.kind) {
    case "api":
      return `api_${failure.status}`;
    case "unsent":
      return failure.why;
    case "network":
    case "timeout":
    case "response":
    case "worker":
      return failure.kind;
  }
}
