import { type SamplingPlan, sumPlans } from "../../../mod.ts";
import { formatUsd } from "./format_values.ts";

/** Describes what planned calls would do. The plans are by model; the key `undefined` is the default. */
export function planText(
  plans: ReadonlyMap<string | undefined, SamplingPlan>,
): string {
  const { cached, missing, maxCostUsd, maxOffPeakCostUsd } = sumPlans(
    plans.values(),
  );
  const lines = [
    `samples             ${cached + missing}`,
    `cached              ${cached}`,
    `missing             ${missing}`,
    `cost at the most    ${
      formatUsd(maxCostUsd, "not known: a model has no price or no bound")
    }`,
  ];
  if (maxOffPeakCostUsd !== maxCostUsd) {
    lines.push(`off-peak            ${formatUsd(maxOffPeakCostUsd, "")}`);
  }
  for (const [model, { maxProbeCostUsd }] of plans) {
    if (maxProbeCostUsd === 0) continue;
    const most = formatUsd(maxProbeCostUsd, "a price is not known");
    const of = model === undefined ? "" : `, of ${model}`;
    lines.push(`and first a probe   ${most} at the most${of}`);
  }
  return lines.join("\n");
}
