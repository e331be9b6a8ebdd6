import type { VNode } from "npm:preact@10.29.8";
import type { SetSummary } from "../../../src/viewer/view_data.ts";
import { finishColor } from "../parts/finish_bar.tsx";
import { BarTable } from "../plots/bar_table.tsx";
import { CostPlot } from "../plots/cost_plot.tsx";
import { LengthPlot } from "../plots/length_plot.tsx";
import { ProviderTable } from "../plots/provider_table.tsx";
import { choose } from "../route/use_route.ts";
import type { SetFilter } from "./filter_sets.ts";

/** An overview of the visible sets. */
export function SetsPlots(
  { summary, filter }: {
    readonly summary: SetSummary;
    readonly filter: SetFilter;
  },
): VNode {
  const { times, lengths, finishReasons, providers } = summary;
  const pressed = (name: keyof SetFilter, value: string) => ({
    pressed: filter[name] === value,
    onPress: () => choose({ [name]: filter[name] === value ? "" : value }),
  });
  return (
    <div class="plots four">
      <CostPlot times={times} />
      <LengthPlot lengths={lengths} />
      <BarTable
        title="Finish reasons"
        head={["Reason", "Samples"]}
        rows={Object.entries(finishReasons)
          .sort(([, a], [, b]) => b - a)
          .map(([name, count]) => ({
            name,
            count,
            label: (
              <>
                <i class={`swatch ${finishColor(name)}`} />
                <bdi>{name}</bdi>
              </>
            ),
            ...pressed("finish", name),
          }))}
      />
      <ProviderTable providers={providers} chosen={filter.provider} />
    </div>
  );
}
