import type { Response } from "../response.ts";

/** The providers' words for the token limit. */
const LIMIT_REASONS =
  /^(?:length|max_tokens|max_output_tokens|max_completion_tokens|model_length)$/i;

/**
 * Whether an answer was cut short by its token limit. Some providers return no finish reason then, and
 * `tool_calls` for a call that was cut short.
 *
 * @param maxTokens The limit of the request, if it has one.
 */
export function isTruncated(
  { finishReason, nativeFinishReason, usage }: Pick<
    Response,
    "finishReason" | "nativeFinishReason" | "usage"
  >,
  maxTokens: unknown,
): boolean {
  if (LIMIT_REASONS.test(finishReason ?? "")) return true;
  if (LIMIT_REASONS.test(nativeFinishReason ?? "")) return true;
  return !finishReason && !nativeFinishReason &&
    typeof maxTokens === "number" &&
    (usage.completionTokens ?? 0) >= maxTokens;
}
