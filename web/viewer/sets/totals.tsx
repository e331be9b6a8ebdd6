import type { VNode } from "npm:preact@10.29.8";
import type { SetSummary } from "../../../src/viewer/view_data.ts";
import { Facts } from "../parts/facts.tsx";
import {
  compact,
  moment,
  total,
  totalCost,
  totalOutput,
  whole,
} from "../text/numbers.ts";

/** The totals over the visible sets. */
export function Totals(
  { summary, sets, of }: {
    readonly summary: SetSummary;
    readonly sets: number;
    readonly of: number;
  },
): VNode {
  const { samples, files, unusable, oldest, newest } = summary;
  return (
    <section class="totals" aria-label="Totals" aria-live="off">
      <Facts
        facts={[
          [
            "Sets",
            sets === of ? whole(sets) : `${whole(sets)} of ${whole(of)}`,
          ],
          ["Samples", whole(samples)],
          ...files > samples + unusable
            ? [["Not read yet", whole(files - samples - unusable)] as const]
            : [],
          ...unusable > 0 ? [["Unusable", whole(unusable)] as const] : [],
          ["Output tokens", totalOutput(summary)],
          [
            "Reasoning tokens",
            total(summary.reasoningTokens, {
              reported: summary.reasoned,
              samples,
            }, compact),
          ],
          ["Cost", totalCost(summary)],
          ["First sample", oldest === null ? "–" : moment(oldest)],
          ["Last sample", newest === null ? "–" : moment(newest)],
        ]}
      />
    </section>
  );
}
