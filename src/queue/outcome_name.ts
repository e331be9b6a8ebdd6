import type { Outcome } from "../outcome.ts";

/** A word for what an attempt came to: `answer`, `api_429`, `network`, `timeout`, `response`, `worker`, `budget` or `stopped`. */
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
