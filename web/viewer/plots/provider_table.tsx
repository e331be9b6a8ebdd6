import type { VNode } from "npm:preact@10.29.8";
import type { SetSummary } from "../../../src/viewer/view_data.ts";
import { choose } from "../route/use_route.ts";
import { duration, totalCost } from "../text/numbers.ts";
import { BarTable } from "./bar_table.tsx";
import { countedMedian } from "./quantile.ts";

/** The samples, cost and median latency of each provider. A click on one filters. */
export function ProviderTable(
  { providers, chosen }: Pick<SetSummary, "providers"> & {
    /** The provider in the filter, or an empty string. */
    readonly chosen: string;
  },
): VNode {
  return (
    <BarTable
      title="Providers"
      kind="providers"
      note="median latency"
      head={["Provider", "Samples", "Cost", "Latency"]}
      rows={Object.entries(providers)
        .sort(([, a], [, b]) => b.samples - a.samples)
        .map(([name, provider]) => {
          const { samples, latencies } = provider;
          const median = countedMedian(latencies);
          return {
            name,
            count: samples,
            cells: [
              totalCost(provider),
              median === null ? "–" : duration(median),
            ],
            pressed: chosen === name,
            onPress: () => choose({ provider: chosen === name ? "" : name }),
          };
        })}
    />
  );
}
