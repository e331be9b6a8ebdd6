import { reasonOf } from "./reason_of.ts";

/**
 * Describes what JSON cannot represent in a value: a BigInt, a number that is not finite, a lone
 * surrogate, a cycle, or endless nesting. Returns `null` if there is nothing.
 */
export function jsonProblem(value: unknown): string | null {
  let problem: string | null = null;
  try {
    JSON.stringify(value, (key, member) => {
      problem ??= problemOf(member) ?? (key.isWellFormed() ? null : SURROGATE);
      if (problem !== null) throw new TypeError(problem);
      return member;
    });
    return null;
  } catch (error) {
    return problem ?? reasonOf(error);
  }
}

const SURROGATE = "a lone surrogate, which is not Unicode text";

function problemOf(value: unknown): string | null {
  switch (typeof value) {
    case "bigint":
      return `the BigInt ${value}n, which JSON does not have`;
    case "number":
      return Number.isFinite(value)
        ? null
        : `the number ${value}, which JSON does not have`;
    case "string":
      return value.isWellFormed() ? null : SURROGATE;
    default:
      return null;
  }
}
