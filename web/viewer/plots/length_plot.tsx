import type { VNode } from "npm:preact@10.29.8";
import { useMemo } from "npm:preact@10.29.8/hooks";
import type { SetSummary } from "../../../src/viewer/view_data.ts";
import { decimal } from "../text/numbers.ts";
import { HistogramPlot } from "./histogram_plot.tsx";

/** A histogram of the output tokens per sample. */
export function LengthPlot(
  { lengths }: Pick<SetSummary, "lengths">,
): VNode | null {
  const series = useMemo(
    () => [{ name: "Samples", color: "plot", counts: lengths }],
    [lengths],
  );
  if (Object.keys(lengths).length === 0) return null;
  return (
    <HistogramPlot
      title="Output tokens per sample"
      series={series}
      text={decimal}
      edge={decimal}
    />
  );
}
