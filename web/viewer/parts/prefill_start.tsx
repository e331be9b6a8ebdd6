import type { VNode } from "npm:preact@10.29.8";
import type { SampleSet } from "../../../src/viewer/view_data.ts";

/** The beginning of a set's prefill in one line, if it has one. */
export function PrefillStart(
  { prefillStart }: Pick<SampleSet, "prefillStart">,
): VNode | null {
  return prefillStart === null ? null : (
    <span class="given">
      <b>prefill</b> <bdi>{prefillStart.replace(/^<think>\s*/, "")}</bdi>
    </span>
  );
}
