import type { SampleHead } from "./view_data.ts";

/** Returns how a sample ended, for statistics: `refusal`, or its finish reason. */
export function endingOf({ refusal, finishReason }: SampleHead): string {
  return refusal !== null ? "refusal" : finishReason ?? "none";
}
