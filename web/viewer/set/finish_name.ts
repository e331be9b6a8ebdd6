import { endingOf } from "../../../src/viewer/ending_of.ts";
import type { SampleRow } from "../source/sample_row.ts";

/** How a sample ended: `refusal`, its finish reason, or `unusable`. */
export function finishName({ head }: SampleRow): string {
  return head.problem === null ? endingOf(head) : "unusable";
}
