import type { AnswerRule } from "../../resampling/mod.ts";
import { UsageError } from "../usage_error.ts";

/** The answer rules that have a name. */
export const NAMED_RULES = ["boxed", "number", "choice"] as const;

/**
 * Parses `--answer`: one of {@linkcode NAMED_RULES}, or a regular expression between slashes.
 *
 * @throws {UsageError} If it is neither.
 */
export function readAnswerRule(
  answer: string,
): Exclude<AnswerRule, (text: string) => string | null> {
  const named = NAMED_RULES.find((name) => name === answer);
  if (named !== undefined) return named;
  const [, source, flags] = /^\/(.+)\/([a-z]*)$/s.exec(answer) ?? [];
  try {
    if (source !== undefined) return new RegExp(source, flags);
  } catch (error) {
    throw new UsageError(`--answer: ${(error as Error).message}`);
  }
  throw new UsageError(
    `--answer must be ${
      NAMED_RULES.join(", ")
    } or a regular expression between slashes, got ${answer}`,
  );
}
